import type { Contrast } from './contrast.ts'
import { around } from './contrast.ts'

/** The four cells of a difference in differences, raw values each. */
export interface FourCells {
  treatedBefore: readonly number[]
  treatedAfter: readonly number[]
  controlBefore: readonly number[]
  controlAfter: readonly number[]
}

/** (treated after − before) − (control after − before), of the cells' means. Null where a cell is empty. */
export function didMeans(cells: FourCells): number | null {
  const means = [cells.treatedAfter, cells.treatedBefore, cells.controlAfter, cells.controlBefore].map(mean)
  if (means.some((value) => value === null)) return null
  const [treatedAfter, treatedBefore, controlAfter, controlBefore] = means as [number, number, number, number]
  return treatedAfter - treatedBefore - (controlAfter - controlBefore)
}

/**
 * The classical regression of each unit's change on being treated: the difference of mean changes, with one variance for both arms
 * (ordinary least squares, n − 2 degrees of freedom). Published tables use it; `contrast` is the robust one that verdicts use.
 */
export function didRegression(units: readonly { treated: boolean; change: number }[]): Contrast | null {
  const treated = units.filter((unit) => unit.treated).map((unit) => unit.change)
  const control = units.filter((unit) => !unit.treated).map((unit) => unit.change)
  const df = units.length - 2
  if (treated.length === 0 || control.length === 0 || df < 1) return null
  const variance = (squaredSpread(treated) + squaredSpread(control)) / df
  return around(mean(treated)! - mean(control)!, Math.sqrt(variance * (1 / treated.length + 1 / control.length)), df)
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

function squaredSpread(values: readonly number[]): number {
  const centre = mean(values)!
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
}
