import type { Core } from '../app.ts'
import { wilson } from '../core/share.ts'
import type { TenantId } from '../core/tenant.ts'
import { type Driver, findDrivers } from '../measure/drivers/find.ts'
import { findOperation } from '../measure/drivers/operations.ts'
import { findOutcome } from '../measure/drivers/outcomes.ts'
import { indicators } from '../measure/indicators/list.ts'
import { measureIndicator } from '../measure/indicators/measure.ts'
import { type Slice, wholeSlice, within } from '../measure/slice.ts'
import { sql } from '../store/clickhouse/sql.ts'
import type { Report, ReportDriver } from './report/shape.ts'
import type { Period } from './tenancy.ts'

/** Aspects listed a category, drivers listed a category, quotes under each. */
const ASPECTS = 12
const DRIVERS = 8
const QUOTES = 3

export type Reports = ReturnType<typeof createReports>

/** Gathers the findings of a period as data; src/app/report/ prints it. */
export function createReports(core: Core) {
  const { stores, tenancy, names, reader } = core

  const aspectCounts = (slice: Slice) =>
    stores.analytics.query<{ category: string; aspect: string; n: number; negative: number }>(sql`
      SELECT category, aspect, count() AS n, countIf(polarity = 'negative') AS negative
      FROM mentions WHERE ${within(slice, 'mentions')} GROUP BY category, aspect ORDER BY negative DESC`)

  const categoryCounts = (slice: Slice) =>
    stores.analytics.query<{ category: string; n: number }>(sql`
      SELECT category, count() AS n FROM voices WHERE ${within(slice, 'voices')} AND speaker = 'customer' GROUP BY category ORDER BY n DESC LIMIT 60`)

  return async function report(tenant: TenantId, asked: Partial<Period>, now: number): Promise<Report> {
    const about = await tenancy.find(tenant)
    const extent = await tenancy.extent(tenant)
    const period = { ...(extent ?? (await tenancy.period(tenant, asked, now))), ...given(asked) }
    const slice = wholeSlice(tenant, period.from, period.to)
    const asking = { asOf: await tenancy.knownUntil(tenant, now), returnWindowDays: about.settings.returnWindowDays }
    const [found, counts, aspects, categories] = await Promise.all([
      findDrivers(stores.analytics, { slice, names: names.forMeasure, ...asking }),
      countVoices(slice),
      aspectCounts(slice),
      categoryCounts(slice),
    ])
    const summaries = await Promise.all(indicators.map((one) => measureIndicator(stores.analytics, one, slice, asking)))
    const everywhere = found.drivers.filter((driver) => driver.category === '')
    return {
      tenant: { id: tenant, name: about.name, simulated: about.simulated },
      period,
      madeAt: new Date(now).toISOString().slice(0, 16).replace('T', ' '),
      reader: { engine: reader.engine, note: null },
      counts,
      indicators: indicators
        .map(({ zh, en, unit }, at) => ({ name: { zh, en }, unit, estimate: summaries[at]!.estimate }))
        .filter((one) => one.estimate.n > 0),
      apart: everywhere.filter((driver) => driver.factor === 'undelivered').map(asApart),
      drivers: everywhere.filter((driver) => driver.factor !== 'undelivered').map(asPrinted),
      categories: categories.map(({ category, n }) => ({
        category,
        voices: n,
        drivers: found.drivers
          .filter((driver) => driver.category === category)
          .slice(0, DRIVERS)
          .map(asPrinted),
        aspects: aspects
          .filter((row) => row.category === category)
          .slice(0, ASPECTS)
          .map((row) => ({
            name: names.aspect(row.aspect),
            n: row.n,
            negative: row.negative,
            negativeShare: wilson(row.negative, row.n),
          })),
      })),
      candidates: found.candidates,
      method: METHOD,
    }
  }

  function asPrinted(driver: Driver): ReportDriver {
    const { effect, unit, exposed, control, volume, q, sentence, category } = driver
    const what = driver.factor === 'aspect' ? names.aspect(driver.aspect) : findOperation(driver.factor)!
    return {
      outcome: findOutcome(driver.outcome)!,
      category,
      what: { zh: what.zh, en: what.en },
      sentence,
      effect,
      unit,
      exposed,
      control,
      volume,
      q,
      quotes: driver.quotes.slice(0, QUOTES).map(({ voiceId, text, start, end }) => ({ voiceId, text, start, end })),
    }
  }

  async function countVoices(slice: Slice): Promise<Report['counts']> {
    const [langs, orders] = await Promise.all([
      stores.analytics.query<{ lang: string; n: number; seen: number }>(
        sql`SELECT lang, count() AS n, countIf(read = 1) AS seen FROM voices WHERE ${within(slice, 'voices')} AND speaker = 'customer' AND text != '' GROUP BY lang`,
      ),
      stores.analytics.query<{ n: number }>(
        sql`SELECT uniqExact(order_id) AS n FROM orders FINAL WHERE ${within(slice, 'orders')}`,
      ),
    ])
    const read = langs.reduce((sum, row) => sum + row.seen, 0)
    const unread = langs.map((row) => ({ lang: row.lang, n: row.n - row.seen })).filter((row) => row.n > 0)
    return { voices: langs.reduce((sum, row) => sum + row.n, 0), read, unread, orders: orders[0]?.n ?? 0 }
  }
}

const asApart = (driver: Driver): Report['apart'][number] => {
  const { zh, en } = findOperation(driver.factor)!
  return { what: { zh, en }, outcome: findOutcome(driver.outcome)!, estimate: driver.exposed }
}

const given = (asked: Partial<Period>): Partial<Period> =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))

const METHOD = {
  zh: '每条洞察比较“有此抱怨（或运营事实）”与“没有”的同商品订单或评价：分层（Mantel–Haenszel）差值，Sato 方差，95% 区间。结果变量（评分、退货、调研）来自顾客行为，不来自本引擎的情感判断。',
  en: 'Each finding compares orders or reviews with the complaint (or fact of the operation) to others of the same product without it: stratified (Mantel–Haenszel) difference, Sato variance, 95% interval. Outcomes (ratings, returns, surveys) come from what customers did, never from this reader’s own sentiment.',
}
