import { itemsOfBoth, type RolledQuestion, type RolledRow } from '../rollups/read.ts'
import type { Slice } from '../slice.ts'
import { type Counted, none, type Part, periodsOf } from './counted.ts'
import { clickPath } from './path.ts'
import { BOUGHT, BROWSED, TRADED, walked } from './walked.ts'

export interface Visits {
  /** Visits at each step of the click path, and of them those seen at the next step at the same time or later. */
  steps: ReadonlyMap<string, Counted>
  /** Visits whose last step on the click path was this one, without a purchase. */
  exits: ReadonlyMap<string, Counted>
  /** Of the visits of a stage, those that went on: from browse to trade, from trade to a purchase. */
  browse: Counted
  trade: Counted
  /** Visits seen at each step. */
  there: ReadonlyMap<string, { now: number; before: number }>
  /** Touchpoints at which anybody was seen; at any other nobody records who is there, which is not the same as nobody being there. */
  seen: ReadonlySet<string>
  /** Whether any purchase was recorded. */
  purchases: boolean
}

/** How visits (a session's local day, or a customer's where there is no session) go through browse and trade. */
export const askVisits = (slice: Slice): RolledQuestion => itemsOfBoth(slice, walked)

export function visitsOf(rows: readonly RolledRow[]): Visits {
  const items = periodsOf(rows)
  const counted = (item: string, hits: 'plus' | 'minus'): Counted => {
    const part = (row: RolledRow | undefined): Part => (row ? { hits: row[hits], n: row.n } : none)
    return { now: part(items.get(item)?.now), before: part(items.get(item)?.before) }
  }
  const there = clickPath.map(
    (id) =>
      [id, { now: items.get(id)?.now?.n ?? 0, before: items.get(id)?.before?.n ?? 0 }] as [
        string,
        { now: number; before: number },
      ],
  )
  return {
    steps: new Map(clickPath.slice(0, -1).map((id) => [id, counted(id, 'plus')])),
    exits: new Map(clickPath.map((id) => [id, counted(id, 'minus')])),
    browse: counted(BROWSED, 'plus'),
    trade: counted(TRADED, 'plus'),
    there: new Map(there),
    seen: new Set(there.filter(([, { now, before }]) => now + before > 0).map(([id]) => id)),
    purchases: items.has(BOUGHT),
  }
}
