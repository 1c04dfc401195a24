import { eigen } from '../matrix.ts'
import type { Adjusted } from './crossed.ts'

/** Directions of the predictors with less than this share of the largest one's spread say nothing of their own. */
const FLAT = 1e-9

/**
 * Johnson's relative weights (2000): the predictors are replaced by the closest uncorrelated ones, whose squared coefficients are
 * handed back by the squared loadings. They add up to the R² that the predictors add to the confounders, and need one eigenvalue
 * problem whatever the number of predictors. Where predictors are copies of one another, the flat directions are passed over.
 */
export function johnson({ left, variances, total }: Adjusted): number[] {
  const size = variances.length
  if (size === 0 || !(total > 0)) return new Array<number>(size).fill(0)
  const spread = variances.map((variance, j) => (left[j]![j]! > FLAT * variance ? Math.sqrt(left[j]![j]!) : Infinity))
  const correlations = spread.map((one, i) => spread.map((other, j) => (i === j ? 1 : left[i]![j]! / (one * other))))
  const outcome = spread.map((one, j) => left[j]![size]! / (one * Math.sqrt(total)))
  const { values, vectors } = eigen(correlations)
  const least = FLAT * Math.max(...values)
  const roots = values.map((value) => (value > least ? Math.sqrt(value) : 0))
  // Coefficients of the outcome on the uncorrelated predictors: Λ⁻¹ r, with Λ = V·√D·Vᵀ.
  const turned = roots.map((root, k) =>
    root === 0 ? 0 : vectors.reduce((sum, row, j) => sum + row[k]! * outcome[j]!, 0) / root,
  )
  const coefficients = vectors.map((row) => row.reduce((sum, value, k) => sum + value * turned[k]!, 0))
  return vectors.map((row) =>
    vectors.reduce((sum, other, k) => {
      const loading = row.reduce((all, value, m) => all + value * roots[m]! * other[m]!, 0)
      return sum + loading ** 2 * coefficients[k]! ** 2
    }, 0),
  )
}
