import type { TenantId } from '../src/core/tenant.ts'
import { findIndicator, indicators } from '../src/measure/indicators/list.ts'
import { breakDown, type IndicatorSummary, measureIndicator } from '../src/measure/indicators/measure.ts'
import { previousSlice, wholeSlice } from '../src/measure/slice.ts'
import { measureTouchpoints } from '../src/measure/touchpoints.ts'
import { countFacets } from '../src/measure/voices/facets.ts'
import { type VoiceFlow, voicesPerDay } from '../src/measure/voices/flow.ts'
import type { Stores } from '../src/store/open.ts'

export interface Asked {
  stores: Stores
  tenant: TenantId
  from: string
  to: string
}

type Rows = Record<string, unknown>[]

/** A question of a page, and where one statement says the same, that statement in DuckDB's words. */
export interface Question {
  name: string
  ask(asked: Asked): Promise<unknown>
  duck?(asked: Asked): string
  /** Whether both answers are the same figures. */
  agree?(ours: unknown, theirs: Rows): boolean
}

const returnWindowDays = 7
const asOf = (to: string) => Date.parse(`${to}T00:00:00+08:00`) + 86_400_000
const asking = (asked: Asked) => ({ asOf: asOf(asked.to), returnWindowDays })
const sliceOf = ({ tenant, from, to }: Asked) => wholeSlice(tenant, from, to)
const touchpointOf = (aspect: string) => `fulfil.${aspect.length % 2 ? 'use' : 'deliver'}`
const inPeriod = ({ from, to }: Asked, day = 'day') => `tenant = 'bench' AND ${day} BETWEEN '${from}' AND '${to}'`
const inBoth = (asked: Asked, day = 'day') => inPeriod({ ...asked, from: previousSlice(sliceOf(asked)).from }, day)

const total = (rows: Rows, name: string, since: string) =>
  rows.filter((row) => dayOf(row.day) >= since).reduce((sum, row) => sum + Number(row[name]), 0)
const dayOf = (value: unknown) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value))

/** The same conditions as the indicators' own, for the comparison. */
const counted: Record<string, { table: string; rows: string; plus: string; minus?: string; day?: string }> = {
  nps: {
    table: 'voices',
    rows: "metric = 'nps' AND speaker = 'customer' AND rating IS NOT NULL AND rating_max = 10",
    plus: 'rating >= 9',
    minus: 'rating <= 6',
  },
  positive_share: { table: 'voices', rows: "speaker = 'customer' AND read = 1", plus: "sentiment = 'positive'" },
}

export const questions: readonly Question[] = [
  ...indicators.map(
    ({ id }): Question => ({
      name: `indicator ${id}, with the period before`,
      ask: (asked) => measureIndicator(asked.stores.analytics, findIndicator(id)!, sliceOf(asked), asking(asked)),
      ...(counted[id] && {
        duck: (asked: Asked) => {
          const { table, rows, plus, minus = 'false' } = counted[id]!
          return `SELECT day, count(*) AS n, count(*) FILTER (${plus}) AS plus, count(*) FILTER (${minus}) AS minus
            FROM ${table} WHERE ${inBoth(asked)} AND ${rows} GROUP BY day`
        },
        agree: (ours: unknown, theirs: Rows) => {
          const { estimate, series } = ours as IndicatorSummary
          return estimate.n === total(theirs, 'n', series[0]!.day)
        },
      }),
    }),
  ),
  {
    name: 'indicator nps by product',
    ask: (asked) => breakDown(asked.stores.analytics, findIndicator('nps')!, 'product', sliceOf(asked), asking(asked)),
    duck: (
      asked,
    ) => `SELECT product_id, count(*) AS n, count(*) FILTER (rating >= 9) AS plus, count(*) FILTER (rating <= 6) AS minus
      FROM voices WHERE ${inPeriod(asked)} AND ${counted.nps!.rows} GROUP BY product_id`,
  },
  {
    name: 'positive share by aspect',
    ask: (asked) =>
      breakDown(asked.stores.analytics, findIndicator('positive_share')!, 'aspect', sliceOf(asked), asking(asked)),
    duck: (asked) => `SELECT aspect, count(*) AS n, count(*) FILTER (polarity = 'positive') AS plus
      FROM mentions WHERE ${inPeriod(asked)} GROUP BY aspect`,
  },
  {
    name: 'touchpoints: said and seen',
    ask: (asked) => measureTouchpoints(asked.stores.analytics, sliceOf(asked), touchpointOf),
    duck: (
      asked,
    ) => `SELECT 'said' AS what, aspect AS key, day >= '${asked.from}' AS now, count(*) AS n, count(*) FILTER (polarity = 'positive') AS plus,
        count(*) FILTER (polarity = 'negative') AS minus FROM mentions WHERE ${inBoth(asked)} GROUP BY ALL
      UNION ALL
      SELECT 'seen', touchpoint, true, count(*), count(DISTINCT if(session = '', customer_ref, session)), 0
        FROM events WHERE ${inPeriod(asked)} GROUP BY ALL`,
  },
  {
    name: 'voices per day',
    ask: (asked) => voicesPerDay(asked.stores.analytics, sliceOf(asked)),
    duck: (
      asked,
    ) => `SELECT day, count(*) AS n, count(*) FILTER (read = 1) AS read_n, count(*) FILTER (read = 1 AND sentiment = 'negative') AS negative
      FROM voices WHERE ${inPeriod(asked)} AND speaker = 'customer' GROUP BY day`,
    agree: (ours, theirs) => (ours as VoiceFlow).total === total(theirs, 'n', ''),
  },
  {
    name: 'facets of the Voices page (12 questions)',
    ask: (asked) =>
      countFacets(asked.stores.analytics, {
        slice: sliceOf(asked),
        filter: { speaker: ['customer'] },
        ...asking(asked),
      } as Parameters<typeof countFacets>[1]),
  },
]
