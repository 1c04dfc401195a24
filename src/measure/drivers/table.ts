import type { CaseRow } from './case-row.ts'
import { addTo, type Cells, clustersOf, nameOf, placesOf, total } from './cells.ts'
import { findOperation } from './operations.ts'
import type { Outcome } from './outcomes.ts'
import type { ProductFacts } from './products.ts'
import { noCases } from './strata.ts'
import { tabulateComplaints } from './table-complaints.ts'
import { tabulateProducts } from './table-products.ts'
import { tabulateTraits } from './table-traits.ts'
import { addMoney, type Money, type Tabled } from './tabled.ts'

/** What the questions of `cases.ts` answered, for one way of making cases comparable. */
export interface CaseTables {
  exposedVoices: readonly CaseRow[]
  ratedVoices: readonly CaseRow[]
  exposedOrders: readonly CaseRow[]
  /** All voices (order lines), and those by trait: of an order, of the operation. */
  ratedOrders: readonly CaseRow[]
  ratedTraits: readonly CaseRow[]
  closedOrders: readonly CaseRow[]
  closedTraits: readonly CaseRow[]
}

export const noTables: CaseTables = {
  exposedVoices: [],
  ratedVoices: [],
  exposedOrders: [],
  ratedOrders: [],
  ratedTraits: [],
  closedOrders: [],
  closedTraits: [],
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
  const ofOrders = outcome.cases === 'orders'
  const mine = (row: CaseRow) =>
    (parts as readonly number[]).includes(row.part) && (ofOrders || row.metric === outcome.cases)
  const before = (factor: string) => !outcome.after?.includes(factor)
  const traits = (ofOrders ? tables.closedTraits : tables.ratedTraits).filter((row) => mine(row) && before(row.trait))
  const all = (ofOrders ? tables.closedOrders : tables.ratedVoices).filter(mine)
  const exposed = before('aspect') ? (ofOrders ? tables.exposedOrders : tables.exposedVoices).filter(mine) : []
  const [operated, others] = [true, false].map((operated) =>
    traits.filter((row) => (findOperation(row.trait) !== undefined) === operated),
  ) as [CaseRow[], CaseRow[]]
  return [
    ...tabulateComplaints(exposed, all, ofOrders ? others.filter(isNew) : [], outcome),
    ...tabulateOperations(operated, outcome),
    ...tabulateTraits(others, outcome),
    ...tabulateProducts(all, products, outcome),
  ]
}

const isNew = ({ trait, value }: CaseRow) => trait === 'customer' && value === 'new'

/** Facts of the operation, in all categories together and in each. */
function tabulateOperations(rows: readonly CaseRow[], outcome: Outcome): Tabled[] {
  const tabled = new Map<string, { exposed: Cells; control: Cells; money: Map<string, Money>; of: [string, string] }>()
  for (const row of rows) {
    const moments = outcome.moments(row)
    const has = row.value === '2'
    for (const category of placesOf(row)) {
      const name = `${row.trait} ${category}`
      let entry = tabled.get(name)
      if (!entry) {
        entry = { exposed: new Map(), control: new Map(), money: new Map(), of: [row.trait, category] }
        tabled.set(name, entry)
      }
      addTo(has ? entry.exposed : entry.control, row.key, moments)
      if (has && outcome.cases === 'orders') addMoney(entry.money, row)
    }
  }
  return [...tabled.values()].map(({ exposed, control, money, of: [factor, category] }) => ({
    candidate: { outcome: outcome.id, category, factor, aspect: '', scene: '' },
    get strata() {
      return [...exposed].map(([key, cases]) => ({
        name: nameOf(key),
        exposed: cases,
        control: control.get(key) ?? noCases,
      }))
    },
    all: { exposed: total(exposed), control: total(control) },
    outside: [],
    money,
    clusters: () => clustersOf(exposed, control),
  }))
}
