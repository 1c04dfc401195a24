import { FALSE_ALARMS_PER_WEEK } from '../../src/app/alerts/run.ts'
import { localDay } from '../../src/core/clock.ts'
import { tenantId } from '../../src/core/tenant.ts'
import { ratingScale } from '../../src/core/voice.ts'
import { type Market, simulateMarket } from '../../src/demo/market.ts'
import { readStories, type Story } from '../../src/demo/stories.ts'
import { eventColumns, eventLine } from '../../src/listen/rows.ts'
import { type Group, gapOf, groupAlarms } from '../../src/measure/alerts/group.ts'
import { builtinRules } from '../../src/measure/alerts/rule.ts'
import { askExtent } from '../../src/measure/alerts/series.ts'
import { createWatcher } from '../../src/measure/alerts/watcher.ts'
import type { Analytics } from '../../src/store/clickhouse/analytics.ts'

const BATCH = 20_000
/** Of the events only those that some rule watches: the others change nothing. */
const watched = new Set(['payment_failed', 'payment_succeeded', 'chat_answered'])
const zone = 'Asia/Shanghai'

/**
 * Puts a market straight into the analytic tables. What customers wrote is left out but for its ratings: reading it takes longer than all
 * the rest, and the planted faults show in what happened.
 */
export async function fill(analytics: Analytics, tenant: string, market: Market): Promise<void> {
  const told = market.events.filter((event) => watched.has(event.name))
  const lines = told.map((event) =>
    eventLine({ tenant, source: 'demo' }, { ...event, id: event.id! }, localDay(event.at, zone)),
  )
  await analytics.insert('events', { columns: eventColumns, lines })
  await insert(
    analytics,
    'orders',
    market.orders.flatMap((order) => orderRows(tenant, order)),
  )
  await insert(
    analytics,
    'voices',
    market.voices.filter((voice) => voice.rating !== undefined).map((voice) => ratingRow(tenant, voice)),
  )
}

const ratingRow = (tenant: string, voice: Market['voices'][number]) => ({
  tenant,
  day: localDay(voice.at, zone),
  id: voice.id!,
  at: voice.at,
  source: 'demo',
  kind: voice.kind,
  speaker: voice.speaker,
  metric: voice.metric ?? '',
  rating: voice.rating,
  rating_min: ratingScale(voice).min,
  rating_max: ratingScale(voice).max,
  merchant_id: voice.merchantId ?? '',
  category: voice.category ?? '',
  city: voice.city ?? '',
  simulated: 1,
})

async function insert(analytics: Analytics, table: string, rows: readonly object[]): Promise<void> {
  for (let at = 0; at < rows.length; at += BATCH) await analytics.insert(table, rows.slice(at, at + BATCH))
}

const orderRows = (tenant: string, order: Market['orders'][number]) =>
  order.lines.map((line, place) => ({
    tenant,
    order_id: order.id,
    line: place,
    version: 1,
    removed: 0,
    source: 'demo',
    product_id: line.productId ?? '',
    category: line.category ?? '',
    merchant_id: order.merchantId ?? '',
    customer_ref: order.customerRef ?? '',
    city: order.city ?? '',
    channel: order.channel ?? '',
    quantity: line.quantity,
    amount_minor: line.amountMinor,
    currency: 'CNY',
    ordered_at: order.orderedAt,
    ordered_day: localDay(order.orderedAt, zone),
    promised_at: order.promisedAt ?? null,
    delivered_at: order.deliveredAt ?? null,
    cancelled_at: order.cancelledAt ?? null,
    install_promised_at: order.installPromisedAt ?? null,
    installed_at: order.installedAt ?? null,
    returned_at: line.returnedAt ?? null,
    simulated: 1,
  }))

const HOUR = 3_600_000
const WEEK = 7 * 24 * HOUR
export const DAYS = 42

/** The two planted faults, in the last days of a market of six weeks. */
export const planted: readonly Story[] = must([
  { kind: 'payment_failure', id: 'release', fromDay: DAYS - 3, fromHour: 19, share: 0.75, retry: 0.4 },
  {
    kind: 'slow_merchant',
    id: 'asleep',
    merchants: 1,
    category: '取暖器',
    fromDay: DAYS - 4,
    fromHour: 9,
    share: 0.3,
    answerMinutes: [70, 240],
  },
])

function must(stories: readonly object[]): Story[] {
  const read = readStories({ stories })
  if (!read.ok) throw new Error(read.problem.message)
  return read.value
}

export interface Tried {
  seed: number
  /** Milliseconds from the release until it could be told; null where it was not found. */
  paymentsAfter: number | null
  /** From the first and from the third answer of the slow shop that came late. */
  slowAfterFirst: number | null
  slowAfterThird: number | null
  /** Incidents that no planted fault explains, and what they were over. */
  falseAlarms: Group[]
  series: number
  weeks: number
}

/** One market with the planted faults (or with nothing special), judged by the built-in rules. */
export async function tryWorld(
  analytics: Analytics,
  seed: number,
  stories: readonly Story[] = planted,
): Promise<Tried> {
  const tenant = tenantId.parse(`w${seed}${stories.length > 0 ? '' : '-quiet'}`)
  // As many orders a day as the demo market of 90 days has.
  const market = simulateMarket({ seed, endDay: '2026-01-31', days: DAYS, scale: DAYS / 90, stories })
  await fill(analytics, tenant, market)
  const now = Date.parse('2026-02-01T08:00:00+08:00')
  const extent = (await askExtent(analytics, tenant, now))!
  const period = { tenant, zone, offsetMs: 8 * HOUR, extent, now }
  const watcher = createWatcher(analytics)
  const groups: Group[] = []
  let series = 0
  for (const rule of builtinRules) {
    const round = await watcher.judgeRule(rule, period, FALSE_ALARMS_PER_WEEK / builtinRules.length)
    series += round.series
    groups.push(...groupAlarms(round.alarms, gapOf(rule)))
  }
  const [release, asleep] = market.truth.stories
  const payments = release && groups.filter((one) => isOf(one, 'payment') && one.lastAt >= release.from)
  const slow = asleep && groups.filter((one) => isOf(one, 'late-answers') && one.lastAt >= asleep.from)
  const explained = new Set([...(payments ?? []), ...(slow ?? [])])
  const late = asleep ? lateAnswers(market, asleep) : []
  const after = (found: Group[] | undefined, from: number | undefined): number | null =>
    found && found.length > 0 && from !== undefined ? Math.min(...found.map((one) => one.foundAt)) - from : null
  return {
    seed,
    paymentsAfter: after(payments, release?.from),
    slowAfterFirst: after(slow, late[0]),
    slowAfterThird: after(slow, late[2]),
    falseAlarms: groups.filter((one) => !explained.has(one)),
    series,
    weeks: (extent.to - extent.from) / WEEK,
  }
}

const isOf = (group: Group, rule: string): boolean => group.alarms.some((one) => one.ruleId.startsWith(rule))

/** When the slow shop's late answers were given. */
function lateAnswers(market: Market, asleep: Market['truth']['stories'][number]): number[] {
  return market.events.flatMap((event) =>
    event.name === 'chat_answered' &&
    event.at >= asleep.from &&
    asleep.products.includes(event.productId ?? '') &&
    Number(event.props.firstAnswerMinutes) > 30
      ? [event.at]
      : [],
  )
}

/** False alarms a week per hundred series, over all worlds. */
export const falseRate = (tried: readonly Tried[]): number =>
  tried.reduce((sum, one) => sum + one.falseAlarms.length, 0) /
  tried.reduce((sum, one) => sum + (one.weeks * one.series) / 100, 0)
