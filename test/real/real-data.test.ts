import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/app/report/shape.ts'
import type { ImportResult } from '../../src/app.ts'
import { foldOf } from '../../src/understand/learn/folds.ts'
import { openShop, type Shop } from './open-app.ts'
import { hasData, opinionReviews, type Review, reviewsCsv, shopReviews } from './review-files.ts'

const at = 'at=2026-01-01'
let shop: Shop
let first: ImportResult
let report: Report

/** A tenth of the large categories, by a hash of the text, and all of the few reviews of water heaters and milk. */
const sampled = ({ text, category }: Review) =>
  category === '热水器' || category === '蒙牛' || foldOf(text, 10, 'sample') === 0

describe.skipIf(!hasData)(
  'a sample of real reviews, read by the packs alone (skipped where ../shared/data is absent)',
  () => {
    beforeAll(async () => {
      shop = await openShop()
      const shopCsv = reviewsCsv(shopReviews().filter(sampled))
      first = await shop.import(shopCsv, { options: { set: [`${at},ratingMin=0,ratingMax=1`] } })
      const again = await shop.import(shopCsv, { options: { set: [`${at},ratingMin=0,ratingMax=1`] } })
      expect(again.rows).toBe(first.rows)
      await shop.import(reviewsCsv(opinionReviews().filter(sampled)), { options: { set: [at] } })
      report = await shop.report()
    })
    afterAll(() => shop?.remove())

    const category = (name: string) => report.categories.find((one) => one.category === name)!
    const drivers = (name: string) => category(name).drivers.map((one) => one.what.zh)
    const complaints = (name: string) => category(name).aspects.map((one) => one.name.zh)

    test('every row is kept, and the same file again adds nothing', () => {
      expect(first.dead).toBe(0)
      expect(first.kept).toBe(first.rows)
      expect(category('热水器').voices).toBe(452)
      expect(category('蒙牛').voices).toBe(1606)
    })

    test('nearly all of them are read', () => {
      expect(report.counts.read / report.counts.voices).toBeGreaterThan(0.99)
    })

    test('water heaters: the fee for installing goes with low ratings; service and installing are complained of next', () => {
      expect(drivers('热水器')).toContain('安装费用')
      expect(complaints('热水器')[0]).toBe('安装费用')
      expect(complaints('热水器').slice(0, 4)).toEqual(expect.arrayContaining(['安装服务', '客服服务']))
    })

    test('hotels: rooms, facilities, service, cleanliness and noise', () => {
      expect(drivers('酒店').slice(0, 3)).toEqual(expect.arrayContaining(['客服服务']))
      expect(drivers('酒店')).toEqual(expect.arrayContaining(['房间', '设施', '卫生']))
      expect(complaints('酒店').slice(0, 7)).toContain('噪音')
    })

    test('fruit: freshness first, then taste', () => {
      expect(drivers('水果')[0]).toBe('新鲜度')
      expect(drivers('水果')).toContain('口感味道')
    })

    test('findings stand in the order of harm, each thing once, with quotes that hold their evidence', () => {
      for (const { category, drivers } of report.categories) {
        const harm = (one: (typeof drivers)[number]) =>
          (one.effect.low / (one.unit === 'score' ? 4 : 1)) * one.exposed.n
        // A touchpoint, which bears no aspect, says only where: it stands behind what says the matter.
        const [where, matter] = [true, false].map((without) =>
          drivers.filter(({ aspect }) => (aspect === '') === without),
        )
        const ordered = [matter!, where!].flatMap((some) => [...some].sort((a, b) => harm(b) - harm(a)))
        if (drivers.every((one) => one.unit === 'share')) expect(drivers.map(harm), category).toEqual(ordered.map(harm))
        expect(new Set(drivers.map((one) => one.aspect)).size, category).toBe(drivers.length)
        for (const { quotes } of drivers) {
          expect(quotes.length, category).toBeGreaterThan(0)
          for (const { text, start, end } of quotes) expect(text.slice(start, end)).not.toBe('')
        }
      }
    })

    test('reviews without a rating have no findings, but their complaints are ranked by number, with quotes', () => {
      for (const name of ['化妆品', '笔记本']) {
        const { rated, drivers, aspects } = category(name)
        expect([rated, drivers]).toEqual([0, []])
        const negative = aspects.map((one) => one.negative)
        expect(negative).toEqual([...negative].sort((a, b) => b - a))
        expect(aspects.slice(0, 5).every((one) => one.quotes.length > 0)).toBe(true)
      }
    })
  },
)
