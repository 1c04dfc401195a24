import type { Hashed, Vocabulary } from './vocabulary.ts'

/** Rows of (feature, value): row i has features ids[starts[i]] to ids[starts[i + 1]] − 1. */
export interface Sparse {
  starts: Uint32Array
  ids: Int32Array
  values: Float32Array
  /** One more than the highest feature. */
  width: number
}

export const rowCount = (rows: Sparse): number => rows.starts.length - 1

/** Counts of the vocabulary's hashes in each text, features in order of first occurrence. */
export function countRows(hashed: Hashed, vocabulary: Vocabulary): Sparse {
  const n = hashed.starts.length - 1
  const seen = new Int32Array(vocabulary.size).fill(-1)
  const starts = new Uint32Array(n + 1)
  const ids = new Int32Array(hashed.hashes.length)
  const values = new Float32Array(hashed.hashes.length)
  let used = 0
  for (let i = 0; i < n; i++) {
    const from = used
    for (let k = hashed.starts[i]!; k < hashed.starts[i + 1]!; k++) {
      const id = vocabulary.find(hashed.hashes[k]!)
      if (id < 0) continue
      if (seen[id]! >= from) values[seen[id]!]!++
      else {
        seen[id] = used
        ids[used] = id
        values[used++] = 1
      }
    }
    starts[i + 1] = used
  }
  return { starts, ids: ids.slice(0, used), values: values.slice(0, used), width: vocabulary.size }
}

/**
 * Makes each row's features of a block of one and the same size, so that the row is as long in each block as `lengths` says (in place):
 * presence counts, not how often, and a long block does not drown a short one. `blockOf` tells the block of each feature.
 */
export function flatten(rows: Sparse, blockOf: Uint8Array, lengths: number[]): void {
  const counts = new Float64Array(lengths.length)
  for (let i = 0; i < rowCount(rows); i++) {
    const to = rows.starts[i + 1]!
    counts.fill(0)
    for (let k = rows.starts[i]!; k < to; k++) counts[blockOf[rows.ids[k]!]!]!++
    for (let k = rows.starts[i]!; k < to; k++) {
      const block = blockOf[rows.ids[k]!]!
      rows.values[k] = lengths[block]! / Math.sqrt(counts[block]!)
    }
  }
}
