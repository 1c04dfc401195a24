/**
 * Tag sets of the chain. Spans of two sorts are tagged at once: sort 0 (aspect terms) and sort 1 (opinion terms). Each sort
 * has the parts begin, middle, end and single; a state is a part of sort 0 and a part of sort 1.
 */
export const part = { none: 0, begin: 1, middle: 2, end: 3, single: 4 } as const

export interface Chain {
  states: number
  /** The parts of each state, by sort. */
  parts: [Uint8Array, Uint8Array]
  /** Emission outputs: 0 is "neither", 1–4 the parts of sort 0, 5–8 those of sort 1. A state has one or two. */
  outputs: number
  first: Uint8Array
  /** 255 where the state has one output only. */
  second: Uint8Array
  /** Allowed moves, by where they come from: moves[fromStarts[s]] … are the states that may follow s. */
  moves: Uint8Array
  moveFrom: Uint8Array
  mayStart: Uint8Array
  mayEnd: Uint8Array
}

const follows = (from: number, to: number): boolean =>
  from === part.begin || from === part.middle
    ? to === part.middle || to === part.end
    : to === part.none || to === part.begin || to === part.single

const opens = (at: number): boolean => at === part.none || at === part.begin || at === part.single
const closes = (at: number): boolean => at === part.none || at === part.end || at === part.single

/** The chain for spans that never overlap (9 states), or whose aspect and opinion terms may (25 states). */
export function chainOf(overlapping: boolean): Chain {
  const pairs: [number, number][] = []
  for (let a = 0; a < 5; a++) for (let o = 0; o < 5; o++) if (overlapping || a === 0 || o === 0) pairs.push([a, o])
  const from: number[] = []
  const to: number[] = []
  pairs.forEach(([a, o], i) => {
    pairs.forEach(([b, p], j) => {
      if (follows(a, b) && follows(o, p)) {
        from.push(i)
        to.push(j)
      }
    })
  })
  return {
    states: pairs.length,
    parts: [Uint8Array.from(pairs, ([a]) => a), Uint8Array.from(pairs, ([, o]) => o)],
    outputs: 9,
    first: Uint8Array.from(pairs, ([a, o]) => (a > 0 ? a : o > 0 ? 4 + o : 0)),
    second: Uint8Array.from(pairs, ([a, o]) => (a > 0 && o > 0 ? 4 + o : 255)),
    moves: Uint8Array.from(to),
    moveFrom: Uint8Array.from(from),
    mayStart: Uint8Array.from(pairs, ([a, o]) => (opens(a) && opens(o) ? 1 : 0)),
    mayEnd: Uint8Array.from(pairs, ([a, o]) => (closes(a) && closes(o) ? 1 : 0)),
  }
}

/** The state of a part of sort 0 and a part of sort 1; −1 where the chain has none. */
export function stateOf(chain: Chain, a: number, o: number): number {
  for (let s = 0; s < chain.states; s++) if (chain.parts[0][s] === a && chain.parts[1][s] === o) return s
  return -1
}
