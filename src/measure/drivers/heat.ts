import type { Estimate } from '../../core/estimate.ts'
import type { Candidate } from './candidate.ts'
import { AT, type CaseRow } from './case-row.ts'
import { level } from './compare.ts'
import type { Outcome } from './outcomes.ts'
import { addMoments, noCases } from './strata.ts'
import { type CaseTables, current } from './table.ts'

/** The level of an outcome by aspect and scene, for the products most hit. */
export interface Heat {
  aspects: string[]
  scenes: string[]
  products: {
    productId: string
    title: string
    n: number
    cells: { aspect: string; scene: string; estimate: Estimate }[]
  }[]
}

const MOST = { products: 8, aspects: 5, scenes: 5 }

/**
 * `tables` are those made comparable by product. Scenes are those that customers name; the candidate's own aspect and scene come first.
 * The first grid, with an empty product id, is all of them together.
 */
export function heatOf(
  tables: CaseTables,
  outcome: Outcome,
  candidate: Candidate,
  titleOf: (productId: string) => string,
): Heat {
  const all =
    outcome.cases === 'orders'
      ? tables.exposedOrders
      : tables.exposedVoices.filter((row) => row.metric === outcome.cases)
  const rows = all.filter(
    ({ part, stratum, aspect }) =>
      (current as readonly number[]).includes(part) && stratum !== '' && !aspect.startsWith(AT),
  )
  const aspects = leading(
    rows.filter((row) => row.scene === ''),
    'aspect',
    candidate.aspect,
    MOST.aspects,
  )
  const scenes = leading(
    rows.filter((row) => row.scene !== ''),
    'scene',
    candidate.scene,
    MOST.scenes,
  )
  const hit = rows.filter((row) => row.aspect === (candidate.aspect || row.aspect) && row.scene === candidate.scene)
  const products = leading(hit, 'stratum', '', MOST.products)
  return {
    aspects,
    scenes,
    products: ['', ...products].map((productId) => {
      const mine = (row: CaseRow) => productId === '' || row.stratum === productId
      return {
        productId,
        title: productId === '' ? '' : titleOf(productId),
        n: sumOf(hit.filter(mine)),
        cells: aspects.flatMap((aspect) =>
          scenes.flatMap((scene) => {
            const cases = rows.filter((row) => mine(row) && row.aspect === aspect && row.scene === scene)
            return cases.length === 0
              ? []
              : [{ aspect, scene, estimate: level(outcome, cases.map(outcome.moments).reduce(addMoments, noCases)) }]
          }),
        ),
      }
    }),
  }
}

const sumOf = (rows: readonly CaseRow[]) => rows.reduce((sum, row) => sum + row.n, 0)

/** The keys with most cases, a given one first. */
function leading(rows: readonly CaseRow[], key: 'aspect' | 'scene' | 'stratum', first: string, most: number): string[] {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(row[key], (counts.get(row[key]) ?? 0) + row.n)
  const sorted = [...counts].sort(([one, n], [other, m]) => m - n || one.localeCompare(other)).map(([name]) => name)
  return [...new Set(first === '' ? sorted : [first, ...sorted])].slice(0, most)
}
