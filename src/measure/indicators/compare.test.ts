import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../../core/clock.ts'
import { designEffect } from '../../core/clusters.ts'
import { tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { noon, openFixture, seeded, voiceRow } from '../fixture.ts'
import { previousSlice, wholeSlice } from '../slice.ts'
import { compareGroups, comparePeriods } from './compare.ts'
import { csat } from './csat/csat.ts'
import { type CustomerSums, customerSumsAndRests } from './customer-sums.ts'
import { findIndicator } from './list.ts'
import { nps } from './nps/nps.ts'

const tenant = tenantId.parse('regulars')
const slice = wholeSlice(tenant, '2026-03-01', '2026-03-28')
const asking = { asOf: noon('2026-04-01'), returnWindowDays: 7 }
const random = seeded(11)
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!

// Few customers who answer often, each easy or hard to please, in several cities, over both periods; one in eight is nobody known.
const answers = Array.from({ length: 900 }, (_, place) => {
  const customer = Math.floor(random() * 60)
  const pleased = (customer % 2 === 0) === random() < 0.9
  const scored = random() < 0.4
  return {
    ...voiceRow({
      id: `a${place}`,
      day: addDays('2026-02-01', Math.floor(random() * 56)),
      metric: scored ? 'nps' : 'csat',
      rating: pleased ? pick(scored ? [9, 10] : [4, 5]) : pick(scored ? [0, 6, 7] : [1, 3]),
      rating_min: scored ? 0 : 1,
      rating_max: scored ? 10 : 5,
      city: pick(['杭州', '北京', '上海', '']),
      customer_ref: random() < 0.125 ? '' : `c${customer}`,
    }),
    tenant,
  }
})

let analytics: Analytics
let close: () => Promise<void>
beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
  await analytics.insert('voices', answers)
})
afterAll(() => close())

const isCsat = (one: (typeof answers)[number]) => one.metric === 'csat' && one.day >= slice.from && one.city !== ''

/** The same sums by hand. */
function byHand(cases: readonly (typeof answers)[number][]): CustomerSums {
  const up = (one: (typeof answers)[number]) => (one.rating! >= 4 ? 1 : 0)
  const customers = [...Map.groupBy(cases, ({ id, customer_ref }) => customer_ref || `only ${id}`).values()].map(
    (own) => ({
      m: own.length,
      y: own.reduce((sum, one) => sum + up(one), 0),
    }),
  )
  const over = (of: (one: { m: number; y: number }) => number) => customers.reduce((sum, one) => sum + of(one), 0)
  const plus = over(({ y }) => y)
  return {
    ...{ clusters: customers.length, n: cases.length, plus, minus: 0, sum: plus, squares: plus },
    ...{ sumSquares: over(({ y }) => y * y), sumCases: over(({ m, y }) => m * y), caseSquares: over(({ m }) => m * m) },
  }
}

describe('comparisons know that several cases may be one customer’s', () => {
  test('of a group and of all its others, in which a customer of several groups is one', async () => {
    const groups = await customerSumsAndRests(analytics, { indicator: csat, key: sql`toString(city)`, slice }, asking)
    expect(groups.map(({ key }) => key).sort()).toEqual(['上海', '北京', '杭州'])
    const cases = answers.filter(isCsat)
    for (const { key, one, rest } of groups) {
      expect(one).toMatchObject(byHand(cases.filter(({ city }) => city === key)))
      expect(rest).toEqual(byHand(cases.filter(({ city }) => city !== key)))
    }
  })

  test('intervals are wider by it, figures and n the same; of two groups one is the other’s rest', async () => {
    const compared = await compareGroups(analytics, csat, 'city', slice, asking)
    if (!compared.ok) throw new Error('not compared')
    for (const { key, one, designEffect: effect } of compared.value) {
      const own = byHand(answers.filter((each) => isCsat(each) && each.city === key))
      expect(one).toMatchObject({ n: own.n, value: csat.estimate(own).value })
      const plain = csat.estimate(own)
      expect(one.high! - one.low!).toBeGreaterThan(1.1 * (plain.high! - plain.low!))
      expect(effect).toBeGreaterThanOrEqual(designEffect(own))
    }
    expect(compared.value).toHaveLength(3)
  })

  test('a change between periods has a wider interval too', async () => {
    const [whole] = await of(comparePeriods(analytics, nps, [slice, previousSlice(slice)], asking))
    expect(whole!.designEffect).toBeGreaterThan(1.5)
    const of28 = (from: string, to: string) =>
      answers.filter(({ metric, day }) => metric === 'nps' && day >= from && day <= to)
    expect(whole!.one.n).toBe(of28(slice.from, slice.to).length)
    expect(whole!.other.n).toBe(of28(previousSlice(slice).from, previousSlice(slice).to).length)
    const tally = (rows: typeof answers) => ({
      n: rows.length,
      plus: rows.filter(({ rating }) => rating! >= 9).length,
      minus: rows.filter(({ rating }) => rating! <= 6).length,
    })
    const plain = nps.change(tally(of28(slice.from, slice.to)), tally(of28('2026-02-01', '2026-02-28')))!
    const width = ({ low, high }: { low: number; high: number }) => high - low
    expect(width(whole!.change!)).toBeGreaterThan(1.2 * width(plain))
    expect(whole!.change!.value).toBeCloseTo(plain.value, 9)
  })

  test('not of what is a percentile or counts customers', async () => {
    for (const id of ['first_answer_time', 'repurchase_rate'])
      for (const one of await of(comparePeriods(analytics, findIndicator(id)!, [slice, previousSlice(slice)], asking)))
        expect(one.designEffect).toBeNull()
  })
})

async function of<T>(asked: Promise<{ ok: true; value: T } | { ok: false }>): Promise<T> {
  const answer = await asked
  if (!answer.ok) throw new Error('not compared')
  return answer.value
}
