import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { previousSlice, type Slice, within } from '../slice.ts'
import { type Counted, none, splitPeriods } from './counted.ts'
import { bought, clickPath } from './path.ts'

/** Who an event belongs to: the visit, or the customer where there is no visit. */
export const visitor: Sql = sql`if(session = '', customer_ref, session)`

export interface Visits {
  /** Visitors at each step of the click path, and of them those seen at the next step at the same time or later. */
  steps: ReadonlyMap<string, Counted>
  /** Visitors whose last step on the click path was this one, and who did not buy. */
  exits: ReadonlyMap<string, Counted>
  /** Of the visitors of a stage, those who went on: from browse to trade, from trade to a purchase. */
  browse: Counted
  trade: Counted
  /** Touchpoints at which anybody was seen; at any other nobody records who is there, which is not the same as nobody being there. */
  seen: ReadonlySet<string>
  /** Whether any purchase was recorded. */
  purchases: boolean
}

/** An enquiry is not among them: it comes from the chat system, which knows the customer but not the visit. */
const shopping = clickPath
const ofStage = (stage: string) => shopping.filter((id) => id.startsWith(`${stage}.`))

type Row = { current: 0 | 1 } & Record<string, number>

/** How visitors go through browse and trade, in the period and in the one before it. A visit over midnight is cut there by period only. */
export async function measureVisits(analytics: Analytics, slice: Slice): Promise<Visits> {
  const both = { ...slice, from: previousSlice(slice).from }
  const rows = await analytics.query<Row>(sql`
    SELECT current, ${sums()}
    FROM (
      SELECT ${visitor} AS visitor, day >= ${day(slice.from)} AS current, ${perVisitor()}
      FROM events WHERE ${within(both, 'events')} AND touchpoint IN ${shopping} GROUP BY visitor, current
    )
    WHERE visitor != '' GROUP BY current`)
  const { now, before } = splitPeriods(rows)
  const part = (row: Row | undefined, hits: string, n: string) => (row ? { hits: row[hits]!, n: row[n]! } : none)
  const counted = (hits: string, n: string): Counted => ({ now: part(now, hits, n), before: part(before, hits, n) })
  const all = (key: string) => (now?.[key] ?? 0) + (before?.[key] ?? 0)
  return {
    steps: new Map(clickPath.slice(0, -1).map((id, step) => [id, counted(`went${step}`, `step${step}`)])),
    exits: new Map(shopping.map((id, place) => [id, counted(`left${place}`, `there${place}`)])),
    browse: counted('toTrade', 'browsed'),
    trade: counted('tradeBought', 'traded'),
    seen: new Set(shopping.filter((_, place) => all(`there${place}`) > 0)),
    purchases: all('anyBought') > 0,
  }
}

/** What is known of one visitor: first and last moment at each step, the last place, whether there was a purchase. */
function perVisitor(): Sql {
  const steps = clickPath.flatMap((id, step) => [
    sql`minIf(at, touchpoint = ${id}) AS ${name('first', step)}`,
    sql`maxIf(at, touchpoint = ${id}) AS ${name('last', step)}`,
  ])
  const places = shopping.map((id, place) => sql`countIf(touchpoint = ${id}) > 0 AS ${name('at', place)}`)
  // At the same moment the place that comes later on the way counts.
  const order = sql`transform(touchpoint, [${join(shopping)}], [${join(shopping.map((_, place) => place))}], 0)`
  return join([
    ...steps,
    ...places,
    sql`argMax(touchpoint, at * 16 + ${order}) AS lastPlace`,
    sql`minIf(at, touchpoint IN ${ofStage('browse')}) AS firstBrowse`,
    sql`maxIf(at, touchpoint IN ${ofStage('trade')}) AS lastTrade`,
    sql`countIf(name IN ${bought}) > 0 AS bought`,
  ])
}

function sums(): Sql {
  const steps = clickPath
    .slice(0, -1)
    .flatMap((_, step) => [
      sql`countIf(${name('first', step)} > 0) AS ${name('step', step)}`,
      sql`countIf(${name('first', step)} > 0 AND ${name('last', step + 1)} >= ${name('first', step)}) AS ${name('went', step)}`,
    ])
  const places = shopping.flatMap((id, place) => [
    sql`countIf(${name('at', place)}) AS ${name('there', place)}`,
    sql`countIf(lastPlace = ${id} AND bought = 0) AS ${name('left', place)}`,
  ])
  return join([
    ...steps,
    ...places,
    sql`countIf(firstBrowse > 0) AS browsed`,
    sql`countIf(firstBrowse > 0 AND lastTrade >= firstBrowse) AS toTrade`,
    sql`countIf(lastTrade > 0) AS traded`,
    sql`countIf(lastTrade > 0 AND bought) AS tradeBought`,
    sql`countIf(bought) AS anyBought`,
  ])
}

const name = (what: string, place: number): Sql => trusted(`${what}${place}`)
