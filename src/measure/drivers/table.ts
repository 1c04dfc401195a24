import type { Candidate } from './candidate.ts'
import type { CaseRow } from './cases.ts'
import { addTo, type Cells, clustersOf, nameOf, stratumKey, total } from './cells.ts'
import type { Cluster } from './clustered.ts'
import { type Operation, operations } from './operations.ts'
import type { Outcome } from './outcomes.ts'
import type { ProductFacts } from './products.ts'
import { type Moments, noCases, type Stratum, withoutMoments } from './strata.ts'
import { tabulateProducts } from './table-products.ts'
import { tabulateTraits } from './table-traits.ts'
import type { Fifths } from './trend.ts'

/** What the questions of `cases.ts` answered, for one way of making cases comparable. */
export interface CaseTables {
  exposedVoices: readonly CaseRow[]
  ratedVoices: readonly CaseRow[]
  ratedOrders: readonly CaseRow[]
  exposedOrders: readonly CaseRow[]
  closedOrders: readonly CaseRow[]
  ratedTraits: readonly CaseRow[]
  closedTraits: readonly CaseRow[]
}

export const noTables: CaseTables = {
  exposedVoices: [],
  ratedVoices: [],
  ratedOrders: [],
  exposedOrders: [],
  closedOrders: [],
  ratedTraits: [],
  closedTraits: [],
}

/** A stratum that still knows its name, such as a product's id or a week's Monday. */
export interface NamedStratum extends Stratum {
  name: string
}

/** A candidate with its cases, stratum by stratum. */
export interface Tabled {
  candidate: Candidate
  strata: NamedStratum[]
  /** All cases with the factor and all of the category without it, comparable or not: the levels that people read. */
  all: Stratum
  /** For an aspect in a scene: the same aspect outside the scene, against the same controls. */
  outside: Stratum[]
  /** Exposed order lines and their refunds by currency. */
  money: ReadonlyMap<string, Money>
  /** Where the factor is (nearly) the same in all orders of a product: products beside one another, category by category. */
  clusters?: readonly (readonly Cluster[])[]
  /** Of a number: its fifths, stratum by stratum. */
  fifths?: readonly Fifths[]
}

export interface Money {
  n: number
  refund: number
  refunded: number
}

export type Parts = readonly [0, 1] | readonly [2, 3]
export const current: Parts = [2, 3]
export const previous: Parts = [0, 1]

/** Every candidate for an outcome in one of the two periods. */
export function tabulate(
  tables: CaseTables,
  outcome: Outcome,
  parts: Parts,
  products: ReadonlyMap<string, ProductFacts> = new Map(),
): Tabled[] {
  const mine = (row: CaseRow) =>
    (parts as readonly number[]).includes(row.part) && (outcome.cases === 'orders' || row.metric === outcome.cases)
  const [exposed, all, facts] =
    outcome.cases === 'orders'
      ? [tables.exposedOrders, tables.closedOrders, tables.closedOrders]
      : [tables.exposedVoices, tables.ratedVoices, tables.ratedOrders]
  const before = (factor: string) => !outcome.after?.includes(factor)
  const mineOf = facts.filter(mine)
  const traits = outcome.cases === 'orders' ? tables.closedTraits : tables.ratedTraits
  return [
    ...(before('aspect') ? tabulateAspects(exposed.filter(mine), all.filter(mine), outcome) : []),
    ...operations.filter(({ id }) => before(id)).flatMap((operation) => tabulateOperation(mineOf, operation, outcome)),
    ...tabulateTraits(
      traits.filter((row) => mine(row) && before(row.trait!)),
      outcome,
    ),
    ...tabulateProducts(outcome.cases === 'orders' ? mineOf : all.filter(mine), products, outcome),
  ]
}

function tabulateAspects(exposed: readonly CaseRow[], all: readonly CaseRow[], outcome: Outcome): Tabled[] {
  const everyone: Cells = new Map()
  const categories: Cells = new Map()
  for (const row of all) {
    addTo(everyone, stratumKey(row), outcome.moments(row))
    addTo(categories, row.category, outcome.moments(row))
  }
  const found = new Map<string, { row: CaseRow; cells: Cells; money: Map<string, Money> }>()
  for (const row of exposed) {
    const key = JSON.stringify([row.category, row.aspect, row.scene])
    const entry = found.get(key) ?? { row, cells: new Map(), money: new Map() }
    found.set(key, entry)
    addTo(entry.cells, stratumKey(row), outcome.moments(row))
    if (outcome.cases === 'orders') addMoney(entry.money, row)
  }
  return [...found.values()].map(({ row, cells, money }) => {
    const aspect = found.get(JSON.stringify([row.category, row.aspect, '']))!.cells
    // Whoever complains of the aspect in another scene is no control of the scene either.
    const control = (key: string) => remaining(everyone.get(key), aspect.get(key))
    const outside =
      row.scene === ''
        ? []
        : [...aspect].map(([key, said]) => ({ exposed: remaining(said, cells.get(key)), control: control(key) }))
    return {
      candidate: {
        outcome: outcome.id,
        category: row.category,
        factor: 'aspect',
        aspect: row.aspect,
        scene: row.scene,
      },
      strata: [...cells].map(([key, said]) => ({ name: nameOf(key), exposed: said, control: control(key) })),
      all: { exposed: total(cells), control: remaining(categories.get(row.category), total(aspect)) },
      outside,
      money,
    }
  })
}

/** Cases without some of them; none where the rest cannot be (a mention whose voice is not among the rated ones). */
function remaining(all: Moments | undefined, some: Moments = noCases): Moments {
  return all && all.n > some.n ? withoutMoments(all, some) : noCases
}

function addMoney(money: Map<string, Money>, { currency, n, refund, refunded }: CaseRow) {
  const known = money.get(currency) ?? { n: 0, refund: 0, refunded: 0 }
  money.set(currency, { n: known.n + n, refund: known.refund + refund, refunded: known.refunded + refunded })
}

/** A fact of the operation, in all categories together and in each. */
function tabulateOperation(rows: readonly CaseRow[], { id }: Operation, outcome: Outcome): Tabled[] {
  const tabled = new Map<string, { exposed: Cells; control: Cells; money: Map<string, Money> }>()
  for (const row of rows) {
    const state = row[id]
    if (!state) continue
    for (const category of new Set(['', row.category])) {
      const entry = tabled.get(category) ?? { exposed: new Map(), control: new Map(), money: new Map() }
      tabled.set(category, entry)
      addTo(state === 2 ? entry.exposed : entry.control, stratumKey(row), outcome.moments(row))
      if (state === 2 && outcome.cases === 'orders') addMoney(entry.money, row)
    }
  }
  return [...tabled].map(([category, { exposed, control, money }]) => ({
    candidate: { outcome: outcome.id, category, factor: id, aspect: '', scene: '' },
    strata: [...exposed].map(([key, cases]) => ({
      name: nameOf(key),
      exposed: cases,
      control: control.get(key) ?? noCases,
    })),
    all: { exposed: total(exposed), control: total(control) },
    outside: [],
    money,
    clusters: clustersOf(exposed, control),
  }))
}
