import type { CaseRow } from './cases.ts'
import { addTo, type Cells, clustersOf, nameOf, stratumKey, total } from './cells.ts'
import type { Outcome } from './outcomes.ts'
import type { ProductFacts } from './products.ts'
import type { Tabled } from './table.ts'

/** A value that so many products or fewer share is no group. */
const MOST_VALUES = 12

/**
 * What is the same in all orders of a product: its merchant, and the values of its attributes. No product has both sides, so products
 * with it stand beside the other products of the category. `rows` are those made comparable by product.
 */
export function tabulateProducts(
  rows: readonly CaseRow[],
  products: ReadonlyMap<string, ProductFacts>,
  outcome: Outcome,
): Tabled[] {
  if (products.size === 0) return []
  const categories = new Map<string, Cells>()
  for (const row of rows) {
    if (!products.has(row.stratum)) continue
    const cells = categories.get(row.category) ?? new Map()
    categories.set(row.category, cells)
    addTo(cells, stratumKey(row), outcome.moments(row))
  }
  return [...categories].flatMap(([category, cells]) => tabulateCategory(category, cells, products, outcome))
}

function tabulateCategory(
  category: string,
  cells: Cells,
  products: ReadonlyMap<string, ProductFacts>,
  outcome: Outcome,
): Tabled[] {
  const factsOf = (key: string) => factorsOf(products.get(nameOf(key))!)
  const known = [...cells].map(([key, moments]) => ({ key, moments, facts: factsOf(key) }))
  const values = new Map<string, Set<string>>()
  for (const { facts } of known)
    for (const [name, value] of facts) values.set(name, (values.get(name) ?? new Set()).add(value))
  const grouped = new Set<string>()
  return [...values]
    .filter(([, { size }]) => size >= 2 && size <= MOST_VALUES)
    .filter(([name, all]) => {
      // A brand that one shop alone sells is that shop: said once.
      const groups = [...all].map((value) =>
        known.flatMap(({ key, facts }) => (facts.get(name) === value ? [key] : [])).join(),
      )
      const signature = groups.sort().join(';')
      return !grouped.has(signature) && grouped.add(signature)
    })
    .flatMap(([name, all]) =>
      [...all].map((value) => {
        const having = known.filter(({ facts }) => facts.has(name))
        const side = (has: boolean): Cells =>
          new Map(
            having.filter(({ facts }) => (facts.get(name) === value) === has).map(({ key, moments }) => [key, moments]),
          )
        const [exposed, control] = [side(true), side(false)]
        const isMerchant = name === 'merchant'
        return {
          candidate: {
            outcome: outcome.id,
            category,
            factor: isMerchant ? 'merchant' : 'attribute',
            aspect: '',
            scene: '',
            value: isMerchant ? value : `${name}=${value}`,
          },
          strata: [],
          all: { exposed: total(exposed), control: total(control) },
          outside: [],
          money: new Map(),
          clusters: clustersOf(exposed, control),
        }
      }),
    )
}

function factorsOf({ merchantId, attributes }: ProductFacts): Map<string, string> {
  const facts = new Map<string, string>()
  if (merchantId !== '') facts.set('merchant', merchantId)
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== '' && name !== 'merchant') facts.set(name, String(value))
  return facts
}
