import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { yelp } from './source.ts'

const real = sample('yelp/review.json')

describe('Yelp reviews', () => {
  test('are one voice an object, with dates in UTC', async () => {
    const { voices, dead } = await readFile(
      yelp,
      '{"review_id":"r1","user_id":"u1","business_id":"b1","stars":2.0,"useful":3,"funny":0,"cool":1,"text":"Cold\\nsoup","date":"2018-03-04 19:05:11"}\n',
    )
    expect(dead).toEqual([])
    expect(voices).toEqual([
      expect.objectContaining({
        id: 'r1',
        customerRef: 'u1',
        merchantId: 'b1',
        rating: 2,
        text: 'Cold\nsoup',
        at: Date.parse('2018-03-04T19:05:11Z'),
        facts: { useful: 3, funny: 0, cool: 1 },
      }),
    ])
  })

  test('a list of businesses is not taken for reviews', async () => {
    const { voices, dead } = await readFile(yelp, '{"business_id":"b1","name":"Bakery","stars":4.5}\n')
    expect(voices).toEqual([])
    expect(dead).toEqual(['1: review_id or compliment_count or id is missing: this is not a record of Yelp reviews'])
  })

  test.skipIf(!real)('of a real file all come in', async () => {
    const { voices, dead, skipped, notes } = await readFile(yelp, real!)
    expect([voices.length, dead, skipped, notes]).toEqual([50, [], [], []])
  })
})
