import { normalP, Z95 } from './statistics.ts'

/** Two things over `total` places: how many hold both, how many the one, how many the other. */
export interface Together {
  both: number
  one: number
  other: number
  total: number
}

export interface Ratio {
  value: number
  low: number
  high: number
}

/**
 * The ratio of two shares, `cases` of `n` to `otherCases` of `otherN`, with its 95 % interval on the log scale (Katz et al. 1978). Where
 * a share is empty half a case is added to both for the interval, and for the value where the other one is.
 */
export function ratio(cases: number, n: number, otherCases: number, otherN: number): Ratio {
  const extra = cases === 0 || otherCases === 0 ? 0.5 : 0
  const [a, ofA, b, ofB] = [cases + extra, n + 2 * extra, otherCases + extra, otherN + 2 * extra]
  const centre = a / ofA / (b / ofB)
  const error = Math.sqrt(Math.max(0, 1 / a - 1 / ofA + 1 / b - 1 / ofB))
  const value = cases === 0 ? 0 : centre
  return { value, low: centre * Math.exp(-Z95 * error), high: centre * Math.exp(Z95 * error) }
}

/** How much oftener two things meet than if they knew nothing of each other: P(other | one) ÷ P(other). */
export const lift = ({ both, one, other, total }: Together): Ratio => ratio(both, one, other, total)

/**
 * The log-likelihood ratio G² of the two-by-two table (Dunning 1993): 2 Σ observed · ln(observed ÷ expected). About χ² with one
 * degree of freedom where the two things are independent.
 *
 * @example gSquared({ both: 110, one: 2552, other: 221, total: 31777 }) // 270.72, Dunning's "the swiss"
 */
export function gSquared({ both, one, other, total }: Together): number {
  const cells = [
    [both, one, other],
    [one - both, one, total - other],
    [other - both, total - one, other],
    [total - one - other + both, total - one, total - other],
  ] as const
  let sum = 0
  for (const [observed, row, column] of cells)
    if (observed > 0) sum += observed * Math.log((observed * total) / (row * column))
  return Math.max(0, 2 * sum)
}

/** The p of a G² with one degree of freedom: χ²₁ is the square of a standard normal. */
export const gSquaredP = (g2: number): number => normalP(Math.sqrt(g2))

const LOG_FACTORIALS = [0, 0]

function logFactorial(n: number): number {
  for (let i = LOG_FACTORIALS.length; i <= n; i++) LOG_FACTORIALS.push(LOG_FACTORIALS[i - 1]! + Math.log(i))
  return LOG_FACTORIALS[n]!
}

/**
 * Fisher's exact test, one-sided: the probability of `both` or more meeting by chance with all margins as they are (hypergeometric
 * tail).
 *
 * @example fisherMore({ both: 3, one: 4, other: 4, total: 8 }) // 0.242857, the lady tasting tea
 */
export function fisherMore({ both, one, other, total }: Together): number {
  const most = Math.min(one, other)
  const least = Math.max(both, one + other - total, 0)
  const constant =
    logFactorial(one) +
    logFactorial(total - one) +
    logFactorial(other) +
    logFactorial(total - other) -
    logFactorial(total)
  let p = 0
  for (let k = least; k <= most; k++) {
    const term =
      constant -
      logFactorial(k) -
      logFactorial(one - k) -
      logFactorial(other - k) -
      logFactorial(total - one - other + k)
    const share = Math.exp(term)
    p += share
    if (share < p * 1e-12) break
  }
  return Math.min(1, p)
}
