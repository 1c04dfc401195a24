import type { TenantId } from '../src/core/tenant.ts'
import { askSeries, type SeriesQuestion } from '../src/measure/alerts/series.ts'
import { watches } from '../src/measure/alerts/watch.ts'
import { measureFunnel } from '../src/measure/funnels/measure.ts'
import { presets } from '../src/measure/funnels/presets.ts'
import { measureEachByCustomer } from '../src/measure/indicators/by-customer.ts'
import { findIndicator, indicators } from '../src/measure/indicators/list.ts'
import { breakDown, type IndicatorSummary, measureIndicator } from '../src/measure/indicators/measure.ts'
import { measureJourney } from '../src/measure/journey/journey.ts'
import { previousSlice, wholeSlice } from '../src/measure/slice.ts'
import { measureTouchpoints } from '../src/measure/touchpoints.ts'
import { countFacets } from '../src/measure/voices/facets.ts'
import type { VoiceFilter } from '../src/measure/voices/filter.ts'
import { type VoiceFlow, voicesPerDay } from '../src/measure/voices/flow.ts'
import { readVoices } from '../src/measure/voices/page.ts'
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
const places = new Map(Array.from({ length: 25 }, (_, aspect) => [`aspect${aspect}`, touchpointOf(`aspect${aspect}`)]))
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

/** A visit in DuckDB's words: what one session did on one local day. */
const visitsIn = (asked: Asked, marks: string) =>
  `SELECT day, ${marks} FROM events WHERE ${inBoth(asked)} AND session <> '' GROUP BY session, day`

const walks: Record<string, (asked: Asked) => string> = {
  view_to_cart: (asked) =>
    `SELECT day, count(*) AS n, count(*) FILTER (carted >= viewed) AS plus FROM (${visitsIn(
      asked,
      `min("at") FILTER (touchpoint = 'browse.detail') AS viewed, max("at") FILTER (touchpoint = 'trade.cart' AND name <> 'product_removed') AS carted`,
    )}) WHERE viewed IS NOT NULL GROUP BY day`,
  conversion: (asked) =>
    `SELECT day, count(*) AS n, count(*) FILTER (bought) AS plus FROM (${visitsIn(
      asked,
      "bool_or(touchpoint IN ('browse.detail', 'trade.cart', 'trade.checkout')) AS looked, bool_or(name IN ('payment_succeeded', 'order_placed', 'order_completed')) AS bought",
    )}) WHERE looked OR bought GROUP BY day`,
}

function agreeOnN(ours: unknown, theirs: Rows): boolean {
  const { estimate, series } = ours as IndicatorSummary
  return estimate.n === total(theirs, 'n', series[0]!.day)
}

const facetsOf = (asked: Asked, choice: string) =>
  ['category', 'merchant_id', 'city', 'kind', 'sentiment', 'emotion', 'urgency']
    .map((column) => [column, column])
    .concat(['intents', 'aspects', 'scenes'].map((column) => [column, `unnest(list_distinct(${column}))`]))
    .map(
      ([name, value]) => `SELECT '${name}' AS facet, v, count(*) AS n
        FROM (SELECT ${value}::VARCHAR AS v FROM voices WHERE ${inPeriod(asked)} AND speaker = 'customer' AND ${choice}) GROUP BY v`,
    )
    .join(' UNION ALL ')

const facets = (name: string, filter: VoiceFilter, choice: string): Question => ({
  name: `Voices, facets${name}`,
  ask: (asked) =>
    countFacets(asked.stores.analytics, {
      slice: sliceOf(asked),
      filter: { speaker: ['customer'], ...filter },
      ...asking(asked),
    }),
  duck: (asked) => facetsOf(asked, choice),
})

const hourly = watches.find(({ id }) => id === 'negative_voices')!

export const questions: readonly Question[] = [
  ...indicators.map(
    ({ id }): Question => ({
      name: `indicator ${id}, with the period before`,
      ask: (asked) => measureIndicator(asked.stores.analytics, findIndicator(id)!, sliceOf(asked), asking(asked)),
      ...(walks[id] && { duck: (asked: Asked) => walks[id]!(asked), agree: agreeOnN }),
      ...(counted[id] && {
        duck: (asked: Asked) => {
          const { table, rows, plus, minus = 'false' } = counted[id]!
          return `SELECT day, count(*) AS n, count(*) FILTER (${plus}) AS plus, count(*) FILTER (${minus}) AS minus
            FROM ${table} WHERE ${inBoth(asked)} AND ${rows} GROUP BY day`
        },
        agree: agreeOnN,
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
  facets('', {}, 'true'),
  facets(', one chosen', { sentiment: ['negative'] }, "sentiment = 'negative'"),
  {
    name: 'Voices, a page of 30 and its counts',
    ask: (asked) =>
      readVoices(asked.stores.analytics, {
        slice: sliceOf(asked),
        filter: { speaker: ['customer'] },
        ...asking(asked),
        limit: 30,
      }),
  },
  {
    name: 'Journey, the whole map and the period before',
    ask: (asked) =>
      measureJourney(asked.stores.analytics, sliceOf(asked), {
        ...asking(asked),
        places,
        answerWithinMinutes: 5,
        comparable: true,
      }),
  },
  {
    name: 'every indicator by customer',
    ask: (asked) =>
      measureEachByCustomer(
        asked.stores.analytics,
        indicators.map((indicator) => ({ indicator, slice: sliceOf(asked) })),
        asking(asked),
      ),
  },
  ...(['purchase', 'search'] as const).map(
    (id): Question => ({
      name: `Live, funnel ${id}`,
      ask: (asked) =>
        measureFunnel(asked.stores.analytics, {
          slice: sliceOf(asked),
          funnel: presets.find((one) => one.id === id)!.funnel,
          knownUntil: asOf(asked.to),
        }),
    }),
  ),
  {
    name: 'alert series by category and hour',
    ask: (asked) => askSeries(asked.stores.analytics, seriesOf(asked)),
  },
]

const seriesOf = (asked: Asked): SeriesQuestion => ({
  tenant: asked.tenant,
  watch: hourly,
  by: 'category',
  where: { category: [], merchant: [], city: [], channel: [] },
  from: asOf(asked.from) - 86_400_000,
  to: asOf(asked.to),
  stepMs: 3_600_000,
  offsetMs: 8 * 3_600_000,
})
