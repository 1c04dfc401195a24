import { join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { coarse, keyed, type Rolling, rowsOf } from '../rollups/rolling.ts'
import { isKnown, visit, visitor } from '../visitor.ts'
import { bought, clickPath } from './path.ts'

/** Items of `walked` beside the steps of the click path. */
export const BROWSED = 'browse'
export const TRADED = 'trade'
export const BOUGHT = 'bought'

/**
 * Visits by step of the click path, with those that went on to the next step (at the same moment or later) counting up and those whose last
 * step it was, without a purchase, counting down; visits that browsed, and of them those that came to trade; those that traded, and of them
 * those that bought; and those that bought.
 */
export const walked: Rolling = {
  id: 'walked',
  table: 'events',
  along: coarse,
  heavy: true,
  counted: ({ key, day }, scope) => sql`
    SELECT k, d, tupleElement(one, 1) AS i, tupleElement(one, 2) AS counted, tupleElement(one, 3) AS up, tupleElement(one, 4) AS down
    FROM (
      SELECT k, d, arrayJoin(${items}) AS one
      FROM (
        SELECT k, ${day} AS d, ${sums}
        FROM (
          SELECT ${key} AS k, day, ${perVisit}
          FROM events WHERE ${rowsOf(scope)} AND ${onThePath} GROUP BY ${keyed(key)}${visitor}, day
        )
        GROUP BY k, d
      )
    )
    WHERE counted > 0`,
}

/**
 * Events by touchpoint, with the visits that they belong to counting up; those on the click path are known from `walked`, so that of most
 * events nobody asks whose they are.
 */
export const seen: Rolling = {
  id: 'seen',
  table: 'events',
  along: coarse,
  heavy: true,
  counted: ({ key, day }, scope) => sql`
    SELECT ${key} AS k, ${day} AS d, touchpoint AS i, count() AS counted, toUInt64(0) AS up, toUInt64(0) AS down
    FROM events WHERE ${rowsOf(scope)} AND touchpoint != '' GROUP BY k, d, i
    UNION ALL
    SELECT ${key} AS k, ${day} AS d, touchpoint AS i, toUInt64(0) AS counted, uniqExact(${visit}) AS up, toUInt64(0) AS down
    FROM events WHERE ${rowsOf(scope)} AND touchpoint NOT IN ${clickPath} AND touchpoint != '' AND ${isKnown} GROUP BY k, d, i`,
}

/** Events of which visits on the click path are made. */
export const onThePath = sql`touchpoint IN ${clickPath} AND ${isKnown}`

const name = (what: string, place: number): Sql => trusted(`${what}${place}`)
const steps = clickPath.map((_, place) => place)
const placesOf = (stage: string) => steps.filter((place) => clickPath[place]!.startsWith(`${stage}.`))
/** The greatest of some, two at a time: release 18 compares no more at once, and an array for each of millions of visits costs more than the rest. */
const latest = (moments: readonly Sql[]): Sql => moments.reduce((one, other) => sql`greatest(${one}, ${other})`)
/** Whether a visit is of any step of the browse stage under a condition of its first moment there. */
const browsed = (of: (first: Sql) => Sql): Sql =>
  sql`(${join(
    placesOf('browse').map((place) => of(name('first', place))),
    sql` OR `,
  )})`

/** A moment as milliseconds within its local day, never 0: half the size of the moment, for each of millions of visits. */
const moment = sql`toUInt32(at - toInt64(toUInt16(day)) * 86400000 + 54000000)`

/** First and last moment of a visit at each step (0 where there was none), and whether there was a purchase. */
export const perVisit: Sql = join([
  ...steps.map((place) => sql`minIf(${moment}, touchpoint = ${clickPath[place]!}) AS ${name('first', place)}`),
  ...steps.map((place) => sql`maxIf(${moment}, touchpoint = ${clickPath[place]!}) AS ${name('last', place)}`),
  sql`max(name IN ${bought}) AS buys`,
])

// At the same moment the place that comes later on the way counts.
const lastPlace = sql`${latest(steps.map((place) => sql`toUInt64(${name('last', place)}) * 16 + ${place}`))} % 16`
const lastTrade = latest(placesOf('trade').map((place) => name('last', place)))

/** Of a visit (`perVisit`): seen at a step; going on from it to the next; ending there without a purchase. By the step's place on the path. */
export const isThere = (place: number): Sql => sql`${name('first', place)} > 0`
export const goesOn = (place: number): Sql =>
  sql`(${name('first', place)} > 0 AND ${name('last', place + 1)} >= ${name('first', place)})`
export const endsAt = (place: number): Sql => sql`(${lastPlace} = ${place} AND buys = 0)`

/** Of a visit: which belong to a stage, and which of these leave it as they should. */
export const leaves = {
  [BROWSED]: {
    of: browsed((first) => sql`${first} > 0`),
    well: browsed((first) => sql`(${first} > 0 AND ${lastTrade} >= ${first})`),
  },
  [TRADED]: { of: sql`${lastTrade} > 0`, well: sql`(${lastTrade} > 0 AND buys)` },
} as const

const sums: Sql = join([
  ...steps.map((place) => sql`countIf(${isThere(place)}) AS ${name('there', place)}`),
  ...steps.map((place) => sql`countIf(${endsAt(place)}) AS ${name('left', place)}`),
  ...steps.slice(1).map((to) => sql`countIf(${goesOn(to - 1)}) AS ${name('went', to - 1)}`),
  sql`countIf(${leaves[BROWSED].of}) AS browsed`,
  sql`countIf(${leaves[BROWSED].well}) AS toTrade`,
  sql`countIf(${leaves[TRADED].of}) AS traded`,
  sql`countIf(${leaves[TRADED].well}) AS tradeBought`,
  sql`countIf(buys) AS anyBought`,
])

const none = sql`toUInt64(0)`
const items: Sql = sql`[${join([
  ...steps.map((place) => {
    const went = place + 1 < steps.length ? name('went', place) : none
    return sql`(${clickPath[place]!}, ${name('there', place)}, ${went}, ${name('left', place)})`
  }),
  sql`(${BROWSED}, browsed, toTrade, ${none})`,
  sql`(${TRADED}, traded, tradeBought, ${none})`,
  sql`(${BOUGHT}, anyBought, ${none}, ${none})`,
])}]`
