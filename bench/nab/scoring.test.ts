import { describe, expect, it } from 'vitest'
import { best, normalised, probation, profiles, scoreAt, sigmoid, sweep, worths } from './scoring.ts'

const [standard, lowFalse, lowMiss] = [profiles[0]!, profiles[1]!, profiles[2]!]
/** 40 points, of which 6 are not scored; one window of 5. */
const series = { length: 40, windows: [[20, 24] as const] }
const fires = (...places: number[]) => Array.from({ length: 40 }, (_, place) => (places.includes(place) ? 1 : 0))
const raw = (profile: typeof standard, ...places: number[]) => scoreAt([series], [fires(...places)], profile, 1)

describe('the benchmark’s scoring', () => {
  it('has the published sigmoid', () => {
    // The paper's figures: 0.98661 at −1, 0.84828 at −0.5, 0 at 0.
    expect(sigmoid(-1)).toBeCloseTo(0.98661, 5)
    expect(sigmoid(-0.5)).toBeCloseTo(0.84828, 5)
    expect(sigmoid(0)).toBe(0)
    expect(sigmoid(3)).toBe(-1)
  })

  it('leaves 15 % unscored, 750 at most', () => {
    expect([probation(40), probation(4_032), probation(10_320)]).toEqual([6, 604, 750])
    expect(raw(standard, 2)).toBe(-1)
  })

  it('gives 100 to the first point of every window, 0 to silence', () => {
    expect(normalised(raw(standard, 20), 1, standard)).toBeCloseTo(100, 10)
    expect(normalised(raw(standard), 1, standard)).toBe(0)
    expect(normalised(raw(lowMiss), 1, lowMiss)).toBe(0)
  })

  it('pays a late detection less, and only the earliest of a window', () => {
    // The third of five points: y = −(24 − 22 + 1) / 5 = −0.6; σ(−0.6) = 2 / (1 + e⁻³) − 1 = 0.905148; over σ(−1): 0.917432.
    expect(raw(standard, 22)).toBeCloseTo(0.905148 / 0.986614, 5)
    expect(raw(standard, 22, 24)).toBeCloseTo(raw(standard, 22), 12)
  })

  it('charges a false alarm in full before any window, less just after one', () => {
    expect(raw(standard, 10)).toBeCloseTo(-1 - 0.11, 10)
    expect(raw(lowFalse, 10)).toBeCloseTo(-1 - 0.22, 10)
    // One point after: y = 1 / 4; σ(0.25) = 2 / (1 + e^1.25) − 1 = −0.554600.
    expect(raw(standard, 25)).toBeCloseTo(-1 - 0.11 * 0.5546, 5)
    expect(worths(series)[39]!.value).toBe(-1)
  })

  it('sweeps every threshold and keeps the best', () => {
    const scores = fires().map((_, place) => (place === 21 ? 0.9 : place === 12 ? 0.95 : 0))
    const swept = sweep([series], [scores], standard)
    expect(swept.map(({ threshold }) => threshold)).toEqual([Number.POSITIVE_INFINITY, 0.95, 0.9, 0])
    expect(best(swept).threshold).toBe(0.9)
    expect(best(swept).score).toBeCloseTo(sigmoid(-0.8) / sigmoid(-1) - 0.11, 10)
  })
})
