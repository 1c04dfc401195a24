import { join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { coarse, keyed, type Rolling, rowsOf } from '../rollups/rolling.ts'
import { isKnown, visitor } from '../visitor.ts'
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
          FROM events WHERE ${rowsOf(scope)} AND touchpoint IN ${clickPath} AND ${isKnown} GROUP BY ${keyed(key)}${visitor}, day
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
    SELECT ${key} AS k, ${day} AS d, touchpoint AS i, toUInt64(0) AS counted, uniqExact(cityHash64(${visitor}, day)) AS up, toUInt64(0) AS down
    FROM events WHERE ${rowsOf(scope)} AND touchpoint NOT IN ${clickPath} AND touchpoint != '' AND ${isKnown} GROUP BY k, d, i`,
}

const name = (what: string, place: number): Sql => trusted(`${what}${place}`)
const steps = clickPath.map((_, place) => place)
const placesOf = (stage: string) => steps.filter((place) => clickPath[place]!.startsWith(`${stage}.`))
const each = (what: string, places: readonly number[]) => join(places.map((place) => name(what, place)))

/** A moment as milliseconds within its local day, never 0: half the size of the moment, for each of millions of visits. */
const moment = sql`toUInt32(at - toInt64(toUInt16(day)) * 86400000 + 54000000)`

/** First and last moment of a visit at each step (0 where there was none), and whether there was a purchase. */
const perVisit: Sql = join([
  ...steps.map((place) => sql`minIf(${moment}, touchpoint = ${clickPath[place]!}) AS ${name('first', place)}`),
  ...steps.map((place) => sql`maxIf(${moment}, touchpoint = ${clickPath[place]!}) AS ${name('last', place)}`),
  sql`max(name IN ${bought}) AS buys`,
])

// At the same moment the place that comes later on the way counts.
const lastPlace = sql`arrayReduce('max', [${join(steps.map((place) => sql`toUInt64(${name('last', place)}) * 16 + ${place}`))}]) % 16`
const firstBrowse = sql`arrayReduce('min', arrayFilter(x -> x > 0, [${each('first', placesOf('browse'))}]))`
const lastTrade = sql`arrayReduce('max', [${each('last', placesOf('trade'))}])`

const sums: Sql = join([
  ...steps.map((place) => sql`countIf(${name('first', place)} > 0) AS ${name('there', place)}`),
  ...steps.map((place) => sql`countIf(${lastPlace} = ${place} AND buys = 0) AS ${name('left', place)}`),
  ...steps.slice(1).map((to) => {
    const [from, reached] = [name('first', to - 1), name('last', to)]
    return sql`countIf(${from} > 0 AND ${reached} >= ${from}) AS ${name('went', to - 1)}`
  }),
  sql`countIf(${firstBrowse} > 0) AS browsed`,
  sql`countIf(${firstBrowse} > 0 AND ${lastTrade} >= ${firstBrowse}) AS toTrade`,
  sql`countIf(${lastTrade} > 0) AS traded`,
  sql`countIf(${lastTrade} > 0 AND buys) AS tradeBought`,
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
