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

/** Makes each row's features of one and the same size, with the row of length 1 (in place): presence counts, not how often. */
export function flatten(rows: Sparse): void {
  for (let i = 0; i < rowCount(rows); i++) {
    const from = rows.starts[i]!
    const to = rows.starts[i + 1]!
    rows.values.fill(1 / Math.sqrt(Math.max(1, to - from)), from, to)
  }
}
