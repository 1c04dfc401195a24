import { AT, type CaseRow } from './case-row.ts'
import { addTo, type Cells, nameOf, remaining, total } from './cells.ts'
import type { Outcome } from './outcomes.ts'
import type { Stratum } from './strata.ts'
import { addMoney, type Money, type Tabled } from './tabled.ts'

/** What is complained of: an aspect, the same in a scene, or (as `@touchpoint`) anything at a touchpoint. */
interface Complaint {
  row: CaseRow
  cells: Cells
  money: Map<string, Money>
}

/**
 * Complaints beside the cases that could have complained and did not. `newcomers` are all cases of new customers: a complaint of theirs
 * stands beside new customers who did not complain of it.
 */
export function tabulateComplaints(
  exposed: readonly CaseRow[],
  all: readonly CaseRow[],
  newcomers: readonly CaseRow[],
  outcome: Outcome,
): Tabled[] {
  const everyone = cellsBy(all, outcome)
  const newOnes = cellsBy(newcomers, outcome)
  const said = complaintsIn(exposed, outcome)
  const saidByNew = complaintsIn(
    exposed.filter(({ customer, scene, aspect }) => customer === 'new' && scene === '' && !aspect.startsWith(AT)),
    outcome,
  )
  return [
    ...[...said.values()].map((one) => ofEveryone(one, said, everyone, outcome)),
    ...(newcomers.length === 0
      ? []
      : [...saidByNew].map(([key, one]) => ofNewcomers(one, said.get(key)!.cells, everyone, newOnes, outcome))),
  ]
}

/** All cases, stratum by stratum and category by category. */
interface Everyone {
  strata: Cells
  categories: Cells
}

function cellsBy(rows: readonly CaseRow[], outcome: Outcome): Everyone {
  const [strata, categories]: Cells[] = [new Map(), new Map()]
  for (const row of rows) {
    const moments = outcome.moments(row)
    addTo(strata!, row.key, moments)
    addTo(categories!, row.category, moments)
  }
  return { strata: strata!, categories: categories! }
}

const keyOf = (category: string, aspect: string, scene: string) => JSON.stringify([category, aspect, scene])

function complaintsIn(exposed: readonly CaseRow[], outcome: Outcome): Map<string, Complaint> {
  const found = new Map<string, Complaint>()
  for (const row of exposed) {
    const key = keyOf(row.category, row.aspect, row.scene)
    const entry = found.get(key) ?? { row, cells: new Map(), money: new Map() }
    found.set(key, entry)
    addTo(entry.cells, row.key, outcome.moments(row))
    if (outcome.cases === 'orders') addMoney(entry.money, row)
  }
  return found
}

function ofEveryone(
  { row, cells, money }: Complaint,
  said: ReadonlyMap<string, Complaint>,
  everyone: Everyone,
  outcome: Outcome,
): Tabled {
  const { category, aspect, scene } = row
  const whole = said.get(keyOf(category, aspect, ''))!.cells
  // Whoever complains of the aspect in another scene is no control of the scene either.
  const control = (key: string) => remaining(everyone.strata.get(key), whole.get(key))
  const touchpoint = aspect.startsWith(AT) ? { factor: 'touchpoint', aspect: '', value: aspect.slice(AT.length) } : {}
  return {
    candidate: { outcome: outcome.id, category, factor: 'aspect', aspect, scene, ...touchpoint },
    get strata() {
      return strataOf(cells, control)
    },
    all: { exposed: total(cells), control: remaining(everyone.categories.get(category), total(whole)) },
    get outside() {
      if (scene === '') return []
      return [...whole].map(([key, cases]) => ({ exposed: remaining(cases, cells.get(key)), control: control(key) }))
    },
    money,
  }
}

/** The same complaint of new customers; outside it are the customers that the shop knows. */
function ofNewcomers(
  { row, cells, money }: Complaint,
  whole: Cells,
  everyone: Everyone,
  newOnes: Everyone,
  outcome: Outcome,
): Tabled {
  const known = (key: string): Stratum => {
    const exposed = remaining(whole.get(key), cells.get(key))
    return { exposed, control: remaining(remaining(everyone.strata.get(key), newOnes.strata.get(key)), exposed) }
  }
  return {
    candidate: {
      outcome: outcome.id,
      category: row.category,
      factor: 'aspect',
      aspect: row.aspect,
      scene: '',
      value: 'new',
    },
    get strata() {
      return strataOf(cells, (key) => remaining(newOnes.strata.get(key), cells.get(key)))
    },
    all: { exposed: total(cells), control: remaining(newOnes.categories.get(row.category), total(cells)) },
    get outside() {
      return [...whole.keys()].map(known)
    },
    money,
  }
}

const strataOf = (cells: Cells, control: (key: string) => Stratum['control']) =>
  [...cells].map(([key, exposed]) => ({ name: nameOf(key), exposed, control: control(key) }))
