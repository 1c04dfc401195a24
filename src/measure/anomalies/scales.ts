import type { Outlook } from './filter.ts'
import { countTails, levelInterval, levelTails, shareTails, type Tails } from './tails.ts'

interface Measured {
  value: number
  /** Trials of a share. */
  n: number
}

interface Range {
  expected: number
  low: number
  high: number
}

/** How one kind of value is worked with: on which scale effects add up, and under which law its points scatter. */
export interface Scale {
  /** A first level from a first point, on the working scale. */
  start(measured: Measured): number
  /** How far off the outlook a point is on the working scale, and the variance that counting alone gives it. `raw` is the point itself there. */
  residual(measured: Measured, seen: Outlook): { surprise: number; counting: number; raw: number }
  tails(measured: Measured, seen: Outlook): Tails
  /** What is expected, with the 95 % interval of a single point. */
  range(seen: Outlook, n: number | undefined): Range
}

/** Variance on the log scale becomes dispersion of the count; kept where a doubtful effect would say nothing at all. */
const dispersionOf = ({ doubt, scatter }: Outlook): number => Math.expm1(Math.min(2.5, doubt + scatter))

const logit = (share: number): number => Math.log(share / (1 - share))
const logistic = (x: number): number => 1 / (1 + Math.exp(-x))

/** Correlation within a point that gives the share a variance of (pq)² times that on the logit scale. */
const correlationOf = (share: number, { doubt, scatter }: Outlook): number => {
  const extra = share * (1 - share) * Math.min(2.5, doubt + scatter)
  return extra / (1 + extra)
}

/** The degrees of freedom of measured values: heavier ends than a normal law, since real measurements have them. */
const LEVEL_DF = 6

export const scales: Readonly<Record<'count' | 'share' | 'level', Scale>> = {
  count: {
    start: ({ value }) => Math.log(Math.max(value, 0.5)),
    residual: ({ value }, seen) => {
      const mean = Math.exp(seen.centre)
      return { surprise: value / mean - 1, counting: 1 / mean, raw: Math.log(Math.max(value, 0.5)) }
    },
    tails: ({ value }, seen) => countTails(value, Math.exp(seen.centre), dispersionOf(seen)),
    range: (seen) => {
      const mean = Math.exp(seen.centre)
      const tails = (y: number) => countTails(y, mean, dispersionOf(seen))
      return { expected: mean, ...central(tails, mean, Math.sqrt(mean + dispersionOf(seen) * mean ** 2)) }
    },
  },
  share: {
    start: ({ value, n }) => logit((value * n + 0.5) / (n + 1)),
    residual: ({ value, n }, seen) => {
      const share = logistic(seen.centre)
      const pq = share * (1 - share)
      return {
        surprise: (value - share) / pq,
        counting: 1 / (n * pq),
        raw: logit((value * n + 0.5) / (n + 1)),
      }
    },
    tails: ({ value, n }, seen) => {
      const share = logistic(seen.centre)
      return shareTails(value * n, n, share, correlationOf(share, seen))
    },
    range: (seen, trials) => {
      const share = logistic(seen.centre)
      const n = Math.max(1, Math.round(trials ?? 1))
      const rho = correlationOf(share, seen)
      const spread = Math.sqrt(n * share * (1 - share) * (1 + (n - 1) * rho))
      const { low, high } = central((y) => shareTails(y, n, share, rho), n * share, spread)
      return { expected: share, low: Math.min(1, low / n), high: Math.min(1, high / n) }
    },
  },
  level: {
    start: ({ value }) => value,
    residual: ({ value }, seen) => ({ surprise: value - seen.centre, counting: 0, raw: value }),
    tails: ({ value }, seen) => levelTails(value, seen.centre, Math.sqrt(seen.doubt + seen.scatter), LEVEL_DF),
    range: (seen) => {
      const [low, high] = levelInterval(seen.centre, Math.sqrt(seen.doubt + seen.scatter), LEVEL_DF)
      return { expected: seen.centre, low, high }
    },
  },
}

const BEYOND = 0.025

/** The smallest and largest whole numbers that leave no more than 2.5 % beyond them on their side. */
function central(tails: (y: number) => Tails, mean: number, spread: number): { low: number; high: number } {
  const start = (far: number) => Math.max(0, Math.round(mean + far * spread))
  const low = edge((y) => y === 0 || tails(y - 1).lower <= BEYOND, start(-2), -1)
  const high = edge((y) => tails(y + 1).upper <= BEYOND, start(2), 1)
  return { low, high }
}

/** The value nearest to the middle that still holds, where values further out (`away`) hold as well: by doubling, then halving. */
function edge(holds: (y: number) => boolean, start: number, away: 1 | -1): number {
  let [outer, inner, stride] = [start, start, 1]
  if (holds(start)) {
    while (holds(inner)) {
      outer = inner
      inner -= away * stride
      stride *= 2
      if (inner < 0) return outer
    }
  } else {
    while (!holds(outer)) {
      inner = outer
      outer = Math.max(0, outer + away * stride)
      stride *= 2
    }
  }
  while (Math.abs(outer - inner) > 1) {
    const middle = Math.floor((outer + inner) / 2)
    if (holds(middle)) outer = middle
    else inner = middle
  }
  return outer
}
