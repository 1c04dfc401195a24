/** Cases that are alike, counted together. */
export interface Pattern {
  /** Which of the indicators hold, each once. */
  on: readonly number[]
  /** How many cases, the sum of their outcome and of its squares. */
  n: number
  sum: number
  squares: number
  /** Cases of one customer are in one group: groups are drawn anew by the bootstrap, never single cases. */
  group: number
}

/**
 * How many times each group is drawn when as many groups as there are are drawn with replacement: one round of a bootstrap by
 * clusters (Efron and Tibshirani 1993; Cameron, Gelbach and Miller 2008).
 */
export function drawGroups(groups: number, random: () => number): number[] {
  const times = new Array<number>(groups).fill(0)
  for (let draw = 0; draw < groups; draw++) {
    const group = Math.floor(random() * groups)
    times[group] = times[group]! + 1
  }
  return times
}

/** The 95 % interval around an estimate that rounds of a bootstrap give: their 2.5 and 97.5 per cent points, widened to hold the estimate. */
export function bootstrapInterval(
  value: number,
  rounds: readonly number[],
): { value: number; low: number; high: number } {
  const at = pointsOf(rounds)
  return { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)) }
}

/**
 * The same for what is never negative and whose rounds lean above it, as those of R² and its shares do: each drawing with replacement
 * fits by chance once more (Ohtani 2000). The basic bootstrap limits 2·estimate − 97.5 and − 2.5 per cent points (Davison and Hinkley
 * 1997, §5.2) turn that lean around, so that the fit by chance which the estimate itself has is taken off as well.
 */
export function basicInterval(value: number, rounds: readonly number[]): { value: number; low: number; high: number } {
  const at = pointsOf(rounds)
  return {
    value,
    low: Math.max(0, Math.min(value, 2 * value - at(0.975))),
    high: Math.max(value, 2 * value - at(0.025)),
  }
}

/** The points of some rounds, between two of them by a straight line. */
function pointsOf(rounds: readonly number[]): (share: number) => number {
  const sorted = [...rounds].sort((one, other) => one - other)
  return (share) => {
    const place = share * (sorted.length - 1)
    const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
    return below + (above - below) * (place - Math.floor(place))
  }
}

/** A generator of numbers in [0, 1) that repeats itself for a seed (mulberry32): the same question has the same answer. */
export function repeatable(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Lets others have their turn between two rounds of long arithmetic. */
export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
