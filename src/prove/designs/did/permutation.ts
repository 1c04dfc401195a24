import { contrast, type Weighed } from './contrast.ts'

const DRAWS = 1999

/**
 * How often a random choice of as many treated units would show a contrast at least as large (in units of its own error) as the real
 * one: a p that leans on no distribution, for few units. Drawn with a fixed seed, so the same table gives the same answer.
 */
export function permutationP(treated: readonly Weighed[], control: readonly Weighed[]): number | null {
  const real = contrast(treated, control)
  if (!real || real.se === 0) return null
  const units = [...treated, ...control]
  const random = seeded(units.length * 7919 + treated.length)
  let asLarge = 0
  for (let draw = 0; draw < DRAWS; draw++) {
    shuffle(units, random)
    const drawn = contrast(units.slice(0, treated.length), units.slice(treated.length))
    if (drawn && Math.abs(drawn.value) * real.se >= Math.abs(real.value) * drawn.se - 1e-12) asLarge++
  }
  return (asLarge + 1) / (DRAWS + 1)
}

function shuffle<T>(values: T[], random: () => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[values[last], values[other]] = [values[other]!, values[last]!]
  }
}

/** Numbers in [0, 1) that repeat themselves for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
