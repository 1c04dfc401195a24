import { localDay } from '../../src/core/clock.ts'
import { type TenantId, tenantId } from '../../src/core/tenant.ts'
import { ratingScale } from '../../src/core/voice.ts'
import { type Market, simulateMarket } from '../../src/demo/market.ts'
import { readStories, type Story } from '../../src/demo/stories.ts'
import { eventColumns, eventLine, mentionRows, voiceRow } from '../../src/listen/rows.ts'
import type { Group } from '../../src/measure/alerts/alarm.ts'
import { builtinRules } from '../../src/measure/alerts/rule.ts'
import { askExtent } from '../../src/measure/alerts/series.ts'
import { createWatcher } from '../../src/measure/alerts/watcher.ts'
import type { Analytics } from '../../src/store/clickhouse/analytics.ts'
import type { Reader } from '../../src/understand/reader.ts'

const BATCH = 5_000
/** Of the events only those that some rule watches: the others change nothing. */
const watched = new Set(['payment_failed', 'payment_succeeded', 'chat_answered'])
const zone = 'Asia/Shanghai'

/**
 * Puts a market straight into the analytic tables. Without a reader, what customers wrote is left out but for its ratings: reading takes
 * longer than all the rest, and the planted faults show in what happened.
 */
export async function fill(analytics: Analytics, tenant: TenantId, market: Market, reader?: Reader): Promise<void> {
  const told = market.events.filter((event) => watched.has(event.name))
  const origin = { tenant, source: 'demo' }
  const lines = told.map((event) => eventLine(origin, { ...event, id: event.id! }, localDay(event.at, zone)))
  await analytics.insert('events', { columns: eventColumns, lines })
  await insert(
    analytics,
    'orders',
    market.orders.flatMap((order) => orderRows(tenant, order)),
  )
  if (reader) return fillVoices(analytics, tenant, market, reader)
  await insert(
    analytics,
    'voices',
    market.voices.filter((voice) => voice.rating !== undefined).map((voice) => ratingRow(tenant, voice)),
  )
}

async function fillVoices(analytics: Analytics, tenant: TenantId, market: Market, reader: Reader): Promise<void> {
  const origin = { tenant, source: 'demo' }
  const read = market.voices.map((one) => {
    const voice = { ...one, id: one.id!, zone }
    return { voice, reading: reader.read(voice) }
  })
  await insert(
    analytics,
    'voices',
    read.map(({ voice, reading }) => voiceRow(origin, voice, reading)),
  )
  await insert(
    analytics,
    'mentions',
    read.flatMap(({ voice, reading }) => mentionRows(origin, voice, reading)),
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
  /** From the fourth customer whose payment failed after the release. */
  paymentsAfterFourth: number | null
  /** From the first and from the third answer of the slow shop that came late. */
  slowAfterFirst: number | null
  slowAfterThird: number | null
  /** Incidents that no planted fault explains, and what they were over. */
  falseAlarms: Group[]
  series: number
  /** Weeks in which they could be judged, over all series: those in which they were learning do not count. */
  judgedWeeks: number
}

/** One market with the planted faults (or with nothing special), judged by the built-in rules. */
export async function tryWorld(
  analytics: Analytics,
  seed: number,
  stories: readonly Story[] = planted,
  { reader, times = 1 }: { reader?: Reader | undefined; times?: number } = {},
): Promise<Tried> {
  const tenant = tenantId.parse(`w${seed}${stories.length > 0 ? '' : '-quiet'}`)
  // So many times as many orders a day as the demo market of 90 days has.
  const market = simulateMarket({ seed, endDay: '2026-01-31', days: DAYS, scale: (times * DAYS) / 90, stories })
  await fill(analytics, tenant, market, reader)
  const now = Date.parse('2026-02-01T08:00:00+08:00')
  const extent = (await askExtent(analytics, tenant, now))!
  const period = { tenant, zone, offsetMs: 8 * HOUR, extent, now }
  const { groups, series, judgedWeeks } = await createWatcher(analytics).judge(builtinRules, period)
  const [release, asleep] = market.truth.stories
  const payments =
    release && groups.filter((one) => isOf(one, ['payment', 'new-customer']) && one.lastAt >= release.from)
  const slow = asleep && groups.filter((one) => isOf(one, ['late-answers']) && one.lastAt >= asleep.from)
  const explained = new Set([...(payments ?? []), ...(slow ?? [])])
  const late = asleep ? lateAnswers(market, asleep) : []
  // Found is what was told at all since the fault began, in whichever incident.
  const after = (
    found: Group[] | undefined,
    rules: string[],
    begun: number,
    from: number | undefined,
  ): number | null => {
    const told = found?.flatMap((one) => one.alarms.filter((alarm) => isOfRule(alarm, rules) && alarm.foundAt > begun))
    return told && told.length > 0 && from !== undefined ? Math.min(...told.map((one) => one.foundAt)) - from : null
  }
  const failing = release ? failures(market, release.from) : []
  return {
    seed,
    paymentsAfter: after(payments, ['payment', 'new-customer'], release?.from ?? 0, release?.from),
    paymentsAfterFourth: after(payments, ['payment', 'new-customer'], release?.from ?? 0, failing[3]),
    slowAfterFirst: after(slow, ['late-answers'], asleep?.from ?? 0, late[0]),
    slowAfterThird: after(slow, ['late-answers'], asleep?.from ?? 0, late[2]),
    falseAlarms: groups.filter((one) => !explained.has(one)),
    series,
    judgedWeeks,
  }
}

const isOfRule = ({ ruleId }: { ruleId: string }, rules: readonly string[]): boolean =>
  rules.some((rule) => ruleId.startsWith(rule))
const isOf = (group: Group, rules: readonly string[]): boolean => group.alarms.some((one) => isOfRule(one, rules))

/** When customers' payments failed, each customer once. */
function failures(market: Market, from: number): number[] {
  const first = new Map<string, number>()
  for (const { name, at, customerRef } of market.events)
    if (
      name === 'payment_failed' &&
      at >= from &&
      customerRef &&
      at < (first.get(customerRef) ?? Number.POSITIVE_INFINITY)
    )
      first.set(customerRef, at)
  return [...first.values()].sort((one, other) => one - other)
}

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
  tried.reduce((sum, one) => sum + one.judgedWeeks / 100, 0)
