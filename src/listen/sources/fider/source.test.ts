import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { fider } from './source.ts'

const real = sample('fider/posts_export.csv')

describe('Fider suggestions', () => {
  test('of the API: a visitor is a customer, an administrator an agent', async () => {
    const { voices, dead } = await readFile(
      fider,
      '[{"id":1,"number":7,"title":"A","description":"","createdAt":"2024-01-02T03:04:05Z","user":{"id":3,"name":"T","role":"visitor"},"votesCount":4,"status":"open","response":null,"tags":[]},{"id":9,"content":"B","createdAt":"2024-01-03T00:00:00Z","user":{"id":1,"role":"administrator"}}]',
    )
    expect(dead).toEqual([])
    expect(voices.map(({ id, speaker, text, customerRef }) => [id, speaker, text, customerRef])).toEqual([
      ['fider-7', 'customer', 'A', 'fider-user-3'],
      ['fider-comment-9', 'agent', 'B', undefined],
    ])
  })

  test.skipIf(!real)('of a real export: posts, and the team’s responses as an agent’s', async () => {
    const { voices, dead, skipped, notes } = await readFile(fider, real!)
    expect([dead, skipped]).toEqual([[], []])
    expect(notes.filter((note) => note.startsWith('columns not used'))).toEqual([])
    expect(voices.map(({ id, speaker, text, at }) => [id, speaker, text, at])).toEqual([
      ['fider-10', 'customer', 'Go is fast\nVery tiny description', Date.parse('2018-03-23T19:33:22Z')],
      ['fider-10.response', 'agent', 'Nothing we need to do', Date.parse('2018-04-04T19:48:10Z')],
      ['fider-15', 'customer', 'Go is great', Date.parse('2018-02-21T15:51:35Z')],
      ['fider-20', 'customer', 'Go is easy', Date.parse('2018-01-12T01:46:59Z')],
      ['fider-20.response', 'agent', 'This has already been suggested', Date.parse('2018-03-17T10:15:42Z')],
    ])
    expect(voices[3]!.facts).toEqual({
      status: 'duplicate',
      votes: 4,
      comments: 2,
      duplicate_of: 'fider-99',
      tags: 'this-tag-has、comma',
    })
  })
})
