import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS, type Occasion, planInvitations, STALE_MS } from './invitations.ts'

const NOW = Date.UTC(2026, 5, 1)
const nothing = { lastInvitedAt: new Map<string, number>(), used: new Set<string>() }
const asked = { now: NOW, coolDownMs: 30 * DAY_MS, shareOf: () => 1, roomOf: () => Number.POSITIVE_INFINITY }
const occasion = (surveyId: string, key: string, customerRef: string, ago: number): Occasion => ({
  surveyId,
  key,
  customerRef,
  dueAt: NOW - ago,
})

describe('who is invited', () => {
  test('is whom something is due for, the first due first, once', () => {
    const two = [occasion('b', 'o2', 'ann', 100), occasion('a', 'o1', 'ann', 200), occasion('a', 'o3', 'bo', 1)]
    expect(planInvitations(two, nothing, asked).map(({ key }) => key)).toEqual(['o1', 'o3'])
  })

  test('is nobody before the time, nobody long after it, nobody without a name', () => {
    const none = [occasion('a', 'o1', 'ann', -1), occasion('a', 'o2', 'bo', STALE_MS), occasion('a', 'o3', '', 1)]
    expect(planInvitations(none, nothing, asked)).toEqual([])
  })

  test('is no more than the survey may still ask', () => {
    const three = ['ann', 'bo', 'cy'].map((who) => occasion('a', who, who, 1))
    expect(planInvitations(three, nothing, { ...asked, roomOf: () => 2 })).toHaveLength(2)
  })

  test('is the asked share of the customers, the same ones each time', () => {
    const many = Array.from({ length: 4_000 }, (_, at) => occasion('a', `o${at}`, `c${at}`, 1))
    const third = planInvitations(many, nothing, { ...asked, shareOf: () => 1 / 3 })
    expect(Math.abs(third.length - 4_000 / 3)).toBeLessThan(150)
    expect(planInvitations([...many].reverse(), nothing, { ...asked, shareOf: () => 1 / 3 })).toEqual(third)
  })
})

/** Days on which the job runs, each with what has come due by then, in any order and more than once. */
const world = fc.record({
  coolDownDays: fc.integer({ min: 1, max: 40 }),
  runs: fc.array(
    fc.record({
      day: fc.integer({ min: 0, max: 90 }),
      occasions: fc.array(
        fc.record({
          surveyId: fc.constantFrom('a', 'b', 'c'),
          key: fc.integer({ min: 0, max: 30 }).map(String),
          customerRef: fc.constantFrom('ann', 'bo', 'cy'),
          dueDay: fc.integer({ min: 0, max: 90 }),
        }),
        { maxLength: 25 },
      ),
    }),
    { minLength: 1, maxLength: 12 },
  ),
})

describe('whatever comes in, in whatever order, from however many surveys', () => {
  test('no customer gets two invitations within the cool-down, and none twice about the same thing', () => {
    fc.assert(
      fc.property(world, ({ coolDownDays, runs }) => {
        const lastInvitedAt = new Map<string, number>()
        const used = new Set<string>()
        const sent: { who: string; at: number; what: string }[] = []
        // The clock may stand still or be set back between runs: the days come as they come.
        for (const { day, occasions } of runs) {
          const now = NOW + day * DAY_MS
          const due = occasions.map(({ dueDay, ...rest }) => ({ ...rest, dueAt: NOW + dueDay * DAY_MS }))
          const asking = { ...asked, now, coolDownMs: coolDownDays * DAY_MS }
          for (const one of planInvitations([...due, ...due], { lastInvitedAt, used }, asking)) {
            sent.push({ who: one.customerRef, at: now, what: `${one.surveyId} ${one.key}` })
            lastInvitedAt.set(one.customerRef, Math.max(now, lastInvitedAt.get(one.customerRef) ?? 0))
            used.add(`${one.surveyId} ${one.key}`)
          }
        }
        for (const who of ['ann', 'bo', 'cy']) {
          const times = sent
            .filter((one) => one.who === who)
            .map(({ at }) => at)
            .sort((a, b) => a - b)
          for (const [i, at] of times.slice(1).entries())
            expect(at - times[i]!).toBeGreaterThanOrEqual(coolDownDays * DAY_MS)
        }
        expect(new Set(sent.map(({ what }) => what)).size).toBe(sent.length)
      }),
      { numRuns: 1_000 },
    )
  })

  test('and a plan that forgot one survey’s invitations would be seen to break this', () => {
    const first = planInvitations([occasion('a', 'o1', 'ann', 1)], nothing, asked)
    const forgetful = planInvitations([occasion('b', 'o2', 'ann', 1)], nothing, asked)
    expect(first.concat(forgetful).map(({ customerRef }) => customerRef)).toEqual(['ann', 'ann'])
  })
})
