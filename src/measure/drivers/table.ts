import type { Candidate } from './candidate.ts'
import { AT, type CaseRow } from './case-row.ts'
import { addTo, type Cells, clustersOf, nameOf, placesOf, total } from './cells.ts'
import { operations } from './operations.ts'
import type { Outcome } from './outcomes.ts'
import type { ProductFacts } from './products.ts'
import { noCases } from './strata.ts'
import { tabulateComplaints } from './table-complaints.ts'
import { tabulateProducts } from './table-products.ts'
import { indexTraits, tabulateTraits } from './table-traits.ts'
import { addMoney, type Money, type Tabled } from './tabled.ts'
import { traitOf } from './traits.ts'

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

export interface Wanted {
  products?: ReadonlyMap<string, ProductFacts> | undefined
  /** Values of traits with fewer cases are left out: most cities have a handful. */
  least: number
}

/** Every candidate for some outcomes in one of the two periods, outcome by outcome. */
export function tabulate(
  tables: CaseTables,
  outcomes: readonly Outcome[],
  parts: Parts,
  wanted: Wanted,
): { outcome: Outcome; tabled: Tabled }[] {
  const known = new Map<Outcome['cases'], CasesOf>()
  return outcomes.flatMap((outcome) => {
    const of = known.get(outcome.cases) ?? casesOf(tables, outcome.cases, parts)
    known.set(outcome.cases, of)
    return tabulateOne(of, outcome, wanted).map((tabled) => ({ outcome, tabled }))
  })
}

/** The rows of one kind of cases in one period, which outcomes of that kind share. */
interface CasesOf {
  all: CaseRow[]
  complaints: CaseRow[]
  newcomers: CaseRow[]
  operations: CaseRow[]
  traits: ReturnType<typeof indexTraits>
}

function casesOf(tables: CaseTables, cases: Outcome['cases'], parts: Parts): CasesOf {
  const ofOrders = cases === 'orders'
  const mine = (row: CaseRow) => (row.part === parts[0] || row.part === parts[1]) && (ofOrders || row.metric === cases)
  const rows = (ofOrders ? tables.closedTraits : tables.ratedTraits).filter(mine)
  const operated = new Set<string>(operations.map(({ id }) => id))
  const traits = rows.filter(({ trait }) => !operated.has(trait))
  return {
    all: (ofOrders ? tables.closedOrders : tables.ratedVoices).filter(mine),
    complaints: (ofOrders ? tables.exposedOrders : tables.exposedVoices).filter(mine),
    newcomers: ofOrders ? traits.filter(isNew) : [],
    operations: rows.filter(({ trait }) => operated.has(trait)),
    traits: indexTraits(traits),
  }
}

function tabulateOne(of: CasesOf, outcome: Outcome, { products = new Map(), least }: Wanted): Tabled[] {
  const before = (factor: string) => !outcome.after?.includes(factor)
  const operated = of.operations.filter(({ trait }) => before(trait))
  return [
    ...tabulateComplaints(
      before('aspect') ? of.complaints : [],
      of.all,
      before('customer') ? of.newcomers : [],
      outcome,
    ),
    ...tabulateOperations(operated, outcome),
    ...tabulateTraits(of.traits, outcome, least),
    ...tabulateProducts(of.all, products, outcome),
  ]
}

/** Only the rows that tell of some candidates: all values of their traits, all scenes of their aspects. */
export function tablesOf(tables: CaseTables, candidates: readonly Candidate[]): CaseTables {
  const aspects = new Set(
    candidates.map(({ factor, aspect, value }) => (factor === 'touchpoint' ? AT + value : aspect)),
  )
  const traits = new Set(
    candidates.flatMap((one) => traitOf(one, [])?.trait ?? (one.value === 'new' ? 'customer' : one.factor)),
  )
  const said = (rows: readonly CaseRow[]) => rows.filter(({ aspect }) => aspects.has(aspect))
  const having = (rows: readonly CaseRow[]) => rows.filter(({ trait }) => traits.has(trait))
  return {
    ...tables,
    exposedVoices: said(tables.exposedVoices),
    exposedOrders: said(tables.exposedOrders),
    ratedTraits: having(tables.ratedTraits),
    closedTraits: having(tables.closedTraits),
  }
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
