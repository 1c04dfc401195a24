/**
 * How fast the Overview's questions answer over a million mentions: 500,000 voices, 500,000 events and 50,000 orders of 180 days, asked for the last 28.
 * The rows are made up and marked so (tenant `bench`, `simulated`). In the same run: a count over the whole of mentions, and a scan
 * that reads every aspect and quote of it.
 *
 *   UV_THREADPOOL_SIZE=16 node bench/overview.ts [--mentions 1000000] [--times 40]
 */
import path from 'node:path'
import { keepFindings, listFindings } from '../src/act/findings.ts'
import { addDays } from '../src/core/clock.ts'
import { tenantId } from '../src/core/tenant.ts'
import { indicators } from '../src/measure/indicators/list.ts'
import { measureIndicator } from '../src/measure/indicators/measure.ts'
import { wholeSlice } from '../src/measure/slice.ts'
import { measureTouchpoints } from '../src/measure/touchpoints.ts'
import { countFacets } from '../src/measure/voices/facets.ts'
import { voicesPerDay } from '../src/measure/voices/flow.ts'
import { sql } from '../src/store/clickhouse/sql.ts'
import { openStores } from '../src/store/open.ts'
import { count, machine, numberOption, quantile, scratch, timed } from './rig.ts'

const tenant = tenantId.parse('bench')
const mentions = numberOption('mentions', 1_000_000)
const times = numberOption('times', 40)
const DAYS = 180
const LAST = '2026-06-29'
const SPEAKERS = mentions / 2

const opened = await openStores({ dataDir: path.join(scratch('overview'), 'data') })
if (!opened.ok) throw new Error(opened.problem.message)
const { analytics, db, close } = opened.value
console.log(
  `overview: ${count(mentions)} mentions, ${count(SPEAKERS)} voices and events, ${count(SPEAKERS / 10)} orders, made up`,
)
const { ms } = await timed(fill)
console.log(`  filled in ${(ms / 1000).toFixed(1)} s; ClickHouse ${analytics.version()}`)
console.log(machine())

const slice = wholeSlice(tenant, addDays(LAST, -27), LAST)
const asking = { asOf: Date.parse(`${addDays(LAST, 1)}T00:00:00+08:00`), returnWindowDays: 7 }
const touchpointOf = (aspect: string) => `fulfil.${aspect.length % 2 ? 'use' : 'deliver'}`
const question = { slice, filter: { speaker: ['customer'] }, ...asking }
const questions: [string, () => Promise<unknown>][] = [
  ...indicators.map((one): [string, () => Promise<unknown>] => [
    `indicator ${one.id}`,
    () => measureIndicator(analytics, one, slice, asking),
  ]),
  ['touchpoints', () => measureTouchpoints(analytics, slice, touchpointOf)],
  ['voices per day', () => voicesPerDay(analytics, slice)],
  ['findings list', () => listFindings(db, tenant)],
  ['facets and aspects (Voices page)', () => countFacets(analytics, question)],
]
const bare: [string, () => Promise<unknown>][] = [
  ['bare: count of all mentions', () => analytics.query(sql`SELECT countIf(polarity = 'negative') AS n FROM mentions`)],
  ['bare: hash of every quote', () => analytics.query(sql`SELECT sum(cityHash64(aspect, quote)) AS n FROM mentions`)],
]

const medians = new Map<string, number>()
for (const [name, ask] of [...bare, ...questions]) {
  const taken: number[] = []
  await ask()
  for (let time = 0; time < times; time++) taken.push((await timed(ask)).ms)
  medians.set(name, quantile(taken, 0.5))
  const [middle, high] = [quantile(taken, 0.5), quantile(taken, 0.95)].map((value) => value.toFixed(1).padStart(7))
  console.log(`  ${name.padEnd(34)} median ${middle} ms   p95 ${high} ms`)
}
const all: number[] = []
const overview = questions.slice(0, -1)
for (let time = 0; time < times; time++) all.push((await timed(() => Promise.all(overview.map(([, ask]) => ask())))).ms)
console.log(
  `  the Overview's questions at once   median ${quantile(all, 0.5).toFixed(1).padStart(7)} ms   p95 ${quantile(all, 0.95).toFixed(1).padStart(7)} ms`,
)
const slowest = Math.max(...overview.map(([name]) => medians.get(name)!))
const scan = medians.get('bare: hash of every quote')!
console.log(
  `  ratio: the slowest question of the Overview takes ${(slowest / scan).toFixed(2)} × the scan of every quote`,
)
console.log(machine())
await close()
process.exit(0)

