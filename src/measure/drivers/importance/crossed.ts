import { type Matrix, partialOut, zeros } from '../matrix.ts'
import type { Pattern } from '../pattern.ts'

/**
 * What a linear model needs to know of its cases: the sums of products of (1, predictors…, outcome), each with each. Sums of parts of
 * the cases add up to those of all, so a bootstrap need not see a case twice.
 */
export type Crossed = Matrix

/** The sums of products of numeric cases; the outcome is the last of each row. */
export function crossedOf(rows: readonly (readonly number[])[]): Crossed {
  const width = rows[0]!.length + 1
  const crossed = zeros(width)
  for (const row of rows) {
    const full = [1, ...row]
    for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) crossed[i]![j]! += full[i]! * full[j]!
  }
  return crossed
}

/** The same of patterns over `size` indicators, one for each group; groups are numbered from nought. */
export function crossedByGroup(patterns: readonly Pattern[], size: number): Crossed[] {
  const groups: Crossed[] = []
  for (const { on, n, sum, squares, group } of patterns) {
    while (groups.length <= group) groups.push(zeros(size + 2))
    const into = groups[group]!
    const full = [0, ...on.map((place) => place + 1)]
    for (const i of full) {
      const row = into[i]!
      for (const j of full) row[j] = row[j]! + n
      row[size + 1] = row[size + 1]! + sum
      into[size + 1]![i] = into[size + 1]![i]! + sum
    }
    into[size + 1]![size + 1] = into[size + 1]![size + 1]! + squares
  }
  return groups
}

/** Adds groups up, each as many times as `times` says; all of them once where it says nothing. */
export function addCrossed(groups: readonly Crossed[], times?: readonly number[]): Crossed {
  const total = zeros(groups[0]!.length)
  groups.forEach((group, place) => {
    const weight = times ? times[place]! : 1
    if (weight === 0) return
    for (let i = 0; i < total.length; i++) {
      const [into, from] = [total[i]!, group[i]!]
      for (let j = 0; j < total.length; j++) into[j] = into[j]! + weight * from[j]!
    }
  })
  return total
}

/** The covariance matrix (divisor n) of predictors and outcome, the outcome last. */
export function covariance(crossed: Crossed): Matrix {
  const n = crossed[0]![0]!
  const mean = crossed[0]!.slice(1).map((sum) => sum / n)
  return crossed.slice(1).map((row, i) => row.slice(1).map((sum, j) => sum / n - mean[i]! * mean[j]!))
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
  const a = covariances.map((row) => [...row])
  const places = covariances.map((_, place) => place)
  for (let pivot = 0; pivot < confounders; pivot++)
    partialOut(a, pivot, places.slice(pivot + 1), covariances[pivot]![pivot]!)
  const total = covariances[last]![last]!
  return {
    left: a.slice(confounders).map((row) => row.slice(confounders)),
    variances: covariances.slice(confounders, last).map((row, place) => row[confounders + place]!),
    total,
    explained: total > 0 ? 1 - a[last]![last]! / total : 0,
  }
}
