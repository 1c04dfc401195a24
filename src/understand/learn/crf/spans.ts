import { MOVES, SORTS, TAGS, tag } from './chain.ts'
import { forwardBackward, type Lattice } from './lattice.ts'

/** A stretch of units that may be a span, with its probability under the chain. */
export interface Candidate {
  /** 0 aspect term, 1 opinion term. */
  sort: number
  /** Units, end exclusive. */
  start: number
  end: number
  probability: number
}

/** exp of the move weights, an array a sort. */
export const expMoves = (moves: Float32Array): Float64Array[] =>
  Array.from({ length: SORTS }, (_, sort) =>
    Float64Array.from(moves.subarray(sort * MOVES, (sort + 1) * MOVES), Math.exp),
  )

// Places of the moves within a span in the list of moves.
const BEGIN_MIDDLE = 3
const BEGIN_END = 4
const MIDDLE_MIDDLE = 5
const MIDDLE_END = 6

/**
 * The spans of both sorts whose probability is at least `least`, from the scores of n units in the lattice: the probability that the chain
 * begins at `start`, stays inside and ends before `end`.
 */
export function candidates(
  lattice: Lattice,
  n: number,
  moves: Float64Array[],
  least: number,
  longest: number,
): Candidate[] {
  const { alpha, beta, emit, scale } = lattice
  const found: Candidate[] = []
  for (let sort = 0; sort < SORTS; sort++) {
    const move = moves[sort]!
    forwardBackward(lattice, n, sort, move)
    for (let start = 0; start < n; start++) {
      const at = start * TAGS
      const lone = alpha[at + tag.single]! * beta[at + tag.single]!
      if (lone >= least) found.push({ sort, start, end: start + 1, probability: lone })
      let inside = alpha[at + tag.begin]!
      let mass = inside * beta[at + tag.begin]!
      const last = Math.min(n, start + longest)
      for (let t = start + 1; t < last && mass >= least; t++) {
        const to = t * TAGS
        const share = inside / scale[t]!
        const first = t === start + 1
        const ended = share * move[first ? BEGIN_END : MIDDLE_END]! * emit[to + tag.end]! * beta[to + tag.end]!
        if (ended >= least) found.push({ sort, start, end: t + 1, probability: ended })
        inside = share * move[first ? BEGIN_MIDDLE : MIDDLE_MIDDLE]! * emit[to + tag.middle]!
        mass = inside * beta[to + tag.middle]!
      }
    }
  }
  return found
}
