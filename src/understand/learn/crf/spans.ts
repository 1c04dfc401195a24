import { type Chain, part } from './chain.ts'
import { emissions, forwardBackward, type Crf, type Lattice } from './fit.ts'

/** A stretch of units that may be a span, with its probability under the chain. */
export interface Candidate {
  /** 0 aspect term, 1 opinion term. */
  sort: number
  /** Units, end exclusive. */
  start: number
  end: number
  probability: number
}

/** The outputs of a trained chain for a text's units, to `lattice.outputs`. */
export function read(crf: Crf, features: Uint32Array, from: number, n: number, width: number, lattice: Lattice): void {
  emissions(crf.weights, crf.chain.outputs, crf.chain.outputs, features, from, n, width, lattice.outputs)
  for (let m = 0; m < crf.moves.length; m++) lattice.moves[m] = Math.exp(crf.moves[m]!)
}

/**
 * The spans of both sorts whose probability is at least `least`: P(begin at start, middle …, end at end), summed over the other
 * sort's tags. `lattice` holds what {@link forwardBackward} left.
 */
export function candidates(chain: Chain, lattice: Lattice, n: number, least: number, longest: number): Candidate[] {
  const found: Candidate[] = []
  for (let sort = 0; sort < 2; sort++) {
    const plan = planOf(chain, sort)
    for (let start = 0; start < n; start++) fromUnit(chain, plan, lattice, n, start, least, longest, sort, found)
  }
  return found
}

interface Plan {
  single: number[]
  begin: number[]
  /** Moves that stay inside a span of the sort, by whether they end it. */
  into: { m: number; from: number; to: number; ends: boolean }[]
}

const plans = new WeakMap<Chain, Plan[]>()

function planOf(chain: Chain, sort: number): Plan {
  const known = plans.get(chain)?.[sort]
  if (known !== undefined) return known
  const all = [0, 1].map((which) => {
    const parts = chain.parts[which]!
    const states = Array.from({ length: chain.states }, (_, s) => s)
    const into = Array.from(chain.moves, (to, m) => ({ m, from: chain.moveFrom[m]!, to, ends: parts[to] === part.end }))
    return {
      single: states.filter((s) => parts[s] === part.single),
      begin: states.filter((s) => parts[s] === part.begin),
      into: into.filter(({ from, to }) => {
        const inside = parts[from] === part.begin || parts[from] === part.middle
        return inside && (parts[to] === part.middle || parts[to] === part.end)
      }),
    }
  })
  plans.set(chain, all)
  return all[sort]!
}

let here = new Float64Array(32)
let next = new Float64Array(32)

function fromUnit(
  chain: Chain,
  plan: Plan,
  lattice: Lattice,
  n: number,
  start: number,
  least: number,
  longest: number,
  sort: number,
  found: Candidate[],
): void {
  const { alpha, beta, emit, scale, moves } = lattice
  const S = chain.states
  let lone = 0
  for (const s of plan.single) lone += alpha[start * S + s]! * beta[start * S + s]!
  if (lone >= least) found.push({ sort, start, end: start + 1, probability: lone })
  let mass = 0
  here.fill(0)
  for (const s of plan.begin) {
    here[s] = alpha[start * S + s]!
    mass += here[s]! * beta[start * S + s]!
  }
  for (let t = start + 1; t < n && mass >= least && t - start < longest; t++) {
    next.fill(0)
    let ended = 0
    mass = 0
    const share = 1 / scale[t]!
    for (const { m, from, to, ends } of plan.into) {
      const value = here[from]! * moves[m]! * emit[t * S + to]! * share
      if (ends) ended += value * beta[t * S + to]!
      else {
        next[to]! += value
        mass += value * beta[t * S + to]!
      }
    }
    if (ended >= least) found.push({ sort, start, end: t + 1, probability: ended })
    const kept = here
    here = next
    next = kept
  }
}

export { forwardBackward }
