import type { CaseRow } from './cases.ts'
import { addTo, type Cells, nameOf, stratumKey, total } from './cells.ts'
import type { Outcome } from './outcomes.ts'
import { type Moments, noCases } from './strata.ts'
import type { Tabled } from './table.ts'

/** Cases of one trait in one category (or in all, ''), by value. */
interface TraitCells {
  trait: string
  category: string
  values: Map<string, Cells>
}

/** Every value of every trait, in all categories together and in each; of a number, its two ends. */
export function tabulateTraits(rows: readonly CaseRow[], outcome: Outcome): Tabled[] {
  const traits = new Map<string, TraitCells>()
  for (const row of rows) {
    for (const category of new Set(['', row.category])) {
      const key = JSON.stringify([row.trait, category])
      const entry = traits.get(key) ?? { trait: row.trait!, category, values: new Map() }
      traits.set(key, entry)
      const cells = entry.values.get(row.value!) ?? new Map()
      entry.values.set(row.value!, cells)
      addTo(cells, stratumKey(row), outcome.moments(row))
    }
  }
  return [...traits.values()].flatMap((one) => (isNumber(one) ? endsOf(one, outcome) : valuesOf(one, outcome)))
}

const isNumber = ({ trait }: TraitCells) => trait.startsWith('fifths:')

function valuesOf({ trait, category, values }: TraitCells, outcome: Outcome): Tabled[] {
  const [factor, key] = trait.split(/:(.*)/s) as [string, string | undefined]
  return [...values].map(([value, exposed]) =>
    tabledOf(category, outcome, factor, key ? `${key}=${value}` : value, exposed, without(values, value)),
  )
}

/** The first fifth and the last, each beside all others, with the trend over all. */
function endsOf({ trait, category, values }: TraitCells, outcome: Outcome): Tabled[] {
  const key = trait.slice('fifths:'.length)
  const order = [...values.keys()].sort((one, other) => Number(one) - Number(other))
  if (order.length < 2) return []
  const strata = new Map<string, Map<number, Moments>>()
  for (const [value, cells] of values)
    for (const [stratum, moments] of cells)
      strata.set(stratum, (strata.get(stratum) ?? new Map()).set(Number(value), moments))
  const fifths = [...strata.values()]
  const end = (which: 'low' | 'high', value: string) => ({
    ...tabledOf(category, outcome, 'fact', `${key}:${which}`, values.get(value)!, without(values, value)),
    fifths,
  })
  return [end('low', order[0]!), end('high', order.at(-1)!)]
}

function without(values: ReadonlyMap<string, Cells>, value: string): Cells {
  const rest: Cells = new Map()
  for (const [other, cells] of values)
    if (other !== value) for (const [key, moments] of cells) addTo(rest, key, moments)
  return rest
}

const tabledOf = (
  category: string,
  outcome: Outcome,
  factor: string,
  value: string,
  exposed: Cells,
  control: Cells,
): Tabled => ({
  candidate: { outcome: outcome.id, category, factor, aspect: '', scene: '', value },
  strata: [...exposed].map(([key, cases]) => ({
    name: nameOf(key),
    exposed: cases,
    control: control.get(key) ?? noCases,
  })),
  all: { exposed: total(exposed), control: total(control) },
  outside: [],
  money: new Map(),
})
