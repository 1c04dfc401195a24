import { chosenFrom, lowerOf, type Matrix, partialOut, takeOut } from '../matrix.ts'
import type { Adjusted } from './crossed.ts'

/**
 * The share of a linear model's R² that each predictor holds: what it adds to R², averaged over all orders in which predictors can be
 * taken up. This is the Shapley value of R², known as LMG (Lindeman, Merenda and Gold 1980; Grömping 2007) and as general dominance
 * (Budescu 1993). The shares add up to the R² that the predictors add to the confounders; a copy of a predictor halves its share.
 *
 * Without `orders` exact, over all 2ᵖ subsets: for up to `EXACT` predictors. Else the mean over the orders given (`drawOrders`).
 */
export function shapley(adjusted: Adjusted, orders?: readonly (readonly number[])[]): number[] {
  const size = adjusted.variances.length
  if (size === 0 || !(adjusted.total > 0)) return new Array<number>(size).fill(0)
  return orders ? sampled(adjusted, orders) : exact(adjusted)
}

/** The most predictors whose subsets are all looked at. */
export const EXACT = 15

/** R² added by every subset of the predictors; subset `s` holds predictor `j` where bit `j` of `s` is set. */
export function subsetR2({ left, variances, total }: Adjusted): Float64Array {
  const size = variances.length
  const explained = new Float64Array(2 ** size)
  const unexplained = left[size]![size]!
  const walk = (a: Matrix, place: number, subset: number): void => {
    if (place === size) {
      explained[subset] = (unexplained - a[size]![size]!) / total
      return
    }
    walk(a, place + 1, subset)
    const rest = Array.from({ length: size - place }, (_, offset) => place + 1 + offset)
    const copy = a.map((row, i) => (i >= place ? [...row] : row))
    partialOut(copy, place, rest, variances[place]!)
    walk(copy, place + 1, subset | (1 << place))
  }
  walk(left, 0, 0)
  return explained
}

function exact(adjusted: Adjusted): number[] {
  const size = adjusted.variances.length
  const r2 = subsetR2(adjusted)
  const weights = sizeWeights(size)
  const shares = new Array<number>(size).fill(0)
  for (let subset = 0; subset < r2.length; subset++) {
    const weight = weights[bits(subset)]!
    for (let j = 0; j < size; j++) {
      if ((subset & (1 << j)) === 0) shares[j] = shares[j]! + weight * (r2[subset | (1 << j)]! - r2[subset]!)
    }
  }
  return shares
}

/** |S|! (p − |S| − 1)! / p!, the weight of a subset of each size that lacks the predictor. */
export function sizeWeights(size: number): number[] {
  const weights: number[] = []
  let choose = 1
  for (let held = 0; held < size; held++) {
    weights.push(1 / (size * choose))
    choose = (choose * (size - 1 - held)) / (held + 1)
  }
  return weights
}

function bits(value: number): number {
  let count = 0
  for (let rest = value; rest !== 0; rest &= rest - 1) count++
  return count
}

/** The mean over some orders (Castro, Gómez and Tejada 2009): unbiased, and its shares still add up to R². */
function sampled({ left, variances, total }: Adjusted, orders: readonly (readonly number[])[]): number[] {
  const size = variances.length
  const shares = new Array<number>(size).fill(0)
  const column = new Float64Array(size + 1)
  const a = lowerOf(size + 1)
  for (const order of orders) {
    chosenFrom(left, [...order, size], a)
    for (const [step, predictor] of order.entries()) {
      const before = a.at(-1)!
      takeOut(a, step, variances[predictor]!, column)
      shares[predictor] = shares[predictor]! + (before - a.at(-1)!) / total / orders.length
    }
  }
  return shares
}

/** `pairs` orders of the predictors and their reverses, which steadies the mean. */
export function drawOrders(size: number, pairs: number, random: () => number): number[][] {
  return Array.from({ length: pairs }, () => {
    const order = Array.from({ length: size }, (_, place) => place)
    for (let i = size - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    return [order, [...order].reverse()]
  }).flat()
}
