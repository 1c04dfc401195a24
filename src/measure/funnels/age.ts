import type { Part } from './compare.ts'

/** Arrivals at a step by how long ago they came, youngest first: class i holds those of 2^i − 1 to 2^(i + 1) − 2 bins ago. */
export type ByAge = readonly Part[]

/** The class of an arrival so many bins ago. */
export const ageOf = (bin: number): number => Math.floor(Math.log2(bin + 1) + 1e-9)

const none: Part = { k: 0, n: 0 }

/** Parts summed. */
export const total = (parts: readonly Part[]): Part =>
  parts.reduce((all, { k, n }) => ({ k: all.k + k, n: all.n + n }), none)

/** All of several, age by age. */
export const together = (all: readonly ByAge[]): ByAge =>
  Array.from({ length: Math.max(0, ...all.map(({ length }) => length)) }, (_, age) =>
    total(all.map((one) => one[age] ?? none)),
  )

/** What is left when a part is taken away, age by age. */
export const without = (all: ByAge, part: ByAge): ByAge =>
  all.map(({ k, n }, age) => ({ k: k - (part[age]?.k ?? 0), n: n - (part[age]?.n ?? 0) }))

/** Rows of an answer as parts by age. */
export function byAge(rows: readonly { age: number; n: number; went: number }[]): ByAge {
  const oldest = Math.max(-1, ...rows.map(({ age }) => age))
  return Array.from({ length: oldest + 1 }, (_, age) =>
    total(rows.filter((row) => row.age === age).map(({ n, went }) => ({ k: went, n }))),
  )
}

/**
 * Now beside what is usual among people who have been there as long: the usual share of each age, weighted by how many of now are of that age
 * (direct standardisation). Where a sale has just begun most have had no time to go on yet; held against an hour of people who came evenly
 * they would seem lost. The usual side's `n` is its effective size, (Σ w)² ÷ Σ w² (Kish 1965): a few usual arrivals that stand for many of now
 * make it small. Who is of an age at which nobody usually came is left out. With nobody there now, all that is usual.
 */
export function atSameAge(now: ByAge, usual: ByAge): { now: Part; usual: Part } {
  const ages = now.map((here, age) => ({ here, there: usual[age] ?? none })).filter(({ there }) => there.n > 0)
  const here = total(ages.map((one) => one.here))
  if (here.n === 0) return { now: here, usual: total(usual) }
  const squares = ages.reduce((sum, one) => sum + one.here.n ** 2 / one.there.n, 0)
  const share = ages.reduce((sum, one) => sum + (one.here.n / here.n) * (one.there.k / one.there.n), 0)
  const n = here.n ** 2 / squares
  return { now: here, usual: { k: n * share, n } }
}
