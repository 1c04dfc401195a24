import { tQuantile } from '../../core/statistics.ts'

/**
 * How far out a value lies under the distribution that was expected. Everything is a pair of one-sided tails, both of which hold the
 * value itself: `upper` is P(Y ≥ y), `lower` is P(Y ≤ y).
 */
export interface Tails {
  lower: number
  upper: number
}

/** Both tails as one p: twice the smaller one, never above 1. For discrete values it is on the safe side of exact. */
export const twoSided = ({ lower, upper }: Tails): number => Math.min(1, 2 * Math.min(lower, upper))

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]

/** ln Γ(x) for x > 0, by Lanczos' series (g = 7, n = 9), to about 1e-15 relative. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const z = x - 1
  let sum = 0.9999999999998099
  for (const [place, weight] of LANCZOS.entries()) sum += weight / (z + place + 1)
  const t = z + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

const TINY = 1e-300
const CLOSE = 1e-12

/**
 * I_x(a, b), the regularised incomplete beta function, for a, b > 0 and 0 ≤ x ≤ 1: continued fraction 8.17.22 of the NIST DLMF by
 * Lentz' method, on whichever side converges.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  if (x < (a + 1) / (a + b + 2)) return Math.min(1, (front * betaFraction(x, a, b)) / a)
  return Math.max(0, 1 - (front * betaFraction(1 - x, b, a)) / b)
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = kept(1 - ((a + b) * x) / (a + 1))
  let h = d
  for (let m = 1; m < 2_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = kept(1 + even * d)
    c = 1 + even / c
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = kept(1 + odd * d)
    c = 1 + odd / c
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < CLOSE) break
  }
  return h
}

/** The reciprocal, kept away from nought. */
const kept = (value: number): number => 1 / (Math.abs(value) < TINY ? TINY : value)

/**
 * Tails of a count whose mean is `mean` and whose variance is mean + dispersion × mean²: the negative binomial, which is Poisson's law
 * as the dispersion goes to nought.
 *
 * @example countTails(0, 2, 0).lower // e⁻² = 0.1353
 */
export function countTails(count: number, mean: number, dispersion: number): Tails {
  const y = Math.max(0, Math.round(count))
  const size = 1 / Math.max(dispersion, 1e-6)
  const chance = mean / (mean + size)
  const lower = incompleteBeta(1 - chance, size, y + 1)
  return { lower, upper: y === 0 ? 1 : incompleteBeta(chance, y, size) }
}

/** Up to this many trials the tails of a share are summed exactly. */
const SUMMED = 2_000

/**
 * Tails of `hits` in `trials` where the share itself varies: beta-binomial with mean `share` and correlation `correlation` within one
 * point (variance n p q (1 + (n − 1) ρ)). Exact up to 2,000 trials, beyond that a beta law of the same mean and variance with half a hit as
 * correction for continuity.
 */
export function shareTails(hits: number, trials: number, share: number, correlation: number): Tails {
  const n = Math.round(trials)
  const y = Math.max(0, Math.round(hits))
  if (y > n) return { lower: 1, upper: 0 }
  const rho = Math.min(0.99, Math.max(correlation, 1e-6))
  if (n > SUMMED) return matchedBeta(y, n, share, rho)
  const spread = 1 / rho - 1
  const [a, b] = [share * spread, (1 - share) * spread]
  const head = logGamma(n + 1) + logGamma(a + b) - logGamma(a) - logGamma(b) - logGamma(n + a + b)
  const mass = (k: number): number =>
    Math.exp(head + logGamma(k + a) - logGamma(k + 1) + logGamma(n - k + b) - logGamma(n - k + 1))
  const here = mass(y)
  let [sum, term] = [here, here]
  if (y > n * share) {
    for (let k = y; k < n && term > sum * 1e-14; k++) {
      term *= ((n - k) * (k + a)) / ((k + 1) * (n - k - 1 + b))
      sum += term
    }
    return { lower: Math.min(1, 1 - sum + here), upper: Math.min(1, sum) }
  }
  for (let k = y; k > 0 && term > sum * 1e-14; k--) {
    term *= (k * (n - k + b)) / ((n - k + 1) * (k - 1 + a))
    sum += term
  }
  return { lower: Math.min(1, sum), upper: Math.min(1, 1 - sum + here) }
}

function matchedBeta(y: number, n: number, share: number, rho: number): Tails {
  const total = n / (1 + (n - 1) * rho) - 1
  const below = (edge: number): number => incompleteBeta(edge / n, share * total, (1 - share) * total)
  return { lower: below(y + 0.5), upper: incompleteBeta(1 - (y - 0.5) / n, (1 - share) * total, share * total) }
}

/** Tails of a measured value under Student's t with `df` degrees of freedom around `mean`, whose standard deviation is `spread`. */
export function levelTails(value: number, mean: number, spread: number, df: number): Tails {
  const t = ((value - mean) / spread) * Math.sqrt(df / (df - 2))
  const far = incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2
  return t >= 0 ? { lower: 1 - far, upper: far } : { lower: far, upper: 1 - far }
}

/** The two ends between which a measured value lies in 95 of 100 cases. */
export function levelInterval(mean: number, spread: number, df: number): [number, number] {
  const quantile = quantiles.get(df) ?? tQuantile(0.975, df)
  quantiles.set(df, quantile)
  const half = (quantile * spread) / Math.sqrt(df / (df - 2))
  return [mean - half, mean + half]
}
const quantiles = new Map<number, number>()
