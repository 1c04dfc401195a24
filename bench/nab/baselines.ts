import { chiSquareP, normalP } from '../../src/core/statistics.ts'

/** Scores a whole series; each point's score may use only what came before it, but for a series' range where the published detector does. */
export type Baseline = (values: readonly number[]) => number[]

const [WINDOW, STEP] = [6_400, 100]

/**
 * The benchmark's windowed Gaussian: one minus the tail of a normal law with mean and deviation of the last 6,400 points, which move on by
 * 100 at a time; until there are so many, of all points so far.
 */
export const windowedGaussian: Baseline = (values) => {
  let window: number[] = []
  let waiting: number[] = []
  let [mean, spread] = [0, 1]
  const moments = () => {
    mean = window.reduce((sum, value) => sum + value, 0) / window.length
    spread = Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / window.length) || 1e-6
  }
  return values.map((value) => {
    const score = window.length > 0 ? 1 - normalP((value - mean) / spread) / 2 : 0
    if (window.length < WINDOW) {
      window.push(value)
      moments()
    } else {
      waiting.push(value)
      if (waiting.length === STEP) {
        window = [...window.slice(STEP), ...waiting]
        waiting = []
        moments()
      }
    }
    return score
  })
}

const [BINS, SPAN] = [5, 52]

/**
 * Relative entropy with multiple hypotheses (Wang, Viswanathan, Choudur, Talwar, Satterfield and Schwan 2011, figure 1) with the
 * benchmark's parameters: 5 bins over the series' whole range, the last 52 points, χ² at 0.99. Strange is a histogram that agrees with
 * none seen before.
 */
export const relativeEntropy: Baseline = (values) => {
  const least = Math.min(...values)
  const step = (Math.max(...values) - least) / BINS
  const limit = chiSquareAt(0.99, BINS - 1)
  const known: number[][] = []
  if (step === 0) return values.map(() => 0)
  return values.map((_, place) => {
    if (place + 1 < SPAN) return 0
    const shares = histogram(values.slice(place + 1 - SPAN, place + 1), least, step)
    const agrees = known.some((other) => 2 * SPAN * entropy(shares, other) < limit)
    if (agrees) return 0
    known.push(shares)
    return known.length === 1 ? 0 : 1
  })
}

/** Bins hold their upper end, and the least value of all lies in the first, as the benchmark's code has it. */
function histogram(values: readonly number[], least: number, step: number): number[] {
  const counts = new Array<number>(BINS).fill(0)
  for (const value of values) counts[Math.min(BINS - 1, Math.ceil((value - least) / step))]!++
  return counts.map((n) => n / values.length)
}

function entropy(one: readonly number[], other: readonly number[]): number {
  let sum = 0
  for (const [bin, share] of one.entries()) if (share > 0) sum += share * Math.log(share / other[bin]!)
  return sum
}

/** The quantile of χ², by halving. */
function chiSquareAt(p: number, df: number): number {
  let [low, high] = [0, 1_000]
  for (let turn = 0; turn < 100; turn++) {
    const middle = (low + high) / 2
    if (1 - chiSquareP(middle, df) < p) low = middle
    else high = middle
  }
  return low
}
