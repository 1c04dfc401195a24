import type { CaseRow } from './cases.ts'
import type { Cluster } from './clustered.ts'
import { addMoments, type Moments, noCases } from './strata.ts'

/** Cases added up by stratum. */
export type Cells = Map<string, Moments>

/** No name holds this sign, so names can stand around it. */
const BETWEEN = '\u0000'
export const stratumKey = ({ category, stratum, part, currency }: CaseRow) =>
  category + BETWEEN + stratum + BETWEEN + part + BETWEEN + currency

export const categoryOf = (key: string) => key.slice(0, key.indexOf(BETWEEN))
export const nameOf = (key: string) => key.split(BETWEEN, 2)[1]!

export function addTo(cells: Cells, key: string, moments: Moments) {
  cells.set(key, addMoments(cells.get(key) ?? noCases, moments))
}

export const total = (cells: Cells): Moments => [...cells.values()].reduce(addMoments, noCases)

/** The same cases by product instead, category by category: both halves of the period of a product are one cluster. */
export function clustersOf(exposed: Cells, control: Cells): Cluster[][] {
  const categories = new Map<string, Map<string, Cluster>>()
  for (const [side, cells] of Object.entries({ exposed, control }) as [keyof Cluster, Cells][]) {
    for (const [key, moments] of cells) {
      const [category, product] = [categoryOf(key), nameOf(key)]
      const products = categories.get(category) ?? new Map<string, Cluster>()
      categories.set(category, products)
      const cluster = products.get(product) ?? { exposed: noCases, control: noCases }
      products.set(product, { ...cluster, [side]: addMoments(cluster[side], moments) })
    }
  }
  return [...categories.values()].map((products) => [...products.values()])
}
