import { touchpoints } from '../../core/touchpoint.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, join, type Sql, sql } from '../../store/clickhouse/sql.ts'
import { previousSlice, type Slice, within } from '../slice.ts'
import { isKnown, visitor } from '../visitor.ts'
import { type Counted, splitPeriods } from './counted.ts'
import { attempts, type FrictionKind, MANY_ATTEMPTS, troubles } from './path.ts'
import type { Seen } from './seen.ts'

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
  held: number
  failed: number
  error: number
  rage: number
  repeated: number
  tried: number
}

/** Troubles of which the event itself does not say where they happened. */
const placeless = [...troubles.error, ...troubles.rage]
const ids = touchpoints.map(({ id }) => id)
const telling = [...troubles.failed, ...placeless, ...attempts]

/**
 * Visitors held up at each touchpoint, of those who were seen there: something failed, the page broke, they clicked in rage, or they tried
 * again and again.
 */
export async function measureHeldUp(
  analytics: Analytics,
  slice: Slice,
  seen: Promise<ReadonlyMap<string, Seen>>,
): Promise<Map<string, HeldUp>> {
  const both = { ...slice, from: previousSlice(slice).from }
  const [rows, there] = await Promise.all([analytics.query<Row>(heldQuestion(both, slice.from)), seen])
  const everywhere = rows.some(({ error, rage }) => error + rage > 0)
  return new Map(
    [...there].map(([id, { visitors }]) => [
      id,
      heldUp(
        rows.filter(({ touchpoint }) => touchpoint === id),
        visitors,
        everywhere,
      ),
    ]),
  )
}

/** Only events that can tell of trouble are told apart by visitor, each visitor at a touchpoint in a period being one number. */
const heldQuestion = (both: Slice, from: string): Sql => sql`
  SELECT [${join(ids)}][place] AS touchpoint, current, countIf(fell) AS failed, countIf(broke) AS error, countIf(raged) AS rage,
    countIf(tries >= ${MANY_ATTEMPTS}) AS repeated, countIf(tries > 0) AS tried,
    countIf(fell OR broke OR raged OR tries >= ${MANY_ATTEMPTS}) AS held
  FROM (
    SELECT max(spot) AS place, max(period) AS current, max(failing) AS fell, max(breaking) AS broke, max(raging) AS raged,
      countIf(trying) AS tries
    FROM (
      SELECT toUInt8(indexOf([${join(ids)}], toString(touchpoint))) AS spot, current AS period, cityHash64(spot, period, visitor) AS one,
        name IN ${troubles.failed} AS failing, name IN ${troubles.error} AS breaking, name IN ${troubles.rage} AS raging,
        name IN ${attempts} AS trying
      FROM (
        SELECT toString(touchpoint) AS touchpoint, day >= ${day(from)} AS current, ${visitor} AS visitor, toString(name) AS name
        FROM events WHERE ${within(both, 'events')} AND touchpoint != '' AND name IN ${telling} AND ${isKnown}
        UNION ALL
        ${placed(both, from)}
      )
    )
    WHERE spot > 0 GROUP BY one
  )
  GROUP BY touchpoint, current`

/**
 * An error or a burst of clicks belongs to the touchpoint at which its visitor was last seen before it, in the same period: a visit over
 * midnight is cut there by period. Only visitors with such a trouble are looked at one by one.
 */
function placed(both: Slice, from: string): Sql {
  const lost = sql`${within(both, 'events')} AND touchpoint = '' AND name IN ${placeless}`
  return sql`
    SELECT tupleElement(arrayElement(arraySort(arrayFilter(p -> tupleElement(p, 1) <= tupleElement(trouble, 1), places)), -1), 2) AS touchpoint,
      current, visitor, tupleElement(trouble, 2) AS name
    FROM (
      SELECT ${visitor} AS visitor, day >= ${day(from)} AS current, groupArrayIf((at, toString(touchpoint)), touchpoint != '') AS places,
        groupArrayIf((at, toString(name)), touchpoint = '' AND name IN ${placeless}) AS events_of_trouble
      FROM events
      WHERE ${within(both, 'events')} AND visitor GLOBAL IN (SELECT DISTINCT ${visitor} AS visitor FROM events WHERE ${lost} AND ${isKnown})
      GROUP BY visitor, current
    ) ARRAY JOIN events_of_trouble AS trouble`
}

function heldUp(rows: readonly Row[], visitors: Seen['visitors'], everywhere: boolean): HeldUp {
  const { now, before } = splitPeriods(rows)
  const watched = everywhere || rows.some(({ failed, tried }) => failed + tried > 0)
  const kinds = (['failed', 'error', 'rage', 'repeated'] as const)
    .map((kind) => ({ kind, n: now?.[kind] ?? 0 }))
    .filter(({ n }) => n > 0)
  const held = {
    now: { hits: now?.held ?? 0, n: visitors.now },
    before: { hits: before?.held ?? 0, n: visitors.before },
  }
  return { held, watched, kinds }
}
