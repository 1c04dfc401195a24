import { describe, expect, it } from 'vitest'
import { promotionOn, usualPromotions } from '../../core/promotions.ts'
import { seeded } from '../fixture.ts'
import { openDetector } from './detector.ts'

const HOUR = 3_600_000
const start = Date.UTC(2026, 2, 1)
const options = { stepMs: HOUR, zone: 'Asia/Shanghai', kind: 'count' } as const
/** Busy from 8 to 24 local time, a little more on some hours than on others, never by chance. */
const usual = (hour: number) => ((hour + 8) % 24 < 8 ? 4 : 60) + (hour % 5)

describe('openDetector', () => {
  it('says nothing of a series that it does not know yet', () => {
    const reading = openDetector(options).push({ at: start, value: 5 })
    expect(reading).toMatchObject({ expected: null, p: null, direction: null, score: 0 })
  })

  it('knows the hours of the day, and sees their absence', () => {
    const detector = openDetector(options)
    for (let hour = 0; hour < 24 * 21; hour++) detector.push({ at: start + hour * HOUR, value: usual(hour) })
    const at = start + (24 * 21 + 4) * HOUR
    const saved = detector.save()
    expect(openDetector(options, saved).push({ at, value: 60 }).p).toBeGreaterThan(0.05)
    const quiet = openDetector(options, saved).push({ at, value: 4 })
    expect(quiet.p).toBeLessThan(1e-6)
    expect(quiet.direction).toBe('down')
    expect(quiet.low!).toBeGreaterThan(30)
    expect(quiet.high!).toBeGreaterThan(quiet.expected!)
  })

  it('goes on from what was saved, after JSON, as if it had never stopped', () => {
    const [whole, before] = [openDetector(options), openDetector(options)]
    for (let hour = 0; hour < 400; hour++) {
      const point = { at: start + hour * HOUR, value: hour % 90 === 0 ? null : usual(hour) }
      whole.push(point)
      before.push(point)
    }
    const after = openDetector(options, JSON.parse(JSON.stringify(before.save())))
    for (let hour = 400; hour < 430; hour++) {
      const next = { at: start + hour * HOUR, value: 33 }
      const [one, other] = [after.push(next), whole.push(next)]
      expect(one.expected).toBeCloseTo(other.expected!, 3)
      expect(one.p).toBeCloseTo(other.p!, 4)
      expect(one.score).toBeCloseTo(other.score, 3)
      expect([one.low, one.high, one.direction]).toEqual([other.low, other.high, other.direction])
    }
    expect(openDetector(options, { version: 99 }).push({ at: start, value: 1 }).p).toBeNull()
  })

  it('sees a promotion as nothing strange once it knows what one does', () => {
    const holidays = (day: string) => (day.endsWith('-11') ? 'member day' : null)
    const detector = openDetector({ ...options, holidays })
    const unaware = openDetector(options)
    const random = seeded(5)
    const outside = { knowing: 0, unaware: 0 }
    for (let hour = 0; hour < 24 * 120; hour++) {
      const at = start + hour * HOUR
      const member = holidays(new Date(at + 8 * HOUR).toISOString().slice(0, 10)) !== null
      const point = { at, value: poisson(usual(hour) * (member ? 2.5 : 1), random) }
      const [knowing, other] = [detector.push(point), unaware.push(point)]
      if (hour < 24 * 80 || !member) continue
      if (knowing.p! < 0.01) outside.knowing++
      if (other.p! < 0.01) outside.unaware++
    }
    expect(outside.unaware).toBeGreaterThan(12)
    expect(outside.knowing).toBeLessThan(4)
  })

  it('knows a holiday of the moon by the one before, three weeks earlier in the year, and makes nothing up for the first', () => {
    const detector = openDetector({
      ...options,
      stepMs: 24 * HOUR,
      holidays: (day) => promotionOn(day, usualPromotions),
    })
    const random = seeded(9)
    const seen: { id: string | null; expected: number; low: number; high: number; p: number }[] = []
    for (let at = Date.UTC(2024, 7, 1) - 8 * HOUR; at < Date.UTC(2026, 1, 20); at += 24 * HOUR) {
      const id = promotionOn(new Date(at + 8 * HOUR).toISOString().slice(0, 10))
      const { expected, low, high, p } = detector.push({
        at,
        value: poisson(id === 'spring_festival' ? 100 : 300, random),
      })
      seen.push({ id, expected: expected!, low: low!, high: high!, p: p! })
    }
    const eves = seen.filter(({ id }, place) => id === 'spring_festival' && seen[place - 1]!.id !== id)
    expect(eves).toHaveLength(2)
    const [first, second] = eves
    // On the eve of 28 January 2025 nothing is known of such days: all is expected as usual, but hardly anything would be strange.
    expect(first!.expected).toBeGreaterThan(200)
    expect(first!.high / Math.max(1, first!.low)).toBeGreaterThan(10)
    expect(first!.p).toBeGreaterThan(0.05)
    // On that of 16 February 2026 it is known what they are like.
    expect(second!.expected).toBeGreaterThan(80)
    expect(second!.expected).toBeLessThan(130)
    expect(second!.high).toBeLessThan(200)
  })

  it('takes a shift that lasts for the new level after some days', () => {
    const detector = openDetector(options)
    const random = seeded(6)
    const ps: number[] = []
    for (let hour = 0; hour < 24 * 40; hour++)
      ps.push(
        detector.push({ at: start + hour * HOUR, value: poisson(usual(hour) * (hour < 480 ? 1 : 2.5), random) }).p ?? 1,
      )
    const strange = (from: number, to: number) => ps.slice(from, to).filter((p) => p < 0.01).length / (to - from)
    expect(strange(480, 484)).toBeGreaterThan(0.5)
    expect(strange(480 + 168, 480 + 480)).toBeLessThan(0.02)
  })

  it('is not misled where a promotion hides the second coming of the weekday on which the series began', () => {
    const busyness = [9, 4, 2, 1, 1, 2, 5, 11, 19, 27, 32, 31, 30, 27, 26, 26, 26, 25, 26, 33, 44, 49, 41, 22]
    const began = Date.UTC(2025, 11, 20, 16)
    let [small, judged] = [0, 0]
    for (let seed = 1; seed <= 8; seed++) {
      const random = seeded(seed)
      const holidays = (day: string) => (day >= '2025-12-28' && day <= '2026-01-01' ? 'new year' : null)
      const detector = openDetector({ ...options, holidays })
      for (let hour = 0; hour < 24 * 15; hour++) {
        const { p } = detector.push({ at: began + hour * HOUR, value: poisson(busyness[hour % 24]! * 0.6, random) })
        if (hour < 24 * 14) continue
        judged++
        if (p! < 0.01) small++
      }
    }
    expect(small / judged).toBeLessThan(0.03)
  })

  it('stays with what is usual through its own anomalies', () => {
    const detector = openDetector(options)
    const random = seeded(7)
    for (let hour = 0; hour < 24 * 28; hour++)
      detector.push({ at: start + hour * HOUR, value: hour % 97 === 96 ? 900 : poisson(usual(hour), random) })
    const { expected, p } = detector.push({ at: start + 24 * 28 * HOUR, value: 60 })
    expect(expected!).toBeGreaterThan(50)
    expect(expected!).toBeLessThan(75)
    expect(p!).toBeGreaterThan(0.05)
  })
})

