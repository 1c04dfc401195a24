/**
 * Is the mixture of recent values one that was never seen before? Relative entropy with multiple hypotheses (Wang, Viswanathan, Choudur,
 * Talwar, Satterfield and Schwan 2011, figure 1), made to run without knowing the range beforehand: the last 52 values are counted in bins;
 * where the counts agree with no histogram on record (2 W × relative entropy beyond the 99 % point of χ²), they are new and go on record.
 * A value beyond the bins makes every bin twice as wide, and what is on record is added up pairwise: exactly, since neighbours become one.
 * How coarse the bins are is not known beforehand either, so four counts with more and fewer bins vote.
 */
export interface Novelty {
  /** Values until there are enough to lay bins; then none. */
  first: number[]
  /** Where the bins begin, and how wide they are, one a count. Empty: not laid yet. */
  counts: Count[]
}

interface Count {
  begin: number
  width: number
  /** Bins of the last values, oldest first. */
  recent: number[]
  /** Histograms on record. */
  known: number[][]
}

/** Numbers of bins, and the 99 % point of χ² with one degree of freedom less. */
const COUNTS = [
  { bins: 4, limit: 11.345 },
  { bins: 6, limit: 15.086 },
  { bins: 8, limit: 18.475 },
  { bins: 12, limit: 24.725 },
] as const
const WINDOW = 52
const FIRST = 20
/** Histograms kept on record: the latest. */
const MOST = 60
/** A range below this share of the values is none. */
const STILL = 1e-9

export const nothingSeen = (): Novelty => ({ first: [], counts: [] })

/** Takes a value in and says for which share of the counts the mixture is new: 0 to 1. */
export function noveltyOf(state: Novelty, value: number): number {
  if (state.counts.length === 0) {
    state.first.push(value)
    if (state.first.length === FIRST) layBins(state)
    return 0
  }
  const fresh = COUNTS.filter((shape, place) => {
    const count = state.counts[place]!
    widen(count, shape.bins, value)
    count.recent.push(binOf(count, shape.bins, value))
    if (count.recent.length > WINDOW) count.recent.shift()
    return isNew(count, shape)
  })
  return fresh.length / COUNTS.length
}

/** A series that has not moved yet has no range: its oldest value goes, and the next one is waited for. */
function layBins(state: Novelty): void {
  const [least, most] = [Math.min(...state.first), Math.max(...state.first)]
  if (most - least <= STILL * Math.max(Math.abs(least), Math.abs(most), STILL)) {
    state.first.shift()
    return
  }
  state.counts = COUNTS.map(({ bins }) => {
    const count: Count = { begin: least, width: ((most - least) / bins) * 1.0001, recent: [], known: [] }
    count.recent = state.first.map((value) => binOf(count, bins, value))
    return count
  })
  state.first = []
}

const binOf = ({ begin, width }: Count, bins: number, value: number): number =>
  Math.max(0, Math.min(bins - 1, Math.floor((value - begin) / width)))

function widen(count: Count, bins: number, value: number): void {
  while (value >= count.begin + bins * count.width) {
    merge(count, bins, (bin) => bin >> 1)
    count.width *= 2
  }
  while (value < count.begin) {
    merge(count, bins, (bin) => (bin + bins) >> 1)
    count.begin -= bins * count.width
    count.width *= 2
  }
}

function merge(count: Count, bins: number, into: (bin: number) => number): void {
  count.recent = count.recent.map(into)
  count.known = count.known.map((histogram) => {
    const merged = new Array<number>(bins).fill(0)
    for (const [bin, n] of histogram.entries()) merged[into(bin)]! += n
    return merged
  })
}

function isNew({ recent, known }: Count, { bins, limit }: (typeof COUNTS)[number]): boolean {
  if (recent.length < WINDOW) return false
  const histogram = new Array<number>(bins).fill(0)
  for (const bin of recent) histogram[bin]!++
  if (known.some((other) => statistic(histogram, other) < limit)) return false
  known.push(histogram)
  if (known.length > MOST) known.shift()
  return known.length > 1
}

/** 2 W × the relative entropy of one histogram against another; infinite where one has values where the other has none. */
function statistic(histogram: readonly number[], other: readonly number[]): number {
  let sum = 0
  for (let bin = 0; bin < histogram.length; bin++) {
    const n = histogram[bin]!
    if (n === 0) continue
    if (other[bin] === 0) return Number.POSITIVE_INFINITY
    sum += n * Math.log(n / other[bin]!)
  }
  return 2 * sum
}
