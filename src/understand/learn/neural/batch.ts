import type { Machine } from './machine.ts'
import { random } from './parameters.ts'

/** Texts of one batch, longest first, laid out time-major in a machine's memory. */
export interface Batch {
  /** Which text each row is. */
  rows: number[]
  lengths: Int32Array
  times: number
  size: number
  /** Address of times integers: how many rows are alive at t. */
  active: number
}

/** Lays out the texts `rows` (already in any order) of the given lengths. */
export function layOut(machine: Machine, rows: readonly number[], length: (row: number) => number): Batch {
  const sorted = [...rows].sort((a, b) => length(b) - length(a) || a - b)
  const lengths = Int32Array.from(sorted, length)
  const times = lengths[0] ?? 0
  const alive = new Int32Array(times)
  for (const n of lengths) for (let t = 0; t < n; t++) alive[t]!++
  return { rows: sorted, lengths, times, size: sorted.length, active: machine.put(alive) }
}

/**
 * Batches of texts of like length: rows are shuffled, sorted by length with some noise, cut so that no batch has more than `rowsAtMost` rows
 * or more than `cells` padded positions, and the batches shuffled.
 */
export function shuffledBatches(
  lengths: ArrayLike<number>,
  rowsAtMost: number,
  cells: number,
  seed: number,
): number[][] {
  const next = random(seed)
  const keys = Float64Array.from(lengths, (n) => n * (1 + 0.15 * next()) + next())
  const order = [...keys.keys()].sort((a, b) => keys[a]! - keys[b]!)
  const batches = inOrder(order, lengths, rowsAtMost, cells)
  for (let i = batches.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    ;[batches[i], batches[j]] = [batches[j]!, batches[i]!]
  }
  return batches
}

/** Batches of texts of like length, shortest first, for prediction. */
export function sortedBatches(lengths: ArrayLike<number>, rowsAtMost: number, cells: number): number[][] {
  const order = Array.from({ length: lengths.length }, (_, i) => i).sort((a, b) => lengths[a]! - lengths[b]! || a - b)
  return inOrder(order, lengths, rowsAtMost, cells)
}

function inOrder(order: number[], lengths: ArrayLike<number>, rowsAtMost: number, cells: number): number[][] {
  const batches: number[][] = []
  let batch: number[] = []
  let longest = 0
  for (const row of order) {
    longest = Math.max(longest, lengths[row]!)
    if (batch.length === rowsAtMost || (batch.length > 0 && longest * (batch.length + 1) > cells)) {
      batches.push(batch)
      batch = []
      longest = lengths[row]!
    }
    batch.push(row)
  }
  if (batch.length > 0) batches.push(batch)
  return batches
}
