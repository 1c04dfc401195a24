import { seeded } from './linear.ts'
import type { Judged, Task } from './task.ts'

// Enough for the ends of a 95 % interval to be steady; fewer on many rows, where the interval is narrow anyway.
const MOST_ROUNDS = 1000
const FEWEST_ROUNDS = 200
const ROWS_SCORED = 2_000_000

export interface Interval {
  low: number
  high: number
}

/** How sure figures are: the main one, and F1 of each class. */
export interface Intervals {
  interval: Interval
  classIntervals: Record<string, Interval>
}

/**
 * The 95 % percentile bootstrap intervals (Efron 1979) of a task's main figure and of each class's F1: rows are drawn again with
 * replacement and the figures computed anew; a class counts in the draws that it occurs in. Deterministic by seed.
 */
export function bootstrapIntervals<Row, Answer>(
  task: Task<Row, Answer>,
  judged: Judged<Row, Answer>[],
  seed: number,
): Intervals {
  const random = seeded(seed)
  const rounds = Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, Math.floor(ROWS_SCORED / Math.max(1, judged.length))))
  const mains: number[] = []
  const classes = new Map<string, number[]>()
  for (let round = 0; round < rounds; round++) {
    const drawn = Array.from(judged, () => judged[Math.floor(random() * judged.length)]!)
    const { main, perClass } = task.score(drawn)
    mains.push(main.value)
    for (const { label, f1 } of perClass) {
      const known = classes.get(label)
      if (known) known.push(f1)
      else classes.set(label, [f1])
    }
  }
  const classIntervals = Object.fromEntries([...classes].map(([label, values]) => [label, middleOf(values)]))
  return { interval: middleOf(mains), classIntervals }
}

/** The middle 95 % of values. */
function middleOf(values: number[]): Interval {
  const sorted = values.sort((a, b) => a - b)
  return { low: sorted[Math.floor(0.025 * sorted.length)]!, high: sorted[Math.ceil(0.975 * sorted.length) - 1]! }
}
