import { sql } from '../../store/clickhouse/sql.ts'
import { coarse, type Rolling, rowsOf } from '../rollups/rolling.ts'

/**
 * What becomes of orders after the sale goes over many days, so that no sums of days tell it. But its events are few beside all that is
 * clicked: their orders are items, and the moments of a day stand where others have sums (0 where there was none). Whoever asks brings an
 * order's days together by a `fold`.
 */

/** What opens or is a contact; a chat is counted by its answer alone, since not every system tells of its beginning. */
export const contacts = ['chat_answered', 'ticket_opened'] as const

/** Events of orders that came to after-sale support; of orders that were sent back; and when the money of these was there first. */
export const isContactOf = sql`touchpoint = 'aftersale.service' AND order_id != ''`
export const isSentBack = sql`touchpoint IN ('aftersale.return', 'aftersale.refund') AND order_id != ''`
export const paidAt = sql`minIf(at, touchpoint = 'aftersale.refund' AND name != 'refund_failed')`

/** Orders that came to after-sale support on a day, with the moments of their first (up) and second (down) contact then. */
export const contacted: Rolling = {
  id: 'contacted',
  table: 'events',
  along: coarse,
  counted: ({ key, day }, scope) => sql`
    SELECT k, d, i, count() AS counted, minIf(moment, is_contact) AS up, arrayElement(arraySort(groupArrayIf(moment, is_contact)), 2) AS down
    FROM (
      SELECT ${key} AS k, ${day} AS d, order_id AS i, at AS moment, name IN ${contacts} AS is_contact
      FROM events WHERE ${rowsOf(scope)} AND ${isContactOf}
    )
    GROUP BY k, d, i`,
}

/** Orders of which a return was asked for (up: when first) or money went back (down: when first) on a day. */
export const sentBack: Rolling = {
  id: 'sent_back',
  table: 'events',
  along: coarse,
  counted: ({ key, day }, scope) => sql`
    SELECT ${key} AS k, ${day} AS d, order_id AS i, count() AS counted, minIf(at, touchpoint = 'aftersale.return') AS up,
      ${paidAt} AS down
    FROM events WHERE ${rowsOf(scope)} AND ${isSentBack} GROUP BY k, d, i`,
}

/** Answers of which the event says after how many minutes they came, and the minutes. */
export const isTimedAnswer = sql`name = 'chat_answered' AND visitParamHas(props, 'firstAnswerMinutes')`
export const minutesToAnswer = sql`visitParamExtractFloat(props, 'firstAnswerMinutes')`

/** Between the touchpoint and the minutes of an item of `waited`. */
export const BEFORE_MINUTES = '\n'

/** Conversations by their touchpoint and the minutes until the first answer, where the event says how many (`firstAnswerMinutes`). */
export const waited: Rolling = {
  id: 'waited',
  table: 'events',
  along: coarse,
  counted: ({ key, day }, scope) => sql`
    SELECT k, d, concat(toString(place), ${BEFORE_MINUTES}, toString(minutes)) AS i, counted, toUInt64(0) AS up, toUInt64(0) AS down
    FROM (
      SELECT ${key} AS k, ${day} AS d, touchpoint AS place, ${minutesToAnswer} AS minutes, count() AS counted
      FROM events WHERE ${rowsOf(scope)} AND ${isTimedAnswer}
      GROUP BY k, d, place, minutes
    )`,
}
