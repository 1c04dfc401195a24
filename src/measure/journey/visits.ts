import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { previousSlice, type Slice, within } from '../slice.ts'
import { isKnown, visitor } from '../visitor.ts'
import { type Counted, none } from './counted.ts'
import { bought, clickPath } from './path.ts'

export interface Visits {
  /** Visitors at each step of the click path, and of them those seen at the next step at the same time or later. */
  steps: ReadonlyMap<string, Counted>
  /** Visitors whose last step on the click path was this one, and who did not buy. */
  exits: ReadonlyMap<string, Counted>
  /** Of the visitors of a stage, those who went on: from browse to trade, from trade to a purchase. */
  browse: Counted
  trade: Counted
  /** Visitors seen at each step. */
  there: ReadonlyMap<string, { now: number; before: number }>
  /** Touchpoints at which anybody was seen; at any other nobody records who is there, which is not the same as nobody being there. */
  seen: ReadonlySet<string>
  /** Whether any purchase was recorded. */
  purchases: boolean
}

/** An enquiry is not among them: it comes from the chat system, which knows the customer but not the visit. */
const shopping = clickPath
const ofStage = (stage: string) => shopping.filter((id) => id.startsWith(`${stage}.`))

type Row = Record<string, number>

/**
 * How visitors go through browse and trade, in the period and in the one before it. A visit over midnight is cut there by period only. One
 * period after the other: both at once would want a place in memory for twice as many visitors.
 */
export async function measureVisits(analytics: Analytics, slice: Slice): Promise<Visits> {
  const now = await visitsOf(analytics, slice)
  const before = await visitsOf(analytics, previousSlice(slice))
  const part = (row: Row | undefined, hits: string, n: string) => (row ? { hits: row[hits]!, n: row[n]! } : none)
  const counted = (hits: string, n: string): Counted => ({ now: part(now, hits, n), before: part(before, hits, n) })
  const all = (key: string) => (now?.[key] ?? 0) + (before?.[key] ?? 0)
  return {
    steps: new Map(clickPath.slice(0, -1).map((id, step) => [id, counted(`went${step}`, `there${step}`)])),
    exits: new Map(shopping.map((id, place) => [id, counted(`left${place}`, `there${place}`)])),
    browse: counted('toTrade', 'browsed'),
    trade: counted('tradeBought', 'traded'),
    there: new Map(
      shopping.map((id, place) => [id, { now: now?.[`there${place}`] ?? 0, before: before?.[`there${place}`] ?? 0 }]),
    ),
    seen: new Set(shopping.filter((_, place) => all(`there${place}`) > 0)),
    purchases: all('anyBought') > 0,
  }
}

async function visitsOf(analytics: Analytics, slice: Slice): Promise<Row | undefined> {
  const [row] = await analytics.query<Row>(sql`
    SELECT ${sums()}
    FROM (
      SELECT ${perVisitor()}
      FROM events WHERE ${within(slice, 'events')} AND touchpoint IN ${shopping} AND ${isKnown} GROUP BY ${visitor}
    )`)
  return row
}

const eachPlace = <T>(make: (id: string, place: number) => T): T[] => shopping.map(make)

/**
 * What is known of one visitor: first and last moment at each place (0 where there was none), and whether there was a purchase. As little as
 * answers, since the engine keeps it for each of millions of visitors.
 */
const perVisitor = (): Sql =>
  join([
    ...eachPlace((id, place) => sql`minIf(at, touchpoint = ${id}) AS ${name('first', place)}`),
    ...eachPlace((id, place) => sql`maxIf(at, touchpoint = ${id}) AS ${name('last', place)}`),
    sql`max(name IN ${bought}) AS bought`,
  ])

function sums(): Sql {
  const ofPlaces = (what: 'first' | 'last', ids: readonly (typeof shopping)[number][]) =>
    join(ids.map((id) => name(what, shopping.indexOf(id))))
  // At the same moment the place that comes later on the way counts.
  const lastPlace = sql`arrayReduce('max', [${join(eachPlace((_, place) => sql`${name('last', place)} * 16 + ${place}`))}]) % 16`
  const firstBrowse = sql`arrayReduce('min', arrayFilter(x -> x > 0, [${ofPlaces('first', ofStage('browse'))}]))`
  const lastTrade = sql`arrayReduce('max', [${ofPlaces('last', ofStage('trade'))}])`
  return join([
    ...eachPlace((_, place) => sql`countIf(${name('first', place)} > 0) AS ${name('there', place)}`),
    ...eachPlace((_, place) => sql`countIf(${lastPlace} = ${place} AND bought = 0) AS ${name('left', place)}`),
    ...eachPlace((_, place) => place)
      .slice(1)
      .map((to) => {
        const [from, reached] = [name('first', to - 1), name('last', to)]
        return sql`countIf(${from} > 0 AND ${reached} >= ${from}) AS ${name('went', to - 1)}`
      }),
    sql`countIf(${firstBrowse} > 0) AS browsed`,
    sql`countIf(${firstBrowse} > 0 AND ${lastTrade} >= ${firstBrowse}) AS toTrade`,
    sql`countIf(${lastTrade} > 0) AS traded`,
    sql`countIf(${lastTrade} > 0 AND bought) AS tradeBought`,
    sql`countIf(bought) AS anyBought`,
  ])
}

const name = (what: string, place: number): Sql => trusted(`${what}${place}`)
