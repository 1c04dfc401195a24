import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { trustpilot } from './source.ts'

describe('Trustpilot reviews', () => {
  test('of the business account’s CSV: times in UTC, names and e-mail addresses stay out', async () => {
    const { voices, dead, notes } = await readFile(
      trustpilot,
      'Review Id,Review Created (UTC),Review Username,Review User Email,Review Title,Review Content,Review Stars,Reference Id,Review Language,Domain URL,Tags,Company Reply Content,Company Reply Date (UTC)\nt1,2024-01-02 03:04:05,Pat,p@example.com,Late,"A week, late",1,ORD-7,en,shop.example,"a,b",Sorry,2024-01-03 00:00:00\n',
    )
    expect(dead).toEqual([])
    expect(notes.filter((note) => note.startsWith('columns not used'))).toEqual([])
    expect(voices).toMatchObject([
      {
        id: 't1',
        text: 'Late\nA week, late',
        rating: 1,
        orderId: 'ORD-7',
        at: Date.parse('2024-01-02T03:04:05Z'),
        conversation: 't1',
        facts: { domain: 'shop.example', tags: 'a、b' },
      },
      { id: 't1.reply', speaker: 'agent', text: 'Sorry', at: Date.parse('2024-01-03T00:00:00Z'), orderId: 'ORD-7' },
    ])
    expect(JSON.stringify(voices)).not.toContain('Pat')
  })

  test('of the API: a list of product reviews, none answered', async () => {
    const { voices } = await readFile(
      trustpilot,
      '{"productReviews":[{"id":"p1","createdAt":"2024-01-02T03:04:05Z","stars":5,"content":"Fine","consumer":{"id":"c"},"product":{"id":"7","sku":"S","name":"Pan"},"companyReply":null}]}',
    )
    expect(voices).toMatchObject([{ id: 'p1', text: 'Fine', productId: 'S', customerRef: 'c' }])
  })
})
