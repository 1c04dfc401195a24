import type { Report, ReportAspect, ReportCategory } from './shape.ts'

/** A category with this many drivers has said enough. */
const ENOUGH = 3
const SHOWN = 8

/** Where few or no comparisons were certain: what else customers complain of, by how many do. */
export function otherComplaints({ drivers, aspects }: ReportCategory): ReportAspect[] {
  if (drivers.length >= ENOUGH) return []
  const said = new Set(drivers.map((driver) => driver.aspect))
  return aspects.filter((one) => one.negative > 0 && !said.has(one.aspect)).slice(0, SHOWN - drivers.length)
}

/** What to print of the categories: those with findings first, then those of which only complaints are known; the rest by name alone. */
export function sortCategories({ categories }: Report): { told: ReportCategory[]; silent: ReportCategory[] } {
  const found = categories.filter((one) => one.drivers.length > 0)
  const rest = categories.filter((one) => one.drivers.length === 0)
  const told = rest.filter((one) => otherComplaints(one).length > 0)
  return { told: [...found, ...told], silent: rest.filter((one) => !told.includes(one)) }
}
