import { addLower, chosenFrom, type Lower, lowerOf, type Matrix, placeOf, rowAt, takeOut, zeros } from '../matrix.ts'
import type { Pattern } from '../pattern.ts'

/**
 * What a linear model needs to know of its cases: the sums of products of (1, predictors…, outcome), each with each. Sums of parts of
 * the cases add up to those of all, so a bootstrap need not see a case twice.
 */
export interface Crossed {
  width: number
  sums: Lower
}

const nothingCrossed = (width: number): Crossed => ({ width, sums: lowerOf(width) })

/** The sums of products of numeric cases; the outcome is the last of each row. */
export function crossedOf(rows: readonly (readonly number[])[]): Crossed {
  const width = rows[0]!.length + 1
  const crossed = nothingCrossed(width)
  for (const row of rows) {
    const full = [1, ...row]
    for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) crossed.sums[rowAt(i) + j]! += full[i]! * full[j]!
  }
  return crossed
}

/** The same of patterns over `size` indicators, one for each group; groups are numbered from nought. */
export function crossedByGroup(patterns: readonly Pattern[], size: number): Crossed[] {
  const groups: Crossed[] = []
  for (const { on, n, sum, squares, group } of patterns) {
    while (groups.length <= group) groups.push(nothingCrossed(size + 2))
    const { sums } = groups[group]!
    const full = [0, ...on.map((place) => place + 1)]
    const last = rowAt(size + 1)
    for (let i = 0; i < full.length; i++) {
      for (let j = 0; j <= i; j++) sums[placeOf(full[i]!, full[j]!)]! += n
      sums[last + full[i]!]! += sum
    }
    sums[last + size + 1]! += squares
  }
  return groups
}

/** Adds groups up, each as many times as `times` says; all of them once where it says nothing. */
export function addCrossed(groups: readonly Crossed[], times?: readonly number[]): Crossed {
  const total = nothingCrossed(groups[0]!.width)
  groups.forEach((group, place) => {
    const weight = times ? times[place]! : 1
    if (weight !== 0) addLower(total.sums, group.sums, weight)
  })
  return total
}

/** The covariance matrix (divisor n) of predictors and outcome, the outcome last. */
export function covariance({ width, sums }: Crossed): Matrix {
  const n = sums[0]!
  const covariances = zeros(width - 1)
  for (let i = 1; i < width; i++) {
    const row = rowAt(i)
    for (let j = 1; j <= i; j++) {
      const value = sums[row + j]! / n - (sums[row]! / n) * (sums[rowAt(j)]! / n)
      covariances[i - 1]![j - 1] = value
      covariances[j - 1]![i - 1] = value
    }
  }
  return covariances
}

export interface Adjusted {
  /** Covariances of what is left of the other predictors and the outcome, the outcome last. */
  left: Matrix
  /** Variances of the predictors before, to tell a copy by. */
  variances: number[]
  /** The outcome's variance before: what every R² is a share of. */
  total: number
  /** The share of it that the confounders explain. */
  explained: number
}

/** Takes out of a covariance matrix what its first `confounders` explain, copies among them passed over. */
export function adjust(covariances: Matrix, confounders = 0): Adjusted {
  const last = covariances.length - 1
  const places = covariances.map((_, place) => place)
  const a = chosenFrom(covariances, places)
  const column = new Float64Array(places.length)
  for (let pivot = 0; pivot < confounders; pivot++) takeOut(a, pivot, covariances[pivot]![pivot]!, column)
  const others = places.slice(confounders)
  const left = others.map((i) => others.map((j) => a[placeOf(i, j)]!))
  const total = covariances[last]![last]!
  return {
    left,
    variances: covariances.slice(confounders, last).map((row, place) => row[confounders + place]!),
    total,
    explained: total > 0 ? 1 - left.at(-1)!.at(-1)! / total : 0,
  }
}
