import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Analytics } from '../../../store/clickhouse/analytics.ts'
import { compareGroups, comparePeriods } from '../compare.ts'
import { readEvidence } from '../evidence.ts'
import { breakDown, measureIndicator } from '../measure.ts'
import { compileOwn } from './compile.ts'
import { ownDefinition } from './definition.ts'
import { asking, categories, openShop, slice, value, voices, words } from './own.fixture.ts'

let analytics: Analytics
let close: () => Promise<void>
beforeAll(async () => {
  ;({ analytics, close } = await openShop())
})
afterAll(() => close())

describe('an indicator of the tenant’s own', () => {
  test('is divided, set against the rest and against another period like any other', async () => {
    const share = compileOwn(
      'own_x',
      ownDefinition.parse({ ...words, table: 'orders', of: { share: [{ number: 'days_to_return', atLeast: 0 }] } }),
    )
    const broken = await breakDown(analytics, share, 'city', slice, asking)
    const rest = await compareGroups(analytics, share, 'city', slice, asking)
    if (!broken.ok || !rest.ok) throw new Error('not divided')
    // What is compared knows that several lines may be one customer's; the figures are the same.
    const figure = ({ value, n }: { value: number | null; n: number }) => [value, n]
    expect(rest.value.map(({ key, one }) => [key, ...figure(one)])).toEqual(
      broken.value.groups.map(({ key, estimate }) => [key, ...figure(estimate)]),
    )
    const [first, second] = rest.value
    expect(figure(first!.other)).toEqual(figure(second!.one))
    expect(first!.other.low).toBeCloseTo(second!.one.low!, 10)
    expect(first!.p).toBeCloseTo(second!.p!, 10)
    expect(first!.change!.value).toBeCloseTo(first!.one.value! - second!.one.value!, 10)
    const before = { ...slice, from: '2026-02-01', to: '2026-02-28' }
    const [whole] = await value(comparePeriods(analytics, share, [slice, before], asking))
    const summary = await measureIndicator(analytics, share, slice, asking)
    expect([whole!.one, whole!.other].map(figure)).toEqual([summary.estimate, summary.previous].map(figure))
    expect(whole!.change!.value).toBeCloseTo(summary.change!.value, 10)
    expect(whole!.judgement).toBe(whole!.q! <= 0.05 ? 'more_than_chance' : 'within_chance')
  })

  test('a median is set against the rest too, and to itself it is no more than chance', async () => {
    const days = compileOwn(
      'own_x',
      ownDefinition.parse({ ...words, table: 'orders', of: { median: 'delivery_days' } }),
    )
    const groups = await value(compareGroups(analytics, days, 'city', slice, asking))
    expect(groups[0]!.other).toEqual(groups[1]!.one)
    const [same] = await value(comparePeriods(analytics, days, [slice, slice], asking))
    expect(same).toMatchObject({ p: 1, judgement: 'within_chance' })
  })
})

describe('evidence', () => {
  const rated = compileOwn(
    'own_x',
    ownDefinition.parse({ ...words, table: 'voices', of: { share: [{ number: 'rating', atLeast: 4 }] } }),
  )

  test('comes page by page, each case once, those that count apart from those that do not', async () => {
    const all: string[] = []
    let cursor: string | undefined
    do {
      const page = await value(readEvidence(analytics, rated, { ...asking, slice, side: 'up', cursor, limit: 7 }))
      all.push(...page.rows.map(({ id }) => id))
      expect(page.rows.every(({ counts }) => counts === 'up')).toBe(true)
      cursor = page.next ?? undefined
    } while (cursor)
    const wanted = voices.filter(({ day, rating }) => day >= slice.from && day <= slice.to && (rating ?? 0) >= 4)
    expect(all.toSorted()).toEqual(wanted.map(({ id }) => id).toSorted())
  })

  test('of one group holds that group alone', async () => {
    const key = categories[0]!
    const page = await value(
      readEvidence(analytics, rated, { ...asking, slice, group: { by: 'category', key }, side: 'all', limit: 200 }),
    )
    const wanted = voices.filter(({ day, category }) => day >= slice.from && day <= slice.to && category === key)
    expect(page.total).toBe(wanted.length)
    expect(new Set(page.rows.map(({ category }) => category))).toEqual(new Set([key]))
  })

  test('with a cursor that no page gave is refused', async () => {
    const refused = await readEvidence(analytics, rated, { ...asking, slice, side: 'all', cursor: 'x', limit: 5 })
    expect(refused).toMatchObject({ ok: false, problem: { code: 'bad-cursor' } })
  })
})
