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

/** Cases of one trait in one category (or in all, ''), by value: the places of their rows. */
interface TraitPlaces {
  trait: string
  category: string
  values: Map<string, number[]>
}

/** Rows by trait, category and value, whatever the outcome. */
export interface TraitIndex {
  rows: readonly CaseRow[]
  traits: readonly TraitPlaces[]
}

/** The same with the moments of one outcome. */
interface TraitCells extends Omit<TraitPlaces, 'values'> {
  values: Map<string, Cell[]>
}

export function indexTraits(rows: readonly CaseRow[]): TraitIndex {
  const traits = new Map<string, TraitPlaces>()
  for (const [place, row] of rows.entries()) {
    for (const category of placesOf(row)) {
      const name = `${row.trait} ${category}`
      let entry = traits.get(name)
      if (!entry) {
        entry = { trait: row.trait, category, values: new Map() }
        traits.set(name, entry)
      }
      const known = entry.values.get(row.value)
      if (known) known.push(place)
      else entry.values.set(row.value, [place])
    }
  }
  return { rows, traits: [...traits.values()] }
}

/**
 * Every value of every trait that comes before the outcome and has at least so many cases, in all categories together and in each; of a
 * number, its two ends.
 */
export function tabulateTraits({ rows, traits }: TraitIndex, outcome: Outcome, least: number): Tabled[] {
  const cells = rows.map((row): Cell => ({ row, moments: outcome.moments(row) }))
  return traits
    .filter(({ trait }) => !outcome.after?.includes(trait))
    .flatMap(({ values, ...of }) => {
      const mine = {
        ...of,
        values: new Map([...values].map(([value, places]) => [value, places.map((at) => cells[at]!)])),
      }
      return (of.trait.startsWith('fifths:') ? endsOf : valuesOf)(mine, outcome, least)
    })
}

function valuesOf(cells: TraitCells, outcome: Outcome, least: number): Tabled[] {
  const [factor, key] = cells.trait.split(/:(.*)/s) as [string, string | undefined]
  const { totals, tabledOf } = besideAllOthers(cells, outcome)
  const enough = [...totals].filter(([, { n }]) => n >= least)
  return enough.map(([value]) => tabledOf(value, factor, key ? `${key}=${value}` : value))
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
  const { tabledOf } = besideAllOthers(cells, outcome, fifths)
  return [tabledOf(order[0]!, 'fact', `${key}:low`), tabledOf(order.at(-1)!, 'fact', `${key}:high`)]
}

/** One value beside all others of its trait: all cases of the trait less its own. */
function besideAllOthers({ category, values }: TraitCells, outcome: Outcome, fifths?: Tabled['fifths']) {
  const totals = new Map([...values].map(([value, cells]) => [value, totalOf(cells)]))
  const everyone = [...totals.values()].reduce(addMoments, noCases)
  let known: Cells | undefined
  const all = () => {
    known ??= cellsOf(values)
    return known
  }
  const tabledOf = (value: string, factor: string, named: string): Tabled => {
    const mine = values.get(value)!
    const exposed = totals.get(value)!
    return {
      candidate: { outcome: outcome.id, category, factor, aspect: '', scene: '', value: named },
      get strata() {
        return mine.map(({ row, moments }) => ({
          name: row.stratum,
          exposed: moments,
          control: remaining(all().get(row.key), moments),
        }))
      },
      all: { exposed, control: remaining(everyone, exposed) },
      outside: [],
      get money() {
        const money = new Map<string, Money>()
        if (outcome.cases === 'orders') for (const { row } of mine) addMoney(money, row)
        return money
      },
      ...(fifths && { fifths }),
    }
  }
  return { totals, tabledOf }
}

function cellsOf(values: TraitCells['values']): Cells {
  const all: Cells = new Map()
  for (const cells of values.values()) for (const { row, moments } of cells) addTo(all, row.key, moments)
  return all
}

function totalOf(cells: readonly Cell[]): Moments {
  const total = { ...noCases }
  for (const { moments } of cells) {
    total.n += moments.n
    total.sum += moments.sum
    total.squares += moments.squares
  }
  return total
}
