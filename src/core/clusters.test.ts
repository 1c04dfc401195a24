import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClusterSums, designEffect } from './clusters.ts'
import { wilson } from './share.ts'

const sumsOf = (clusters: readonly (readonly number[])[]): ClusterSums => {
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
  const each = (f: (values: readonly number[]) => number) => total(clusters.map(f))
  return {
    clusters: clusters.length,
    n: each((values) => values.length),
    sum: each(total),
    squares: each((values) => total(values.map((value) => value ** 2))),
    sumSquares: each((values) => total(values) ** 2),
    sumCases: each((values) => total(values) * values.length),
    caseSquares: each((values) => values.length ** 2),
  }
}

/** A generator of numbers in [0, 1) that repeats itself for a seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Half of the customers are pleased with nine of ten answers, half with one of ten; each gives up to four. */
function drawn(customers: number, random: () => number): number[][] {
  return Array.from({ length: customers }, () => {
    const p = random() < 0.5 ? 0.9 : 0.1
    return Array.from({ length: 1 + Math.floor(random() * 4) }, () => (random() < p ? 1 : 0))
  })
}

describe('a design effect', () => {
  test('is n ⁄ (n − 1) where everybody answers once: the variance of the mean of independent values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 60 }), (values) => {
        const once = designEffect(sumsOf(values.map((value) => [value])))
        const varies = new Set(values).size > 1
        expect(once).toBeCloseTo(varies ? values.length / (values.length - 1) : 1, 9)
      }),
    )
  })

  test('is m times that where everybody says the same m times: repeating adds nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 2, maxLength: 40 }),
        fc.integer({ min: 2, max: 6 }),
        (values, m) => {
          fc.pre(new Set(values).size > 1)
          const repeated = designEffect(sumsOf(values.map((value) => Array<number>(m).fill(value))))
          expect(repeated).toBeCloseTo((m * values.length) / (values.length - 1), 9)
        },
      ),
    )
  })

  test('is that of drawing whole customers with replacement', () => {
    const random = seeded(4)
    const customers = drawn(300, random)
    const sums = sumsOf(customers)
    const means = Array.from({ length: 3_000 }, () => {
      const sample = customers.map(() => customers[Math.floor(random() * customers.length)]!)
      const { sum, n } = sumsOf(sample)
      return sum / n
    })
    const centre = means.reduce((total, one) => total + one, 0) / means.length
    const variance = means.reduce((total, one) => total + (one - centre) ** 2, 0) / (means.length - 1)
    const p = sums.sum / sums.n
    const drawnEffect = variance / ((p * (1 - p)) / sums.n)
    expect(designEffect(sums) / drawnEffect).toBeGreaterThan(0.9)
    expect(designEffect(sums) / drawnEffect).toBeLessThan(1.1)
  })

  test('makes a 95 % interval that holds the truth 95 times of 100, where that of independent answers does so less often', () => {
    const random = seeded(11)
    const rounds = 1_500
    let [held, naive] = [0, 0]
    for (let round = 0; round < rounds; round++) {
      const sums = sumsOf(drawn(120, random))
      const effect = designEffect(sums)
      const covers = ({ low, high }: { low: number | null; high: number | null }) => low! <= 0.5 && high! >= 0.5
      if (covers(wilson(sums.sum / effect, sums.n / effect))) held++
      if (covers(wilson(sums.sum, sums.n))) naive++
    }
    // Four standard errors of a coverage of 95 % in so many rounds.
    const doubt = 4 * Math.sqrt((0.95 * 0.05) / rounds)
    expect(Math.abs(held / rounds - 0.95)).toBeLessThan(doubt)
    expect(naive / rounds).toBeLessThan(0.88)
  })
})
