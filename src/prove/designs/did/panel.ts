import type { Contrast, Weighed } from './contrast.ts'
import { contrast } from './contrast.ts'

/** Cases of one product in one week: how many, and the sum of their outcome (for a share: how many had it). */
export interface WeekCounts {
  /** Counted from the change: −1 is the last week before it, 0 the first after. */
  week: number
  n: number
  sum: number
}

export interface ProductCounts {
  product: string
  weeks: readonly WeekCounts[]
}

export interface Counts {
  n: number
  sum: number
}

/** The cases of the weeks from `from` to `to`, both included. */
function countsBetween(product: ProductCounts, from: number, to: number): Counts {
  let n = 0
  let sum = 0
  for (const week of product.weeks) {
    if (week.week < from || week.week > to) continue
    n += week.n
    sum += week.sum
  }
  return { n, sum }
}

export const poolCounts = (products: readonly ProductCounts[], from: number, to: number): Counts =>
  products
    .map((product) => countsBetween(product, from, to))
    .reduce((all, one) => ({ n: all.n + one.n, sum: all.sum + one.sum }), { n: 0, sum: 0 })

export interface Spans {
  before: readonly [number, number]
  after: readonly [number, number]
}

export interface Change extends Weighed {
  product: string
  before: number
  after: number
}

/**
 * Each product's change of level, with the weight that its cases give it: 1 / (1/n before + 1/n after), the inverse of its sampling
 * variance up to a constant. Products without cases on both sides say nothing about a change and are left out.
 */
export function changesOf(products: readonly ProductCounts[], { before, after }: Spans): Change[] {
  return products.flatMap((product) => {
    const first = countsBetween(product, ...before)
    const second = countsBetween(product, ...after)
    if (first.n === 0 || second.n === 0) return []
    const [was, is] = [first.sum / first.n, second.sum / second.n]
    return [
      { product: product.product, before: was, after: is, value: is - was, weight: 1 / (1 / first.n + 1 / second.n) },
    ]
  })
}

/** Difference in differences between two spans of weeks, with inference over products. */
export const differenceInDifferences = (
  treated: readonly ProductCounts[],
  control: readonly ProductCounts[],
  spans: Spans,
): Contrast | null => contrast(changesOf(treated, spans), changesOf(control, spans))

/** How each product stands in one week against its own level before the change. */
export function deviationsIn(
  products: readonly ProductCounts[],
  week: number,
  before: readonly [number, number],
): Weighed[] {
  return products.flatMap((product) => {
    const now = countsBetween(product, week, week)
    const level = countsBetween(product, ...before)
    return now.n === 0 || level.n === 0 ? [] : [{ value: now.sum / now.n - level.sum / level.n, weight: now.n }]
  })
}

/** The slope of each product's weekly level over the weeks before the change, per week, weighted by how well its weeks fix it. */
export function slopesBefore(products: readonly ProductCounts[]): Weighed[] {
  return products.flatMap((product) => {
    const weeks = product.weeks.filter(({ week, n }) => week < 0 && n > 0)
    const n = weeks.reduce((total, week) => total + week.n, 0)
    const centre = weeks.reduce((total, { week, n }) => total + n * week, 0) / n
    const spread = weeks.reduce((total, { week, n }) => total + n * (week - centre) ** 2, 0)
    if (!(spread > 0)) return []
    return [
      { value: weeks.reduce((total, { week, sum }) => total + (week - centre) * sum, 0) / spread, weight: spread },
    ]
  })
}
