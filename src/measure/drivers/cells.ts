import type { CaseRow } from './case-row.ts'
import type { Cluster } from './clustered.ts'
import { BETWEEN } from './fold.ts'
import { addMoments, type Moments, noCases, withoutMoments } from './strata.ts'

/** Cases added up by stratum. */
export type Cells = Map<string, Moments>

const categoryOf = (key: string) => key.slice(0, key.indexOf(BETWEEN))
export const nameOf = (key: string) => key.split(BETWEEN, 2)[1]!

/** Where a case is looked at: in all categories together, and in its own. */
export const placesOf = ({ category }: CaseRow): string[] => (category === '' ? [''] : ['', category])

export function addTo(cells: Cells, key: string, { n, sum, squares }: Moments) {
  const known = cells.get(key)
  if (known) {
    known.n += n
    known.sum += sum
    known.squares += squares
  } else cells.set(key, { n, sum, squares })
}

/** Cases without some of them; none where the rest cannot be (a mention whose voice is not among the rated ones). */
export function remaining(all: Moments = noCases, some: Moments = noCases): Moments {
  return all.n > some.n ? withoutMoments(all, some) : noCases
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
