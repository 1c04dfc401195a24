import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/app/report/shape.ts'
import type { ImportResult } from '../../src/app.ts'
import { openShop, type Shop } from './open-app.ts'
import { ordersFile, ordersIgnore, ordersMap, ordersZone } from './review-files.ts'

let shop: Shop
let imported: ImportResult
let report: Report

describe.skipIf(!existsSync(ordersFile))(
  '3,584 real orders of a Brazilian marketplace (skipped where ../shared/data is absent)',
  () => {
    beforeAll(async () => {
      shop = await openShop()
      const options = { map: [ordersMap], set: ['order.currency=BRL'], ignore: [ordersIgnore] }
      imported = await shop.import(readFileSync(ordersFile, 'utf8'), { zone: ordersZone, options })
      report = await shop.report()
    })
    afterAll(() => shop?.remove())

    test('all of them come in: a voice and an order each', () => {
      expect(imported).toMatchObject({ rows: 3584, kept: 7168, dead: 0 })
      expect(report.counts).toMatchObject({ voices: 3584, orders: 3584 })
    })

    test('readers’ verdicts, which give the answer away, are left out by name', () => {
      const ignored = imported.notes.find((note) => note.startsWith('columns ignored'))
      expect(ignored?.match(/votes_\w+|most_voted_\w+/g)).toHaveLength(11)
      expect(JSON.stringify(report)).not.toMatch(/votes_|most_voted/)
    })

    test('lateness by calendar day is the strongest finding: mean score 1.96 of 339, against 3.8 or so in time', () => {
      const [first] = report.drivers
      expect(first!.what.en).toBe('Delivered after the promised day')
      const score = [first!, ...first!.also].find((one) => one.outcome.en === 'Rating')!
      expect(score).toMatchObject({ unit: 'score', exposed: { n: 339 }, control: { n: 3128 } })
      expect(score.exposed.value).toBeCloseTo(1.96, 2)
      expect(score.control.value).toBeCloseTo(3.77, 2)
      expect(score.effect.high).toBeLessThan(-1.5)
    })

    test('orders without a delivery date stand apart: mean 1.47 of 117', () => {
      expect(report.apart).toHaveLength(1)
      expect(report.apart[0]).toMatchObject({ orders: 117, unit: 'score', estimate: { n: 117 } })
      expect(report.apart[0]!.estimate.value).toBeCloseTo(1.47, 2)
      expect(report.drivers.map((one) => one.what.en)).not.toContain('No record of delivery')
    })

    test('texts in a language that the reader does not know are kept and said to be unread, not guessed', () => {
      const { read, unread } = report.counts
      expect(unread.map((one) => one.lang)).toEqual(['other'])
      // A few short ones look like another language: "transaction perfect" is English, "as" is a word of both.
      expect(read).toBeLessThan(20)
      expect(report.drivers[0]!.quotes.every((quote) => quote.text.length > 0)).toBe(true)
      expect(report.categories.flatMap((one) => one.drivers)).toEqual([])
    })
  },
)
