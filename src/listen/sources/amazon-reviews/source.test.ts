import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { amazonReviews } from './source.ts'

const real = sample('amazon_reviews/musical_instruments_5core.jsonl')
const read = (...reviews: object[]) => readFile(amazonReviews, reviews.map((one) => JSON.stringify(one)).join('\n'))

describe('Amazon reviews', () => {
  test('of 2014 and 2018: seconds, a pair of helpful votes, votes with a comma, a style', async () => {
    const { voices, dead } = await read(
      {
        reviewerID: 'A1',
        asin: '1',
        helpful: [2, 3],
        reviewText: 'Works',
        overall: 5.0,
        summary: 'good',
        unixReviewTime: 1393545600,
        reviewTime: '02 28, 2014',
      },
      {
        reviewerID: 'A2',
        asin: '1',
        overall: 3,
        vote: '1,234',
        verified: false,
        style: { 'Format:': ' Hardcover' },
        summary: 'Three Stars',
        reviewTime: '05 1, 2018',
      },
    )
    expect(dead).toEqual([])
    expect(voices).toMatchObject([
      { text: 'good\nWorks', at: Date.parse('2014-02-28T00:00:00Z'), facts: { helpful: 2, helpful_of: 3 } },
      {
        text: '',
        rating: 3,
        at: Date.parse('2018-05-01T00:00:00Z'),
        facts: { helpful: 1234, verified: false, style: 'Format: Hardcover', default_headline: true },
      },
    ])
  })

  test('of 2023: milliseconds, the variant’s product, HTML', async () => {
    const { voices } = await read({
      rating: 1.0,
      title: 'Broke',
      text: 'Two days.<br />Then &#34;pop&#34;',
      images: [],
      asin: 'V',
      parent_asin: 'P',
      user_id: 'U',
      timestamp: 1677938767351,
      helpful_vote: 0,
      verified_purchase: true,
    })
    expect(voices).toMatchObject([
      {
        text: 'Broke\nTwo days.\nThen "pop"',
        rating: 1,
        productId: 'V',
        customerRef: 'U',
        at: 1677938767351,
        facts: { parent_asin: 'P', helpful: 0, verified: true },
      },
    ])
  })

  test('the data set’s list of products is no list of reviews', async () => {
    const { dead, voices } = await read({ parent_asin: 'P', title: 'Kettle', average_rating: 4.5, price: 9 })
    expect([voices, dead]).toEqual([
      [],
      ['1: overall or rating is missing: this is not a record of Amazon reviews (JSON lines)'],
    ])
  })

  test.skipIf(!real)('of a real file all come in', async () => {
    const { voices, dead, skipped, notes } = await readFile(amazonReviews, real!)
    expect([voices.length, dead, skipped]).toEqual([25, [], []])
    expect(notes).toEqual(['fields left out on purpose: reviewerName'])
    expect(voices[1]).toMatchObject({
      customerRef: 'AX1N2QAU446XFO',
      rating: 5,
      at: Date.parse('2013-03-16T00:00:00Z'),
      facts: { helpful: 13, helpful_of: 14 },
    })
    expect(String(voices[1]!.text).startsWith('Jake\nThe product does exactly')).toBe(true)
  })
})
