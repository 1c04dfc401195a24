import { seeded } from './linear.ts'
import type { Judged, Task } from './task.ts'

// Enough for the ends of a 95 % interval to be steady; fewer on many rows, where the interval is narrow anyway.
const MOST_ROUNDS = 1000
const FEWEST_ROUNDS = 200
const ROWS_SCORED = 2_000_000

/**
 * The 95 % percentile bootstrap interval (Efron 1979) of a task's main figure: rows are drawn again with replacement and the figure
 * computed anew. Deterministic by seed.
 */
export function bootstrapInterval<Row, Answer>(
  task: Task<Row, Answer>,
  judged: Judged<Row, Answer>[],
  seed: number,
): { low: number; high: number } {
  const random = seeded(seed)
  const rounds = Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, Math.floor(ROWS_SCORED / Math.max(1, judged.length))))
  const values = Array.from({ length: rounds }, () => {
    const drawn = Array.from(judged, () => judged[Math.floor(random() * judged.length)]!)
    return task.score(drawn).main.value
  }).sort((a, b) => a - b)
  return { low: values[Math.floor(0.025 * rounds)]!, high: values[Math.ceil(0.975 * rounds) - 1]! }
}
