import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countTails, incompleteBeta, levelInterval, levelTails, logGamma, shareTails } from './tails.ts'

describe('tails', () => {
  it('knows Γ at whole and half numbers', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12)
  })

  it('gives I_x(a, b) where it has a closed form', () => {
    // I_x(1, b) = 1 − (1 − x)^b; I_x(a, 1) = x^a; I_½(a, a) = ½.
    expect(incompleteBeta(0.3, 1, 4)).toBeCloseTo(1 - 0.7 ** 4, 12)
    expect(incompleteBeta(0.3, 2.5, 1)).toBeCloseTo(0.3 ** 2.5, 12)
    expect(incompleteBeta(0.5, 7.3, 7.3)).toBeCloseTo(0.5, 12)
  })

  it('is Poisson where a count is not dispersed', () => {
    const { lower, upper } = countTails(3, 2, 0)
    const poisson = (k: number) => (Math.exp(-2) * 2 ** k) / [1, 1, 2, 6][k]!
    expect(lower).toBeCloseTo(poisson(0) + poisson(1) + poisson(2) + poisson(3), 5)
    expect(upper).toBeCloseTo(1 - poisson(0) - poisson(1) - poisson(2), 5)
  })

  it('is geometric where a count of dispersion 1 is', () => {
    // Mean 3, size 1: P(Y ≥ y) = (3/4)^y.
    expect(countTails(5, 3, 1).upper).toBeCloseTo(0.75 ** 5, 12)
  })

  it('is uniform where a share of correlation 1/3 around one half is', () => {
    // Beta(1, 1): every number of hits in n is equally likely.
    const { lower, upper } = shareTails(3, 9, 0.5, 1 / 3)
    expect(lower).toBeCloseTo(0.4, 10)
    expect(upper).toBeCloseTo(0.7, 10)
  })

  it('holds its own value in both tails, whatever the law', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.double({ min: 0.01, max: 300, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (y, mean, dispersion) => {
          const { lower, upper } = countTails(y, mean, dispersion)
          expect(lower + upper).toBeGreaterThan(1 - 1e-5)
          expect(lower).toBeLessThanOrEqual(countTails(y + 1, mean, dispersion).lower + 1e-9)
        },
      ),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share, correlation, part) => {
          const { lower, upper } = shareTails(Math.floor(part * n), n, share, correlation)
          expect(lower + upper).toBeGreaterThan(1 - 1e-5)
        },
      ),
    )
  })

  it('gives the published quantile of Student’s t', () => {
    // t(0.975; 6) = 2.4469; a standard deviation of √(6/4) makes the scale 1.
    const spread = Math.sqrt(6 / 4)
    expect(levelInterval(0, spread, 6)[1]).toBeCloseTo(2.4469, 3)
    expect(levelTails(2.4469, 0, spread, 6).upper).toBeCloseTo(0.025, 4)
  })
})
