import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from '../fixture.ts'
import type { Reading } from './detector.ts'
import { type Candidate, type Demand, evidenceOf, judgeLate, judgeRound, type Memory } from './round.ts'

const demand: Demand = { direction: 'both', minVolume: 0, minChange: 0, lasts: 1 }
const hourly = { falseAlarmsAWeek: 1, roundsAWeek: 168 }
const reading = (p: number | null, over: Partial<Reading> = {}): Reading => ({
  at: 0,
  value: 150,
  expected: 100,
  low: 80,
  high: 120,
  p,
  direction: 'up',
  score: 0,
  ...over,
})
const candidate = (p: number | null, over: Partial<Candidate> = {}): Candidate => ({
  series: 's',
  reading: reading(p),
  volume: 500,
  demand,
  memory: null,
  ...over,
})

/** Weeks of clean rounds: how many alarms there are per week and hundred series. */
function cleanWeeks(series: number, weeks: number, draw: (place: number) => number): number {
  const memories: (Memory | null)[] = new Array(series).fill(null)
  let alarms = 0
  for (let round = 0; round < weeks * 168; round++) {
    const { verdicts } = judgeRound(
      memories.map((memory, place) => candidate(draw(place), { series: String(place), memory })),
      hourly,
    )
    for (const [place, { because, memory }] of verdicts.entries()) {
      memories[place] = memory
      if (because) alarms++
    }
  }
  return alarms / weeks / (series / 100)
}

describe('judgeRound', () => {
  it('keeps to one false alarm a week and hundred series where series are clean and independent', () => {
    const random = seeded(1)
    expect(cleanWeeks(100, 30, random)).toBeLessThanOrEqual(1)
  })

  it('sends no more messages than that where all series move together, since they are one', () => {
    const random = seeded(2)
    let shared = 0
    const draw = (place: number) => {
      if (place === 0) shared = random()
      return shared
    }
    // Twenty series, so a fifth of a message a week; they fire in the same round or not at all.
    expect(cleanWeeks(20, 150, draw) / 20).toBeLessThanOrEqual(1)
  })

  it('fires on one wild point, on many fairly strange ones at once, and on a run of mildly strange ones', () => {
    expect(judgeRound([candidate(1e-9)], hourly).verdicts[0]!.because).toBe('point')
    const many = Array.from({ length: 300 }, (_, place) => candidate(place < 200 ? 1e-4 : 0.5))
    expect(judgeRound(many, hourly).verdicts[0]!.because).toBe('round')
    let memory: Memory | null = null
    const said = Array.from({ length: 12 }, () => {
      const [verdict] = judgeRound([candidate(0.005, { memory })], hourly).verdicts
      memory = verdict!.memory
      return verdict!.because
    })
    expect(said[0]).toBeNull()
    expect(said).toContain('run')
  })

  it('tells of an incident once, and again only after it was over', () => {
    let memory: Memory | null = null
    const ask = (p: number) => {
      const [verdict] = judgeRound([candidate(p, { memory })], hourly).verdicts
      memory = verdict!.memory
      return verdict!.because
    }
    expect([ask(1e-9), ask(1e-9), ask(1e-12)]).toEqual(['point', null, null])
    expect([ask(0.6), ask(0.7), ask(0.4), ask(1e-9)]).toEqual([null, null, null, 'point'])
  })

  it('says why it keeps silent', () => {
    const because = (over: Partial<Candidate>, p: number | null = 1e-9) =>
      judgeRound([candidate(p, over)], hourly).verdicts[0]!.withheld
    expect(because({}, null)).toBe('unknown')
    expect(because({}, 0.3)).toBe('usual')
    expect(because({ volume: 3, demand: { ...demand, minVolume: 30 } })).toBe('volume')
    expect(because({ demand: { ...demand, minChange: 0.8 } })).toBe('change')
    expect(because({ demand: { ...demand, lasts: 3 } })).toBe('lasting')
    expect(because({ demand: { ...demand, direction: 'down' } })).toBe('usual')
  })

  it('makes evidence whose mean is at most 1 of any valid p', () => {
    const steps = 200_000
    let sum = 0
    for (let step = 0; step < steps; step++) sum += evidenceOf((step + 0.5) / steps) / steps
    expect(sum).toBeLessThanOrEqual(1)
    expect(sum).toBeGreaterThan(0.9)
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.5, noNaN: true }), (p) => {
        expect(evidenceOf(p)).toBeGreaterThanOrEqual(evidenceOf(p * 1.5))
      }),
    )
  })

  it('says over which points a run has gathered', () => {
    let memory: Memory | null = null
    const ask = (p: number) => {
      const [verdict] = judgeRound([candidate(p, { memory })], hourly).verdicts
      memory = verdict!.memory
      return verdict!.stretch
    }
    for (let quiet = 0; quiet < 5; quiet++) expect(ask(0.7)).toBeNull()
    const stretches = Array.from({ length: 12 }, () => ask(0.005))
    const run = stretches.findIndex((one) => one !== null)
    expect(stretches[run]).toMatchObject({ points: run + 1, seen: 150 * (run + 1), expected: 100 * (run + 1) })
  })

  it('gives a series of greater weight more of the budget, and one whose p looks back all of its part', () => {
    const alpha = 1 / 100 / 168
    const fires = (p: number, over: Partial<Candidate>) =>
      judgeRound([candidate(p, over), ...Array.from({ length: 9 }, () => candidate(0.5))], hourly).verdicts[0]!.because
    expect([fires(0.4 * alpha, {}), fires(0.9 * alpha, {}), fires(0.9 * alpha, { looksBack: true })]).toEqual([
      'point',
      null,
      'point',
    ])
    expect([fires(4 * alpha, { weight: 10 }), fires(6 * alpha, { weight: 10 })]).toEqual(['point', null])
  })

  it('keeps to the budget with weights whose mean is one', () => {
    const random = seeded(4)
    const weights = Array.from({ length: 100 }, (_, place) => (place < 10 ? 5.5 : 0.5))
    const memories: (Memory | null)[] = new Array(100).fill(null)
    let alarms = 0
    for (let round = 0; round < 30 * 168; round++) {
      const { verdicts } = judgeRound(
        memories.map((memory, place) => candidate(random(), { memory, weight: weights[place]! })),
        hourly,
      )
      for (const [place, { because, memory }] of verdicts.entries()) {
        memories[place] = memory
        if (because) alarms++
      }
    }
    expect(alarms / 30).toBeLessThanOrEqual(1)
  })

  it('judges a series that comes late by what the round let through then', () => {
    const many = Array.from({ length: 300 }, (_, place) => candidate(place < 200 ? 1e-4 : 0.5))
    const { cut, verdicts } = judgeRound(many, hourly)
    expect(cut).toBe(1e-4)
    expect(judgeLate(many[0]!, hourly, cut)).toEqual(verdicts[0])
    expect(judgeLate(many[0]!, hourly, 0).because).toBeNull()
  })
})
