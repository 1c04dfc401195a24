import { addDays } from '../../core/clock.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { itemsOfBoth, type RolledQuestion, type RolledRow, SINCE } from '../rollups/read.ts'
import { type Slice, withBefore } from '../slice.ts'
import { type Counted, none, type Part } from './counted.ts'
import { REFUND_WITHIN_DAYS, RESOLVED_AFTER_DAYS } from './path.ts'
import { BEFORE_MINUTES, contacted, sentBack, waited } from './served.ts'

const DAY_MS = 86_400_000
/** How long after the period a refund or another contact is still looked for. */
const LATER_DAYS = 60

export const withAfter = (slice: Slice): Slice => ({ ...withBefore(slice), to: addDays(slice.to, LATER_DAYS) })

export const askLateAnswers = (slice: Slice): RolledQuestion => itemsOfBoth(slice, waited)

/** Conversations whose first answer came later than `withinMinutes`, by touchpoint. */
export function lateAnswersAt(rows: readonly RolledRow[], withinMinutes: number): Map<string, Counted> {
  const byTouchpoint = new Map<string, Counted>()
  for (const { item, day, n } of rows) {
    const [touchpoint = '', minutes] = item.split(BEFORE_MINUTES)
    const counted = byTouchpoint.get(touchpoint) ?? { now: none, before: none }
    const period = day === SINCE ? 'now' : 'before'
    const late = Number(minutes) > withinMinutes ? n : 0
    const part = { hits: counted[period].hits + late, n: counted[period].n + n }
    byTouchpoint.set(touchpoint, { ...counted, [period]: part })
  }
  return byTouchpoint
}

/** Orders whose return was asked for long enough ago that the money should be there, and of them those that had to wait longer. */
export interface Refunds {
  paid: Counted
  late: Counted
  recorded: boolean
}

/** By the day on which the return was first asked for; those with their money count up, those who waited too long down. */
export function askRefunds(slice: Slice, { asOf }: Asking): RolledQuestion {
  const patience = REFUND_WITHIN_DAYS * DAY_MS
  return {
    slice: withAfter(slice),
    rolling: sentBack,
    fold: (days) => sql`
      SELECT '' AS a_key, '' AS an_item, if(asked_day >= ${slice.from}, ${SINCE}, '') AS a_day, toInt64(count()) AS counted,
        toInt64(countIf(paid_at > 0)) AS up, toInt64(countIf(paid_at = 0 OR paid_at > asked_at + ${patience})) AS down
      FROM (
        SELECT an_item, minIf(a_day, up > 0) AS asked_day, minIf(up, up > 0) AS asked_at, minIf(down, down > 0) AS paid_at
        FROM (${days}) GROUP BY an_item
      )
      WHERE asked_at > 0 AND asked_at <= ${asOf - patience} AND asked_day <= ${slice.to} GROUP BY a_day`,
  }
}

export function refundsOf(rows: readonly RolledRow[]): Refunds {
  const counted = (hits: 'plus' | 'minus') => periods(rows, hits)
  return { paid: counted('plus'), late: counted('minus'), recorded: rows.some(({ plus }) => plus > 0) }
}

/**
 * Orders with a contact of after-sale support in the period, and of them those with no other contact within RESOLVED_AFTER_DAYS of the
 * first: what one contact settled (up). Those of the last days can still come again and are left out.
 */
export function askResolved(slice: Slice, { asOf }: Asking): RolledQuestion {
  const wait = RESOLVED_AFTER_DAYS * DAY_MS
  return {
    slice: withAfter(slice),
    rolling: contacted,
    fold: (days) => sql`
      SELECT '' AS a_key, '' AS an_item, if(first_day >= ${slice.from}, ${SINCE}, '') AS a_day, toInt64(count()) AS counted,
        toInt64(countIf(second = 0 OR second > first + ${wait})) AS up, toInt64(0) AS down
      FROM (
        SELECT first_day, arrayElement(times, 1) AS first, arrayElement(times, 2) AS second
        FROM (
          SELECT an_item, minIf(a_day, up > 0) AS first_day,
            arraySort(arrayConcat(groupArrayIf(up, up > 0), groupArrayIf(down, down > 0))) AS times
          FROM (${days}) GROUP BY an_item
        )
      )
      WHERE first > 0 AND first_day <= ${slice.to} AND first <= ${asOf - wait} GROUP BY a_day`,
  }
}

export const resolvedOf = (rows: readonly RolledRow[]): Counted => periods(rows, 'plus')

function periods(rows: readonly RolledRow[], hits: 'plus' | 'minus'): Counted {
  const part = (period: string): Part => {
    const row = rows.find(({ day }) => day === period)
    return row ? { hits: row[hits], n: row.n } : none
  }
  return { now: part(SINCE), before: part('') }
}
