import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { judgeme } from './source.ts'

const real = sample('judgeme/import_template.csv')

describe('Judge.me reviews', () => {
  test('read UTC and day-first dates; 13 is no month', async () => {
    const { voices, dead } = await readFile(
      judgeme,
      'body,rating,review_date,product_handle\na,5,2026-02-10 15:30:40 UTC,sock\nb,4,25/12/2025,sock\nc,3,12/25/2025,sock\n',
      { zone: 'Europe/Berlin' },
    )
    expect(voices.map(({ at }) => at)).toEqual([
      Date.parse('2026-02-10T15:30:40Z'),
      Date.parse('2025-12-25T00:00:00+01:00'),
    ])
    expect(dead).toHaveLength(1)
    expect(dead[0]).toContain('4: at is "12/25/2025"')
  })

  test('a reply with its date is the shop’s voice; without one it stays with the review', async () => {
    const { voices } = await readFile(
      judgeme,
      'body,rating,review_date,product_id,reply,reply_date,reviewer_email\na,5,2026-02-10 15:30:40 UTC,9,Thanks,2026-02-11 00:00:00 UTC,a@b.example\nb,5,2026-02-10 15:30:40 UTC,9,Sorry,,\n',
    )
    expect(voices.map(({ speaker, text, facts }) => [speaker, text, facts])).toEqual([
      ['customer', 'a', undefined],
      ['agent', 'Thanks', undefined],
      ['customer', 'b', { shop_reply: 'Sorry' }],
    ])
  })

  test.skipIf(!real)('of the real template come in', async () => {
    const { voices, dead, skipped } = await readFile(judgeme, real!)
    expect([dead, skipped]).toEqual([[], []])
    expect(voices).toEqual([
      {
        kind: 'review',
        speaker: 'customer',
        text: 'Great Product!\nThis review body has a comma in it, so it is wrapped in quotes to avoid messing up the CSV.',
        rating: 5,
        at: Date.parse('2026-02-10T15:30:40Z'),
        productId: 'not-a-real-product-handle-so-this-review-wont-import',
        facts: {
          product_handle: 'not-a-real-product-handle-so-this-review-wont-import',
          shop_reply: 'This is a reply by the admin',
        },
      },
    ])
  })
})
