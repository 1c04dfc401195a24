import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { appStore } from './source.ts'

const real = sample('app_store/customerreviews_rss.json')
const label = (text: string) => ({ label: text })
const entry = { id: label('11'), title: label('Meh'), content: label('Slow'), 'im:rating': label('2') }
const read = (file: object, set: Record<string, string> = {}) => readFile(appStore, JSON.stringify(file), { set })

describe('App Store reviews', () => {
  test('of an RSS without dates are refused, unless the user gives one', async () => {
    const one = { feed: { entry } }
    expect((await read(one)).dead).toEqual(['1: at is missing'])
    const { voices } = await read(one, { at: '2020-08-07' })
    expect(voices).toEqual([
      expect.objectContaining({
        id: '11',
        kind: 'app_review',
        text: 'Meh\nSlow',
        rating: 2,
        at: Date.parse('2020-08-07T00:00:00+08:00'),
      }),
    ])
  })

  test('newer entries carry their date; the app itself is no review; a feed may be empty', async () => {
    const app = { id: label('x'), title: label('App'), 'im:name': label('App') }
    const { voices, skipped } = await read({
      feed: { entry: [app, { ...entry, updated: label('2023-03-04T05:06:07-07:00') }] },
    })
    expect([voices.length, skipped]).toEqual([1, ['1: the app itself']])
    expect(voices[0]!.at).toBe(Date.parse('2023-03-04T12:06:07Z'))
    expect((await read({ feed: { author: {} } })).items).toEqual([])
  })

  test('of the Connect API come in with the developer’s response as an agent’s', async () => {
    const review = {
      type: 'customerReviews',
      id: 'a',
      attributes: {
        rating: 1,
        title: 'No',
        body: 'Broken',
        reviewerNickname: 'someone',
        createdDate: '2024-05-06T07:08:09-07:00',
        territory: 'CHN',
      },
      relationships: { response: { data: { type: 'customerReviewResponses', id: 'r' } } },
    }
    const response = {
      type: 'customerReviewResponses',
      id: 'r',
      attributes: { responseBody: 'Fixed', lastModifiedDate: '2024-05-07T00:00:00Z' },
    }
    const { voices, notes } = await read({
      data: [review, { ...review, id: 'b', relationships: {} }],
      included: [response],
    })
    expect(voices.map(({ id, speaker, text, conversation }) => [id, speaker, text, conversation])).toEqual([
      ['a', 'customer', 'No\nBroken', 'a'],
      ['r', 'agent', 'Fixed', 'a'],
      ['b', 'customer', 'No\nBroken', undefined],
    ])
    expect(notes.filter((note) => note.startsWith('fields not used'))).toEqual([])
  })

  test.skipIf(!real)('of a real feed all come in once a day is given', async () => {
    const without = await readFile(appStore, real!)
    expect([without.voices.length, without.dead.length]).toEqual([0, 25])
    const { voices, dead, notes } = await readFile(appStore, real!, { set: { at: '2020-08-07' } })
    expect([voices.length, dead]).toEqual([25, []])
    expect(notes.filter((note) => note.startsWith('fields not used'))).toEqual([])
    expect(voices[0]).toMatchObject({
      id: '6290024630',
      kind: 'app_review',
      rating: 4,
      productId: '1404176564',
      customerRef: '235789747',
      facts: { app_version: '3.4.3', territory: 'JP', vote_sum: 0, vote_count: 0 },
    })
  })
})
