import type { Outcome } from '../outcomes.ts'
import type { Pattern } from '../pattern.ts'
import { isComplaint } from '../sentences.ts'
import { type Case, stateKey } from './case.ts'
import { type Factor, holds } from './factors.ts'

/** What else may make cases differ: each of them is held constant. */
const confounderIds = ['product', 'category', 'merchant', 'week', 'price', 'tier', 'unread', 'unknown'] as const
export type Confounder = (typeof confounderIds)[number]

export interface Design {
  /** Indicators: the confounders' levels first, then the factors in their order. */
  size: number
  confounders: number
  /** Which confounders have a level at all. */
  held: Confounder[]
  /** Which indicators hold for each case, in the order of the cases. */
  on: number[][]
  patterns: Pattern[]
}

const MOST_LEVELS: Record<Confounder, number> = {
  product: 50,
  category: 15,
  merchant: 20,
  week: 30,
  price: 4,
  tier: 8,
  unread: 1,
  unknown: 4,
}
/** Levels with fewer cases are one with the commonest level, against which the others are measured. */
const FEWEST = 20

/** Turns cases into indicators, and counts those that are alike together. */
export function designOf(cases: readonly Case[], factors: readonly Factor[], outcome: Outcome): Design {
  const bands = priceBands(cases)
  const facts = factsApart(cases, factors)
  const levels = levelsOf(cases, facts, bands)
  const confounders = levels.size
  const on = cases.map((one) => [
    ...namesOf(one, facts, bands).flatMap(({ name }) => levels.get(name) ?? []),
    ...factors.flatMap((factor, place) => (holds(factor, one) ? [confounders + place] : [])),
  ])
  const held = confounderIds.filter((id) => [...levels.keys()].some((name) => name.startsWith(`${id}:`)))
  return { size: confounders + factors.length, confounders, held, on, patterns: patternsOf(cases, on, outcome) }
}

interface Level {
  of: Confounder
  name: string
}

function namesOf(one: Case, facts: readonly string[], bands: ReadonlyMap<string, readonly number[]>): Level[] {
  const level = (of: Confounder, name: string) => ({ of, name: `${of}:${name}` })
  return [
    level('product', one.product),
    level('category', one.category),
    level('merchant', one.merchant),
    level('week', one.week),
    level('tier', one.tier),
    ...(one.price === null ? [] : [level('price', String(bandOf(one.price, bands.get(one.category)!)))]),
    ...(one.read ? [] : [level('unread', '')]),
    ...facts.filter((fact) => one.states[fact] === 0).map((fact) => level('unknown', fact)),
  ]
}

/**
 * Facts of the operation of which it is held constant whether they are known at all. Not where another fact says just that: how late is
 * known of what is late alone, and of what was never delivered it is not known whether it was late. That fact is a factor itself.
 */
function factsApart(cases: readonly Case[], factors: readonly Factor[]): string[] {
  const facts = new Set(factors.flatMap(({ candidate }) => (isComplaint(candidate) ? [] : [stateKey(candidate)])))
  return [...facts].filter((fact) => {
    const sides = [true, false].map((known) => cases.filter((one) => (one.states[fact] !== 0) === known))
    const told = (other: string) =>
      sides.some((side) => side.filter((one) => one.states[other] === 2).length >= WITHIN * side.length)
    return ![...facts].some((other) => other !== fact && told(other))
  })
}

const WITHIN = 0.95

/** Fifths of the price inside each category. */
function priceBands(cases: readonly Case[]): ReadonlyMap<string, readonly number[]> {
  const prices = new Map<string, number[]>()
  for (const { category, price } of cases) {
    if (price === null) continue
    const known = prices.get(category)
    if (known) known.push(price)
    else prices.set(category, [price])
  }
  return new Map(
    [...prices].map(([category, all]) => {
      all.sort((one, other) => one - other)
      return [category, [1, 2, 3, 4].map((fifth) => all[Math.floor((fifth * all.length) / 5)]!)]
    }),
  )
}

const bandOf = (price: number, bands: readonly number[]): number => bands.filter((band) => price >= band).length

/** The places of the levels that are indicators: all but each confounder's commonest, and but the rare ones. */
function levelsOf(
  cases: readonly Case[],
  facts: readonly string[],
  bands: ReadonlyMap<string, readonly number[]>,
): Map<string, number> {
  const counts = new Map<string, Level & { n: number }>()
  for (const one of cases) {
    for (const level of namesOf(one, facts, bands)) {
      const known = counts.get(level.name)
      if (known) known.n += 1
      else counts.set(level.name, { ...level, n: 1 })
    }
  }
  const places = new Map<string, number>()
  for (const id of confounderIds) {
    const mine = [...counts.values()].filter(({ of }) => of === id).sort((one, other) => other.n - one.n)
    // Being unread or of unknown state is an indicator by itself; everybody has one of the other levels, whose commonest is the measure.
    const free = id === 'unread' || id === 'unknown' ? mine.filter(({ n }) => n < cases.length) : mine.slice(1)
    for (const { name } of free.filter(({ n }) => n >= FEWEST).slice(0, MOST_LEVELS[id])) places.set(name, places.size)
  }
  return places
}

function patternsOf(cases: readonly Case[], on: readonly (readonly number[])[], outcome: Outcome): Pattern[] {
  const patterns = new Map<string, Pattern>()
  for (const [place, { group, counts }] of cases.entries()) {
    const { n, sum, squares } = outcome.moments(counts)
    const key = `${group} ${on[place]!.join()}`
    const known = patterns.get(key)
    if (known) {
      known.n += n
      known.sum += sum
      known.squares += squares
    } else patterns.set(key, { on: on[place]!, n, sum, squares, group })
  }
  return [...patterns.values()]
}
