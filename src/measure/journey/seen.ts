import { itemsOfBoth, type RolledQuestion, type RolledRow } from '../rollups/read.ts'
import type { Slice } from '../slice.ts'
import { periodsOf } from './counted.ts'
import type { Visits } from './visits.ts'
import { seen } from './walked.ts'

/** Events at a touchpoint in the period, and visits in it and in the one before. */
export interface Seen {
  events: number
  visitors: { now: number; before: number }
}

export const askSeen = (slice: Slice): RolledQuestion => itemsOfBoth(slice, seen)

/** Who was seen at each touchpoint. Visits on the click path, by far the most, are known already and not told apart again. */
export const seenAt = (rows: readonly RolledRow[], { there }: Pick<Visits, 'there'>): Map<string, Seen> =>
  new Map(
    [...periodsOf(rows)].map(([id, { now, before }]) => {
      const visitors = there.get(id) ?? { now: now?.plus ?? 0, before: before?.plus ?? 0 }
      return [id, { events: now?.n ?? 0, visitors }]
    }),
  )
