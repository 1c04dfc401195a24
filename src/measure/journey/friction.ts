import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, type Sql, sql } from '../../store/clickhouse/sql.ts'
import { previousSlice, type Slice, within } from '../slice.ts'
import { type Counted, none, splitPeriods } from './counted.ts'
import { attempts, type FrictionKind, MANY_ATTEMPTS, troubles } from './path.ts'
import { visitor } from './visits.ts'

/** Who was held up at a touchpoint, and by what; one who was held up in several ways is counted in each, and once in `held`. */
export interface HeldUp {
  held: Counted
  /**
   * Whether trouble would have been seen: an error or a rage click is recorded anywhere, or a failure or an attempt at this touchpoint.
   * Where nothing of the kind is ever recorded, nobody was held up that we know of, which is not nobody.
   */
  watched: boolean
  kinds: { kind: FrictionKind; n: number }[]
}

interface Row {
  touchpoint: string
  current: 0 | 1
  n: number
  held: number
  failed: number
  error: number
  rage: number
  repeated: number
  tried: number
}

const _everyTrouble = [...troubles.failed, ...troubles.error, ...troubles.rage]
/** Troubles of which the event itself does not say where they happened. */
const placeless = [...troubles.error, ...troubles.rage]

/** Visitors held up at each touchpoint: something failed, the page broke, they clicked in rage, or they tried again and again. */
export async function measureHeldUp(analytics: Analytics, slice: Slice): Promise<Map<string, HeldUp>> {
  const both = { ...slice, from: previousSlice(slice).from }
  const rows = await analytics.query<Row>(sql`
    SELECT touchpoint, current, count() AS n, countIf(failures > 0) AS failed, countIf(errors > 0) AS error, countIf(rages > 0) AS rage,
      countIf(tries >= ${MANY_ATTEMPTS}) AS repeated, countIf(tries > 0) AS tried,
      countIf(failures + errors + rages > 0 OR tries >= ${MANY_ATTEMPTS}) AS held
    FROM (
      SELECT touchpoint, current, visitor, countIf(name IN ${troubles.failed}) AS failures, countIf(name IN ${troubles.error}) AS errors,
        countIf(name IN ${troubles.rage}) AS rages, countIf(name IN ${attempts}) AS tries
      FROM (
        SELECT touchpoint, day >= ${day(slice.from)} AS current, ${visitor} AS visitor, name
        FROM events WHERE ${within(both, 'events')} AND touchpoint != ''
        UNION ALL
        ${placed(both, slice.from)}
      )
      WHERE visitor != '' AND touchpoint != '' GROUP BY touchpoint, current, visitor
    )
    GROUP BY touchpoint, current`)
  const ids = [...new Set(rows.map(({ touchpoint }) => touchpoint))]
  const everywhere = rows.some(({ error, rage }) => error + rage > 0)
  return new Map(
    ids.map((id) => [
      id,
      heldUp(
        rows.filter(({ touchpoint }) => touchpoint === id),
        everywhere,
      ),
    ]),
  )
}

/**
 * An error or a burst of clicks belongs to the touchpoint at which its visitor was last seen before it. Only visitors with such a
 * trouble are looked at one by one.
 */
function placed(both: Slice, from: string): Sql {
  const lost = sql`${within(both, 'events')} AND touchpoint = '' AND name IN ${placeless}`
  return sql`
    SELECT tupleElement(arrayElement(arraySort(arrayFilter(p -> tupleElement(p, 1) <= tupleElement(trouble, 1), places)), -1), 2) AS touchpoint,
      tupleElement(trouble, 3) AS current, visitor, tupleElement(trouble, 2) AS name
    FROM (
      SELECT ${visitor} AS visitor, groupArrayIf((at, toString(touchpoint)), touchpoint != '') AS places,
        groupArrayIf((at, toString(name), day >= ${day(from)}), touchpoint = '' AND name IN ${placeless}) AS events_of_trouble
      FROM events
      WHERE ${within(both, 'events')} AND visitor GLOBAL IN (SELECT DISTINCT ${visitor} AS visitor FROM events WHERE ${lost})
      GROUP BY visitor
    ) ARRAY JOIN events_of_trouble AS trouble`
}

function heldUp(rows: readonly Row[], everywhere: boolean): HeldUp {
  const { now, before } = splitPeriods(rows)
  const part = (row: Row | undefined) => (row ? { hits: row.held, n: row.n } : none)
  const watched = everywhere || rows.some(({ failed, tried }) => failed + tried > 0)
  const kinds = (['failed', 'error', 'rage', 'repeated'] as const)
    .map((kind) => ({ kind, n: now?.[kind] ?? 0 }))
    .filter(({ n }) => n > 0)
  return { held: { now: part(now), before: part(before) }, watched, kinds }
}
