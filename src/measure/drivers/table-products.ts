import type { CaseRow } from './case-row.ts'
import { addTo, type Cells, clustersOf, total } from './cells.ts'
import type { Outcome } from './outcomes.ts'
import type { ProductFacts } from './products.ts'
import { addMoney, type Money, type Tabled } from './tabled.ts'

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
  const categories = new Map<string, CaseRow[]>()
  for (const row of rows) {
    if (!products.has(row.stratum)) continue
    const known = categories.get(row.category)
    if (known) known.push(row)
    else categories.set(row.category, [row])
  }
  return [...categories].flatMap(([category, mine]) => tabulateCategory(category, mine, products, outcome))
}

function tabulateCategory(
  category: string,
  rows: readonly CaseRow[],
  products: ReadonlyMap<string, ProductFacts>,
  outcome: Outcome,
): Tabled[] {
  const groups = new Map<string, Map<string, CaseRow[]>>()
  for (const row of rows) {
    for (const [name, value] of factorsOf(products.get(row.stratum)!)) {
      const values = groups.get(name) ?? new Map<string, CaseRow[]>()
      groups.set(name, values)
      const having = values.get(value)
      if (having) having.push(row)
      else values.set(value, [row])
    }
  }
  const known = new Set<string>()
  return [...groups]
    .filter(([, { size }]) => size >= 2 && size <= MOST_VALUES)
    .filter(([, values]) => {
      // A brand that one shop alone sells is that shop: said once.
      const signature = [...values.values()]
        .map((having) => having.map(({ key }) => key).join())
        .sort()
        .join(';')
      return !known.has(signature) && known.add(signature)
    })
    .flatMap(([name, values]) => [...values.keys()].map((value) => tabledOf(category, outcome, name, value, values)))
}

/** The products of one value beside those of all others. */
function tabledOf(
  category: string,
  outcome: Outcome,
  name: string,
  value: string,
  values: ReadonlyMap<string, readonly CaseRow[]>,
): Tabled {
  const side = (has: boolean): Cells => {
    const cells: Cells = new Map()
    for (const [other, having] of values)
      if ((other === value) === has) for (const row of having) addTo(cells, row.key, outcome.moments(row))
    return cells
  }
  const [exposed, control] = [side(true), side(false)]
  const money = new Map<string, Money>()
  if (outcome.cases === 'orders') for (const row of values.get(value)!) addMoney(money, row)
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
    money,
    clusters: () => clustersOf(exposed, control),
  }
}

function factorsOf({ merchantId, attributes }: ProductFacts): Map<string, string> {
  const facts = new Map<string, string>()
  if (merchantId !== '') facts.set('merchant', merchantId)
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== '' && name !== 'merchant') facts.set(name, String(value))
  return facts
}
