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
  const sorted = [...rounds].sort((one, other) => one - other)
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
    return below + (above - below) * (place - Math.floor(place))
  }
  return { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)) }
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
