import { mixHash } from '../../linear/grams.ts'
import { gramsOf, unitsOf } from './likeness.ts'

const MOST_SIDES = 10

/**
 * Hashed features of what two texts share and in what they differ: n-grams of one text alone, n-grams of both, and which unit stands on
 * one side for which on the other. The same whichever text comes first. Writes to `out`, returns how many.
 */
export function hashDifference(a: string, b: string, out: Uint32Array): number {
  const left = unitsOf(a)
  const right = unitsOf(b)
  let n = 0
  for (const order of [1, 2]) {
    const inA = new Set(gramsOf(left, order))
    const inB = new Set(gramsOf(right, order))
    const onlyA = [...inA].filter((hash) => !inB.has(hash))
    const onlyB = [...inB].filter((hash) => !inA.has(hash))
    for (const hash of onlyA) out[n++] = mixHash(hash ^ 0x1b873593)
    for (const hash of onlyB) out[n++] = mixHash(hash ^ 0x1b873593)
    for (const hash of inA) if (inB.has(hash)) out[n++] = mixHash(hash ^ 0x6b43a9b5)
    if (onlyA.length <= MOST_SIDES && onlyB.length <= MOST_SIDES) n = hashCrossings(onlyA, onlyB, out, n)
  }
  return n
}

function hashCrossings(onlyA: number[], onlyB: number[], out: Uint32Array, from: number): number {
  let n = from
  // A side with nothing of its own says that the other one only adds words.
  for (const left of onlyA.length > 0 ? onlyA : [0]) {
    for (const right of onlyB.length > 0 ? onlyB : [0]) {
      out[n++] = mixHash(Math.imul(Math.min(left, right), 0x01000193) ^ Math.max(left, right) ^ 0x52dce729)
    }
  }
  return n
}
