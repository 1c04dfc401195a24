/**
 * Rows made in the engine from their number: nothing crosses over, and the same every time. All are marked as simulated. Two mentions a
 * voice; visits of five events; an order to ten voices.
 */
import { addDays } from '../src/core/clock.ts'
import type { TenantId } from '../src/core/tenant.ts'
import type { Analytics } from '../src/store/clickhouse/analytics.ts'
import { type Sql, sql } from '../src/store/clickhouse/sql.ts'

export interface MadeUp {
  tenant: TenantId
  mentions: number
  events: number
  days: number
  /** The last local day. */
  last: string
}

const STEP = 500_000

export async function fillMadeUp(analytics: Analytics, made: MadeUp): Promise<void> {
  const voices = made.mentions / 2
  await inSteps(voices, (from, size) => fillVoices(analytics, made, from, size))
  await inSteps(made.events, (from, size) => fillEvents(analytics, made, from, size))
  await inSteps(voices / 10, (from, size) => fillOrders(analytics, made, from, size))
}

async function inSteps(total: number, fill: (from: number, size: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < total; from += STEP) await fill(from, Math.min(STEP, total - from))
}

const columns = sql`tenant, day, at, source, order_id, product_id, merchant_id, category, customer_ref, city, channel`

/** What voices, mentions, events and orders share, from the number `who`. */
function shared({ tenant, days, last }: MadeUp, who: Sql, seed: string): Sql {
  return sql`${tenant} AS tenant, toDate(${addDays(last, 1 - days)}) + toUInt32(cityHash64(${who}, ${seed}) % ${days}) AS day,
    (toInt64(toUInt32(toDateTime(day, 'Asia/Shanghai'))) + toInt64(cityHash64(${who}, 'second') % 80000)) * 1000 AS at, 'bench' AS source,
    concat('o', toString(intDiv(${who}, 10))) AS order_id, concat('p', toString(${who} % 150)) AS product_id,
    concat('m', toString(${who} % 12)) AS merchant_id,
    ['取暖器', '热水器', '手机', '水果', '酒店', '智能马桶'][${who} % 6 + 1] AS category,
    concat('c', toString(${who} % 20000)) AS customer_ref,
    ['杭州', '北京', '上海', '广州', '成都'][${who} % 5 + 1] AS city, 'app' AS channel`
}

async function fillVoices(analytics: Analytics, made: MadeUp, from: number, size: number): Promise<void> {
  const metric = sql`if(voice % 10 = 0, 'nps', if(voice % 10 = 1, 'csat', ''))`
  const common = shared(made, sql`voice`, 'day')
  await analytics.command(
    sql`INSERT INTO voices (${columns}, kind, id, speaker, text, lang, read, metric, rating, rating_min, rating_max, simulated,
        sentiment, score, emotion, aspects)
      SELECT ${common}, 'review' AS kind, concat('v', toString(voice)) AS id, 'customer' AS speaker,
        concat('made up ', toString(voice), repeat('文', 40)) AS text, 'zh' AS lang, 1 AS read, ${metric} AS metric,
        if(metric = 'nps', cityHash64(voice) % 11, 1 + cityHash64(voice) % 5) AS rating, if(metric = 'nps', 0, 1) AS rating_min,
        if(metric = 'nps', 10, 5) AS rating_max, 1 AS simulated,
        ['positive', 'negative', 'neutral'][cityHash64(voice, 'mood') % 3 + 1] AS sentiment, 0.5 AS score, 'none' AS emotion,
        [concat('aspect', toString(cityHash64(voice * 2) % 25)), concat('aspect', toString(cityHash64(voice * 2 + 1) % 25))] AS aspects
      FROM (SELECT number AS voice FROM numbers(${from}, ${size}))`,
    { maxSeconds: 120 },
  )
  await analytics.command(
    sql`INSERT INTO mentions (${columns}, kind, voice_id, ordinal, aspect, term, opinion, polarity, scene, quote, start, end, confidence, metric, rating01)
      SELECT ${common}, 'review' AS kind, concat('v', toString(voice)) AS voice_id, mention % 2 AS ordinal,
        concat('aspect', toString(cityHash64(mention) % 25)) AS aspect, 'term' AS term, 'opinion' AS opinion,
        ['positive', 'negative', 'neutral'][cityHash64(mention, 'mood') % 3 + 1] AS polarity,
        if(mention % 4 = 0, 'sleep', '') AS scene, concat('made up ', toString(mention)) AS quote, 0 AS start, 8 AS end,
        0.9 AS confidence, ${metric} AS metric, (cityHash64(voice) % 5) / 4 AS rating01
      FROM (SELECT number AS mention, intDiv(number, 2) AS voice FROM numbers(${from * 2}, ${size * 2}))`,
    { maxSeconds: 120 },
  )
}

/** A visit is five events on one day, a minute apart, each going on to the next step or falling out. */
async function fillEvents(analytics: Analytics, made: MadeUp, from: number, size: number): Promise<void> {
  const step = sql`event % 5 + 1`
  const reached = sql`(event % 5) * 25 <= cityHash64(visit, 'reach') % 120`
  await analytics.command(
    sql`INSERT INTO events (${columns}, id, name, session, touchpoint, props, simulated)
      SELECT tenant, day, at + (event % 5) * 60000, source, order_id, product_id, merchant_id, category, customer_ref, city, channel,
        concat('e', toString(event)) AS id,
        if(${reached}, ['product_viewed', 'product_added', 'checkout_started', 'payment_tried', 'order_placed'][${step}], 'page_viewed') AS name,
        concat('s', toString(visit)) AS session,
        if(${reached}, ['browse.detail', 'trade.cart', 'trade.checkout', 'trade.pay', 'trade.pay'][${step}], 'browse.search') AS touchpoint,
        '{}' AS props, 1 AS simulated
      FROM (SELECT event, visit, ${shared(made, sql`visit`, 'visit')} FROM (SELECT number AS event, intDiv(number, 5) AS visit FROM numbers(${from}, ${size})))`,
    { maxSeconds: 120 },
  )
}

async function fillOrders(analytics: Analytics, made: MadeUp, from: number, size: number): Promise<void> {
  await analytics.command(sql`
    INSERT INTO orders (tenant, order_id, line, version, digest, removed, source, product_id, category, merchant_id, customer_ref, city,
        channel, quantity, amount_minor, currency, ordered_at, ordered_day, promised_day, delivered_at, delivered_day, returned_at, refund_minor, simulated)
      SELECT tenant, order_id, 0 AS line, 1 AS version, '' AS digest, 0 AS removed, source, product_id, category, merchant_id,
        customer_ref, city, channel, 1 AS quantity, 19900 AS amount_minor, 'CNY' AS currency, at AS ordered_at, day AS ordered_day,
        day + 3 AS promised_day, at + 2 * 86400000 AS delivered_at, day + 2 AS delivered_day,
        if(voice % 130 = 0, at + 5 * 86400000, NULL) AS returned_at, if(voice % 130 = 0, 19900, NULL) AS refund_minor, 1 AS simulated
      FROM (SELECT voice, ${shared(made, sql`voice`, 'day')} FROM (SELECT number * 10 AS voice FROM numbers(${from}, ${size})))`)
}
