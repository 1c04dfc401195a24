import { type RolledRow, SINCE } from '../rollups/read.ts'

/** So many of so many, in the period and in the one before it. */
export interface Counted {
  now: Part
  before: Part
}

export interface Part {
  hits: number
  n: number
}

export const none: Part = { hits: 0, n: 0 }

/** The rows of a question over two periods (`since`), by item. */
export function periodsOf(rows: readonly RolledRow[]): ReadonlyMap<string, { now?: RolledRow; before?: RolledRow }> {
  const byItem = new Map<string, { now?: RolledRow; before?: RolledRow }>()
  for (const row of rows) {
    const both = byItem.get(row.item) ?? {}
    both[row.day === SINCE ? 'now' : 'before'] = row
    byItem.set(row.item, both)
  }
  return byItem
}
