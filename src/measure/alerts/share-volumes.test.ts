import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shareTails } from '../anomalies/tails.ts'
import { seeded } from '../fixture.ts'
import { LEAST_TO_TELL, openShareJudge } from './share-judge.ts'
import { openVolumes } from './share-volumes.ts'

const memory = 100_000

describe('how often chance reaches a tail', () => {
  test('is never said to be more often than the tail itself, nor less often than it is', () => {
    const law = fc.record({
      expected: fc.double({ min: 0.005, max: 0.4, noNaN: true }),
      rho: fc.double({ min: 0, max: 0.05, noNaN: true }),
    })
    const looks = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(looks, law, fc.constantFrom('up' as const, 'down' as const), (ns, { expected, rho }, direction) => {
        const volumes = openVolumes({ least: LEAST_TO_TELL, memory })
        for (const n of ns) volumes.look(n)
        // Everything that can be seen at these looks, and how often: the law of what is said has to be valid.
        const seen = ns
          .flatMap((n) => (n < LEAST_TO_TELL ? [] : outcomes(n, direction, expected, rho)))
          .map((one) => ({
            ...one,
            said: volumes.oftenness(one.tail, direction, { expected, rho }),
          }))
        for (const { tail, said } of seen) {
          expect(said).toBeLessThanOrEqual(tail)
          const often = seen.reduce((sum, one) => (one.said <= said ? sum + one.chance : sum), 0) / ns.length
          expect(often).toBeLessThanOrEqual(said * (1 + 1e-3) + 1e-9)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('is exactly the share of looks at which it can be reached, where all looks are alike', () => {
    const volumes = openVolumes({ least: 1, memory })
    for (let look = 0; look < 4; look++) volumes.look(look === 0 ? 10 : 0)
    const { upper } = shareTails(3, 10, 0.02, 0)
    expect(volumes.oftenness(upper, 'up', { expected: 0.02, rho: 0 })).toBeCloseTo(upper / 4, 6)
  })
})

/** Every number of hits with its chance and its tail. */
function outcomes(n: number, direction: 'up' | 'down', expected: number, rho: number) {
  return Array.from({ length: n + 1 }, (_, hits) => {
    const { upper, lower } = shareTails(hits, n, expected, rho)
    return { tail: direction === 'up' ? upper : lower, chance: Math.max(0, upper + lower - 1) }
  })
}

describe('a share of few rows', () => {
  const judged = (steps: [rows: number, hits: number][]) => {
    const judge = openShareJudge({ windows: [1], guard: 1, memory: 500, learning: 50 })
    const random = seeded(3)
    for (let step = 0; step < 200; step++) judge.push(10, random() < 0.05 ? 1 : 0)
    let reading = judge.push(...steps[0]!)!
    for (const step of steps.slice(1)) reading = judge.push(...step)!
    return reading
  }

  test('is told of with five rows at least: where the window holds fewer it reaches further back', () => {
    const { window, latest } = judged([
      [3, 0],
      [0, 0],
      [3, 3],
    ])
    expect(window).toMatchObject({ steps: 3, n: 6, plus: 3 })
    expect(latest).toMatchObject({ steps: 1, n: 3, plus: 3 })
  })

  test('stays untold where there are not five within seven windows, however strange', () => {
    const silence: [number, number][] = Array.from({ length: 7 }, () => [0, 0])
    expect(judged([...silence, [3, 3]])).toMatchObject({ p: 1, direction: null })
    expect(judged([...silence, [5, 5]]).p).toBeLessThan(1e-4)
  })
})
