import { LEVEL, type Part, priorSpread } from './season.ts'

/**
 * What is known of a series: effects that add up on a working scale, each with its own uncertainty, and how much points scatter beyond
 * what counting alone explains. A structural time series (Harvey 1989) whose Kalman filter keeps the variances of the effects only,
 * so a point costs as many steps as it has parts.
 */
export interface Known {
  mean: (number | undefined)[]
  variance: (number | undefined)[]
  /** Weighted sums: of squared surprises beyond counting, of what is left of them without doubt, and of the weights. */
  surpriseSum: number
  scatterSum: number
  scatterWeight: number
}

/** What the effects say of the next point, before it is seen. */
export interface Outlook {
  /** On the working scale. */
  centre: number
  /** Variance from not knowing the effects well. */
  doubt: number
  /** Variance of points around the truth, beyond counting. */
  scatter: number
}

/** Each visit forgets a little, so an effect remembers about 1 / (1 − MEMORY) of its visits. */
const MEMORY = 0.98
const SCATTER_MEMORY = 0.999
/** The scatter that is taken for granted at first, and how many points it is worth. */
const SCATTER_PRIOR = { value: 0.008, points: 4 }
/** Variance from elsewhere that makes a point say a quarter of what it otherwise says of the scatter. */
const QUARTERED = 0.02

export const nothingKnown = (): Known => ({ mean: [], variance: [], surpriseSum: 0, scatterSum: 0, scatterWeight: 0 })

export function outlook(known: Known, parts: readonly Part[], scale: number): Outlook {
  let [centre, doubt] = [0, 0]
  for (const { place, weight } of parts) {
    centre += weight * (known.mean[place] ?? 0)
    doubt += weight ** 2 * varianceOf(known, place, scale)
  }
  return { centre, doubt, scatter: scatterOf(known, scale) }
}

const varianceOf = (known: Known, place: number, scale: number): number =>
  known.variance[place] ?? (scale * priorSpread(place)) ** 2

/** How much a point says of the scatter: the less, the more of its variance comes from elsewhere. */
const informationOf = (elsewhere: number): number => 1 / (1 + elsewhere / QUARTERED) ** 2

/** Effects are kept as if they were unrelated, which overstates doubt: at least this share of the surprise is scatter. */
const LEAST_SCATTER = 0.3

function scatterOf(known: Known, scale: number): number {
  const prior = SCATTER_PRIOR.value * scale ** 2
  const weight = SCATTER_PRIOR.points * informationOf(0)
  const sum = Math.max(known.scatterSum, LEAST_SCATTER * known.surpriseSum)
  return Math.max(1e-6 * scale ** 2, (sum + prior * weight) / (known.scatterWeight + weight))
}

/**
 * Takes a point in. `surprise` is the difference from the outlook on the working scale, `counting` the variance that counting alone gives
 * it. A wild point is taken as lying no further out than some standard deviations, so that it teaches little; which points are wild the law of
 * the series says, not their distance, since rare events lie far from their mean by nature.
 */
export function learn(
  known: Known,
  parts: readonly Part[],
  seen: Outlook,
  point: { surprise: number; counting: number; wild: boolean; scale: number; levelMemory: number },
): void {
  const total = seen.doubt + seen.scatter + point.counting
  const spread = Math.sqrt(total)
  const limit = point.wild ? LIMIT * spread : Number.POSITIVE_INFINITY
  const surprise = Math.max(-limit, Math.min(limit, point.surprise))
  for (const { place, weight } of parts) {
    const variance = varianceOf(known, place, point.scale)
    const gain = (variance * weight) / total
    known.mean[place] = (known.mean[place] ?? 0) + gain * surprise
    const left = variance * (1 - gain * weight)
    const memory = place === LEVEL ? point.levelMemory : MEMORY
    known.variance[place] = Math.min(left / memory, (point.scale * priorSpread(place)) ** 2)
  }
  const information = informationOf((point.counting + seen.doubt) / point.scale ** 2)
  const beyond = surprise ** 2 - point.counting
  known.surpriseSum = SCATTER_MEMORY * known.surpriseSum + information * beyond
  known.scatterSum = SCATTER_MEMORY * known.scatterSum + information * (beyond - seen.doubt)
  known.scatterWeight = SCATTER_MEMORY * known.scatterWeight + information
}
/** Standard deviations at which a wild point counts as lying. */
const LIMIT = 3.5

/** Nothing was seen for some steps: the level may have moved meanwhile as if it had been forgotten so often. */
export function pause(known: Known, steps: number, scale: number, levelMemory: number): void {
  const before = known.variance[LEVEL]
  if (before === undefined) return
  known.variance[LEVEL] = Math.min(before / levelMemory ** Math.min(steps, 5_000), (scale * priorSpread(LEVEL)) ** 2)
}
