import { describe, expect, it } from 'vitest'
import { ruleDraft } from '../../core/alert-rule.ts'
import { seeded } from '../fixture.ts'
import { groupsOf, watchedOf } from './alarm.ts'
import { openJudge } from './judge.ts'
import { freshLedger, holdRounds, type Segment } from './rounds.ts'
import type { Rule } from './rule.ts'
import type { Counts } from './series.ts'
import { findWatch } from './watch.ts'

const HOUR_MS = 3_600_000
const start = Date.UTC(2026, 0, 5)
const rule: Rule = { id: 'r', ...ruleDraft.parse({ watch: 'payment_failures', by: ['merchant'], step: 'hour' }) }
const ruledBy = (one: Rule) => ({ rule: one, watch: findWatch(one.watch)! })
const ruled = ruledBy(rule)
const weights = { stepMs: HOUR_MS, weightOf: () => 1 }

function segmentOf(key: string, over: Partial<Rule> = {}): Segment {
  const own = { ...rule, ...over }
  const watch = findWatch(own.watch)!
  return {
    ...{ rule: own, watch, by: key === '' ? null : 'merchant', key, memory: null, judged: 0, alarms: [] },
    judge: openJudge({ rule: own, watch, zone: 'UTC' }),
    totals: { n: 0, plus: 0 },
  }
}

/** Twenty payments an hour, of which `share(hour)` fail. */
function counts(hours: number, share: (hour: number) => number, seed: number): Counts {
  const random = seeded(seed)
  const drawn = (p: number) =>
    Array.from({ length: 20 }, () => (random() < p ? 1 : 0)).reduce<number>((a, b) => a + b, 0)
  return {
    at: Array.from({ length: hours }, (_, hour) => start + hour * HOUR_MS),
    n: new Array<number>(hours).fill(20),
    plus: Array.from({ length: hours }, (_, hour) => drawn(share(hour))),
  }
}

const HOURS = 24 * 14
const broken = HOURS - 10
const waiting = (segment: Segment, of: Counts, hours = HOURS) => ({
  ...{ segment, counts: of, from: start, until: start + hours * HOUR_MS },
})

describe('rounds over all series', () => {
  it('tell of a share that breaks in its first hour, once, and carry it on', async () => {
    const [bad, good] = [segmentOf('M01'), segmentOf('M02')]
    const failing = counts(HOURS, (hour) => (hour >= broken ? 0.5 : 0.03), 1)
    const quiet = counts(HOURS, () => 0.03, 2)
    await holdRounds([waiting(bad, failing), waiting(good, quiet)], { ...weights, ledger: freshLedger() })
    expect(good.alarms).toEqual([])
    expect(bad.alarms.map((one) => [(one.verdict.at - start) / HOUR_MS, one.continuing])).toEqual(
      Array.from({ length: 10 }, (_, place) => [broken + place, place > 0]),
    )
    expect(bad.alarms[0]!.foundAt).toBe(start + (broken + 1) * HOUR_MS)
    // A week is learnt, with the day that teaches nothing yet.
    expect(bad.judged).toBe(HOURS - 24 * 8)
  })

  it('say the same in two halves as in one', async () => {
    const [whole, halves] = [segmentOf('M01'), segmentOf('M01')]
    const of = counts(HOURS, (hour) => (hour >= broken ? 0.5 : 0.03), 3)
    await holdRounds([waiting(whole, of)], { ...weights, ledger: freshLedger() })
    const ledger = freshLedger()
    const half = HOURS - 4
    await holdRounds([waiting(halves, of, half)], { ...weights, ledger })
    const rest = { at: of.at.slice(half), n: of.n.slice(half), plus: of.plus.slice(half) }
    await holdRounds([{ ...waiting(halves, rest), from: start + half * HOUR_MS }], { ...weights, ledger })
    expect(halves.alarms).toEqual(whole.alarms)
    expect(halves.totals).toEqual(whole.totals)
  })

  it('keep to the budget over a hundred clean series', async () => {
    const series = Array.from({ length: 100 }, (_, place) => segmentOf(`M${place}`))
    const hours = 24 * 28
    const clean = series.map((segment, place) =>
      waiting(
        segment,
        counts(hours, () => 0.03, place + 10),
        hours,
      ),
    )
    await holdRounds(clean, { ...weights, ledger: freshLedger() })
    const told = series.flatMap((one) => one.alarms).filter((one) => !one.continuing)
    const weeks = series.reduce((sum, one) => sum + one.judged, 0) / 168 / 100
    expect(weeks).toBeCloseTo(20 / 7, 1)
    expect(told.length / weeks).toBeLessThanOrEqual(1)
  })

  it('stop where they are told to', async () => {
    const stop = new AbortController()
    stop.abort()
    const many = Array.from({ length: 200 }, (_, place) =>
      waiting(
        segmentOf(`M${place}`),
        counts(HOURS, () => 0.03, place),
      ),
    )
    const held = holdRounds(many, { ...weights, ledger: freshLedger(), stopped: stop.signal })
    await expect(held).rejects.toThrow(/abort/i)
  })

  it('go by the level alone where the rule does', async () => {
    const level = segmentOf('M01', { judge: { kind: 'threshold', level: 0.4 } })
    await holdRounds(
      [
        waiting(
          level,
          counts(HOURS, (hour) => (hour === 5 ? 1 : 0), 5),
        ),
      ],
      {
        ...{ ...weights, ledger: freshLedger() },
      },
    )
    expect(level.alarms.map((one) => one.verdict.at)).toEqual([start + 5 * HOUR_MS])
  })
})

describe('what has one cause', () => {
  it('is one group for a shop, its part and another rule of the same topic', async () => {
    const payments: Rule = { id: 'p', ...ruleDraft.parse({ watch: 'payments', step: 'hour', direction: 'both' }) }
    const watched = [watchedOf(ruled, null, ''), watchedOf(ruledBy(payments), null, '')].concat(
      ['M01', 'M02', 'M03', 'M04'].map((key) => watchedOf(ruled, 'merchant', key)),
    )
    const verdict = {
      ...{
        at: start,
        value: 0.5,
        n: 20,
        expected: 0.03,
        low: 0,
        high: 0.1,
        p: 1e-6,
        direction: 'up' as const,
        window: null,
      },
    }
    const alarm = { ruleId: 'r', verdict, foundAt: start + HOUR_MS, continuing: false }
    const groups = groupsOf(
      [
        { ...alarm, by: null, segment: '' },
        { ...alarm, by: 'merchant', segment: 'M02' },
        {
          ...alarm,
          ruleId: 'p',
          by: null,
          segment: '',
          verdict: { ...verdict, value: 5, expected: 20, direction: 'down' },
        },
      ],
      watched,
      [ruled, ruledBy(payments)],
    )
    expect(groups).toHaveLength(1)
    expect(groups[0]).toMatchObject({ since: start, foundAt: start + HOUR_MS, direction: 'up' })
    const apart = groupsOf(
      ['M01', 'M03'].map((segment) => ({ ...alarm, by: 'merchant' as const, segment })),
      [...watched, ...['M05', 'M06', 'M07'].map((key) => watchedOf(ruled, 'merchant', key))],
      [ruled, ruledBy(payments)],
    )
    expect(apart).toHaveLength(2)
  })
})