describe('on clean seasonal series', () => {
  for (const kind of ['count', 'share', 'level'] as const)
    for (const size of [0.5, 8, 200])
      it(`a p of a ${kind} around ${size} is as small as it says no more often than it says`, () => {
        const { points, below } = cleanYear(kind, size)
        for (const [limit, n] of Object.entries(below)) {
          const allowed = points * Number(limit)
          expect(n).toBeLessThanOrEqual(1.35 * allowed + 3 * Math.sqrt(allowed))
        }
        // And it is no p that is never small: measured values come close to nominal, small counts cannot.
        if (kind === 'level') expect(below[0.05]! / points).toBeGreaterThan(0.025)
      })
})

/** Series of five weeks with hours and weekends, of which the last three are judged. */
function cleanYear(kind: 'count' | 'share' | 'level', size: number) {
  const random = seeded(Math.round(size * 10) + kind.length)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const below: Record<number, number> = { 0.05: 0, 0.01: 0, 0.001: 0 }
  let points = 0
  for (let series = 0; series < 6; series++) {
    const detector = openDetector({ ...options, kind })
    for (let hour = 0; hour < 24 * 35; hour++) {
      const local = (hour + 8) % 24
      const weekend = Math.floor((hour + 8) / 24) % 7 > 4 ? 1.4 : 1
      const mean = size * (0.3 + Math.exp(-(((local - 20) / 5) ** 2))) * weekend
      const trials = 1 + poisson(4 * mean, random)
      const value = {
        count: () => poisson(mean * Math.exp(0.1 * normal()), random),
        share: () => hits(trials, 0.06 * weekend, random) / trials,
        level: () => mean + 0.2 * size * normal(),
      }[kind]()
      const { p } = detector.push({ at: start + hour * HOUR, value, n: trials })
      if (hour < 24 * 14) continue
      points++
      for (const limit of [0.05, 0.01, 0.001]) if (p! <= limit) below[limit]!++
    }
  }
  return { points, below }
}

function hits(trials: number, share: number, random: () => number): number {
  let n = 0
  for (let trial = 0; trial < trials; trial++) if (random() < share) n++
  return n
}

/** Knuth's method, in pieces that do not vanish. */
function poisson(mean: number, random: () => number): number {
  let [left, n] = [mean, 0]
  while (left > 0) {
    const piece = Math.min(left, 30)
    const limit = Math.exp(-piece)
    for (let product = random(); product > limit; product *= random()) n++
    left -= piece
  }
  return n
}
