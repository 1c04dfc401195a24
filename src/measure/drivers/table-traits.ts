import type { CaseRow } from './case-row.ts'
import { addTo, type Cells, placesOf, remaining } from './cells.ts'
import type { Outcome } from './outcomes.ts'
import { addMoments, type Moments, noCases } from './strata.ts'
import { addMoney, type Money, type Tabled } from './tabled.ts'

/** The cases of one value in one stratum: a row is one. */
interface Cell {
  row: CaseRow
  moments: Moments
}

/** Cases of one trait in one category (or in all, ''), by value. */
interface TraitCells {
  trait: string
  category: string
  values: Map<string, Cell[]>
}

/** Every value of every trait, in all categories together and in each; of a number, its two ends. */
export function tabulateTraits(rows: readonly CaseRow[], outcome: Outcome): Tabled[] {
  const traits = new Map<string, TraitCells>()
  for (const row of rows) {
    const cell = { row, moments: outcome.moments(row) }
    for (const category of placesOf(row)) {
      const name = `${row.trait} ${category}`
      let entry = traits.get(name)
      if (!entry) {
        entry = { trait: row.trait, category, values: new Map() }
        traits.set(name, entry)
      }
      const known = entry.values.get(row.value)
      if (known) known.push(cell)
      else entry.values.set(row.value, [cell])
    }
  }
  return [...traits.values()].flatMap((one) => (one.trait.startsWith('fifths:') ? endsOf : valuesOf)(one, outcome))
}

function valuesOf(cells: TraitCells, outcome: Outcome): Tabled[] {
  const [factor, key] = cells.trait.split(/:(.*)/s) as [string, string | undefined]
  const tabledOf = besideAllOthers(cells, outcome)
  return [...cells.values.keys()].map((value) => tabledOf(value, factor, key ? `${key}=${value}` : value))
}

/** The first fifth and the last, each beside all others, with the trend over all. */
function endsOf(cells: TraitCells, outcome: Outcome): Tabled[] {
  const key = cells.trait.slice('fifths:'.length)
  const order = [...cells.values.keys()].sort((one, other) => Number(one) - Number(other))
  if (order.length < 2) return []
  const strata = new Map<string, Map<number, Moments>>()
  for (const [value, fifth] of cells.values)
    for (const { row, moments } of fifth)
      strata.set(row.key, (strata.get(row.key) ?? new Map()).set(Number(value), moments))
  const fifths = [...strata.values()]
  const tabledOf = besideAllOthers(cells, outcome, fifths)
  return [tabledOf(order[0]!, 'fact', `${key}:low`), tabledOf(order.at(-1)!, 'fact', `${key}:high`)]
}

/** One value beside all others of its trait: all cases of the trait less its own. */
function besideAllOthers({ category, values }: TraitCells, outcome: Outcome, fifths?: Tabled['fifths']) {
  const all: Cells = new Map()
  for (const cells of values.values()) for (const { row, moments } of cells) addTo(all, row.key, moments)
  const everyone = [...all.values()].reduce(addMoments, noCases)
  return (value: string, factor: string, named: string): Tabled => {
    const mine = values.get(value)!
    const exposed = mine.reduce((sum, { moments }) => addMoments(sum, moments), noCases)
    const money = new Map<string, Money>()
    if (outcome.cases === 'orders') for (const { row } of mine) addMoney(money, row)
    return {
      candidate: { outcome: outcome.id, category, factor, aspect: '', scene: '', value: named },
      get strata() {
        return mine.map(({ row, moments }) => ({
          name: row.stratum,
          exposed: moments,
          control: remaining(all.get(row.key), moments),
        }))
      },
      all: { exposed, control: remaining(everyone, exposed) },
      outside: [],
      money,
      ...(fifths && { fifths }),
    }
  }
}
