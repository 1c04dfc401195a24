import { touchpoints } from '../../core/touchpoint.ts'
import { join, type Sql, sql } from '../../store/clickhouse/sql.ts'
import { coarse, type Grouping, keyed, none, type Rolling, rowsOf, type Scope } from '../rollups/rolling.ts'
import { isKnown, visitor } from '../visitor.ts'
import { attempts, MANY_ATTEMPTS, troubles } from './path.ts'

/** Troubles of which the event itself does not say where they happened. */
const placeless = [...troubles.error, ...troubles.rage]
const ids = touchpoints.map(({ id }) => id)
/** A touchpoint as its place among all, 0 for none: by a table, where a search in a list would compare texts row by row. */
const placeOf = (id: Sql): Sql =>
  sql`transform(${id}, [${join(ids)}], [${join(ids.map((_, index) => sql`toUInt8(${index + 1})`))}], toUInt8(0))`
/** What an event's name tells of trouble. */
const tells = (
  name: Sql,
): Sql => sql`${name} IN ${troubles.failed} AS failing, ${name} IN ${troubles.error} AS breaking,
  ${name} IN ${troubles.rage} AS raging, ${name} IN ${attempts} AS trying`
const telling = [...troubles.failed, ...placeless, ...attempts]

/** What the second item of a touchpoint begins with. */
export const HOW = 'how:'

/**
 * Visits held up at a touchpoint, those where something failed counting up and those that tried again and again counting down; and under
 * `how:` visits that tried at all, those that met an error counting up and those that clicked in rage counting down.
 */
export const held: Rolling = {
  id: 'held',
  table: 'events',
  along: coarse,
  heavy: true,
  counted: (grouping, scope) => sql`
    SELECT k, d, tupleElement(one, 1) AS i, tupleElement(one, 2) AS counted, tupleElement(one, 3) AS up, tupleElement(one, 4) AS down
    FROM (
      SELECT k, d, arrayJoin([(id, held, failed, repeated), (concat(${HOW}, id), tried, error, rage)]) AS one
      FROM (
        SELECT k, ${grouping.day} AS d, [${join(ids)}][place] AS id, countIf(fell) AS failed, countIf(broke) AS error, countIf(raged) AS rage,
          countIf(tries >= ${MANY_ATTEMPTS}) AS repeated, countIf(tries > 0) AS tried,
          countIf(fell OR broke OR raged OR tries >= ${MANY_ATTEMPTS}) AS held
        FROM (${perVisit(grouping, scope)})
        GROUP BY k, d, id
      )
    )
    WHERE counted + up + down > 0`,
}

/** Visits that were held up at a touchpoint: whose they are, and their day. */
export const heldUpVisits = (touchpoint: string, scope: Scope): Sql => sql`
  SELECT who, day FROM (${perVisit({ key: none }, scope, sql`who, `)})
  WHERE place = ${ids.indexOf(touchpoint) + 1} AND (fell OR broke OR raged OR tries >= ${MANY_ATTEMPTS})`

/** Only events that can tell of trouble are told apart by whose they are; `also` names further columns of the visit. */
const perVisit = ({ key }: Pick<Grouping, 'key'>, scope: Scope, also: Sql = sql``): Sql => sql`
  SELECT ${key.text === none.text ? none : sql`k`} AS k, ${also}place, day, max(failing) AS fell, max(breaking) AS broke, max(raging) AS raged, countIf(trying) AS tries
  FROM (
    SELECT ${key} AS k, day, ${placeOf(sql`touchpoint`)} AS place, ${visitor} AS who, ${tells(sql`name`)}
    FROM events WHERE ${rowsOf(scope)} AND touchpoint != '' AND name IN ${telling} AND ${isKnown}
    UNION ALL
    SELECT k, day, ${placeOf(sql`at_touchpoint`)} AS place, who, ${tells(sql`called`)} FROM (${placed(key, scope)})
  )
  WHERE place > 0 GROUP BY ${keyed(key)}place, who, day`

/**
 * An error or a burst of clicks belongs to the touchpoint at which its visit was last seen before it. Only visits with such a trouble are
 * looked at one by one.
 */
const placed = (key: Sql, scope: Scope): Sql => sql`
  SELECT k, day, tupleElement(arrayElement(arraySort(arrayFilter(p -> tupleElement(p, 1) <= tupleElement(trouble, 1), places)), -1), 2) AS at_touchpoint,
    who, tupleElement(trouble, 2) AS called
  FROM (
    SELECT ${key} AS k, day, ${visitor} AS who, groupArrayIf((at, toString(touchpoint)), touchpoint != '') AS places,
      groupArrayIf((at, toString(name)), touchpoint = '' AND name IN ${placeless}) AS events_of_trouble
    FROM events
    WHERE ${rowsOf(scope)} AND ${visitor} GLOBAL IN (
      SELECT DISTINCT ${visitor} AS lost FROM events WHERE ${rowsOf(scope)} AND touchpoint = '' AND name IN ${placeless} AND ${isKnown})
    GROUP BY k, day, who
  ) ARRAY JOIN events_of_trouble AS trouble`