/** Rows made in the engine from their number: nothing crosses over, and the same every time. */
async function fill(): Promise<void> {
  const first = sql`toDate(${addDays(LAST, 1 - DAYS)})`
  const dayOf = sql`${first} + toUInt32(cityHash64(voice, 'day') % ${DAYS})`
  const category = sql`['取暖器', '热水器', '手机', '水果', '酒店', '智能马桶'][voice % 6 + 1]`
  const shared = sql`${dayOf} AS day, toInt64(toUInt32(toDateTime(day))) * 1000 AS at, 'bench' AS source, 'review' AS kind,
    concat('o', toString(intDiv(voice, 10))) AS order_id, concat('p', toString(voice % 150)) AS product_id,
    concat('m', toString(voice % 12)) AS merchant_id, ${category} AS category, concat('c', toString(voice % 20000)) AS customer_ref,
    ['杭州', '北京', '上海', '广州', '成都'][voice % 5 + 1] AS city, 'app' AS channel`
  const metric = sql`if(voice % 10 = 0, 'nps', if(voice % 10 = 1, 'csat', ''))`
  const mood = sql`['positive', 'negative', 'neutral'][cityHash64(voice, 'mood') % 3 + 1]`
  const aspect = sql`concat('aspect', toString(cityHash64(mention) % 25))`
  const columns = sql`tenant, day, at, source, kind, order_id, product_id, merchant_id, category, customer_ref, city, channel`
  const steps = 10
  for (let step = 0; step < steps; step++) {
    const [from, size] = [(SPEAKERS / steps) * step, SPEAKERS / steps]
    await analytics.command(
      sql`INSERT INTO voices (${columns}, id, speaker, text, lang, read, metric, rating, rating_min, rating_max, simulated,
          sentiment, score, emotion, aspects)
        SELECT ${tenant} AS tenant, ${shared}, concat('v', toString(voice)) AS id, 'customer' AS speaker,
          concat('made up ', toString(voice), repeat('文', 40)) AS text, 'zh' AS lang, 1 AS read, ${metric} AS metric,
          if(metric = 'nps', cityHash64(voice) % 11, 1 + cityHash64(voice) % 5) AS rating, if(metric = 'nps', 0, 1) AS rating_min,
          if(metric = 'nps', 10, 5) AS rating_max, 1 AS simulated, ${mood} AS sentiment, 0.5 AS score, 'none' AS emotion,
          [concat('aspect', toString(cityHash64(voice * 2) % 25))] AS aspects
        FROM (SELECT number AS voice FROM numbers(${from}, ${size}))`,
      { maxSeconds: 120 },
    )
    await analytics.command(
      sql`INSERT INTO mentions (${columns}, voice_id, ordinal, aspect, term, opinion, polarity, scene, quote, start, end, confidence, metric, rating01)
        SELECT ${tenant} AS tenant, ${shared}, concat('v', toString(voice)) AS voice_id, mention % 2 AS ordinal, ${aspect} AS aspect,
          'term' AS term, 'opinion' AS opinion, ['positive', 'negative', 'neutral'][cityHash64(mention, 'mood') % 3 + 1] AS polarity,
          if(mention % 4 = 0, 'sleep', '') AS scene, concat('made up ', toString(mention)) AS quote, 0 AS start, 8 AS end,
          0.9 AS confidence, ${metric} AS metric, (cityHash64(voice) % 5) / 4 AS rating01
        FROM (SELECT number AS mention, intDiv(number, 2) AS voice FROM numbers(${from * 2}, ${size * 2}))`,
      { maxSeconds: 120 },
    )
  }
  await analytics.command(
    sql`INSERT INTO events (tenant, day, at, source, order_id, product_id, merchant_id, category, customer_ref, city, channel, id, name, session, touchpoint, props, simulated)
      SELECT ${tenant} AS tenant, day, at, source, order_id, product_id, merchant_id, category, customer_ref, city, channel,
        concat('e', toString(voice)) AS id, 'view' AS name, concat('s', toString(intDiv(voice, 5))) AS session, ['fulfil.use', 'fulfil.deliver', 'browse.detail'][voice % 3 + 1] AS touchpoint,
        '{}' AS props, 1 AS simulated
      FROM (SELECT voice, ${shared} FROM (SELECT number AS voice FROM numbers(${SPEAKERS})))`,
    { maxSeconds: 120 },
  )
  await analytics.command(sql`
    INSERT INTO orders (tenant, order_id, line, version, digest, removed, source, product_id, category, merchant_id, customer_ref, city,
        channel, quantity, amount_minor, currency, ordered_at, ordered_day, promised_day, delivered_at, delivered_day, returned_at, refund_minor, simulated)
      SELECT ${tenant} AS tenant, order_id, 0 AS line, 1 AS version, '' AS digest, 0 AS removed, source, product_id, category, merchant_id,
        customer_ref, city, channel, 1 AS quantity, 19900 AS amount_minor, 'CNY' AS currency, at AS ordered_at, day AS ordered_day,
        day + 3 AS promised_day, at + 2 * 86400000 AS delivered_at, day + 2 AS delivered_day,
        if(voice % 130 = 0, at + 5 * 86400000, NULL) AS returned_at, if(voice % 130 = 0, 19900, NULL) AS refund_minor, 1 AS simulated
      FROM (SELECT voice, ${shared} FROM (SELECT number * 10 AS voice FROM numbers(${SPEAKERS / 10})))`)
  await keepFindings(
    db,
    tenant,
    Array.from({ length: 40 }, (_, place) => findingOf(place)),
    Date.now(),
  )
}

function findingOf(place: number) {
  const id = `finding${place}`
  const quotes = Array.from({ length: 6 }, () => ({ text: '文'.repeat(80) }))
  return { id, outcome: 'return', category: '取暖器', factor: 'aspect', aspect: `aspect${place}`, scene: '', quotes }
}
