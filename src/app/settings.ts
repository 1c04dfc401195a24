import { cityWords } from '../core/cities.ts'
import type { TenantId } from '../core/tenant.ts'
import { touchpoints } from '../core/touchpoint.ts'
import type { Words } from '../core/words.ts'
import { toldReason } from '../listen/reasons/reason.ts'
import { touchpointFactor } from '../measure/drivers/factor.ts'
import { operations } from '../measure/drivers/operations.ts'
import { outcomes } from '../measure/drivers/outcomes.ts'
import { traits } from '../measure/drivers/traits.ts'
import { dimensionsOf } from '../measure/indicators/cases.ts'
import { dimensions, type Indicator } from '../measure/indicators/define.ts'
import { indicators } from '../measure/indicators/list.ts'
import { needsOf } from '../measure/indicators/needs.ts'
import { compileOwn } from '../measure/indicators/own/compile.ts'
import { keptIndicators } from '../measure/indicators/own/keep.ts'
import { voiceValues } from '../measure/indicators/own/vocabulary.ts'
import { mainCurrency } from '../measure/money.ts'
import { sql } from '../store/clickhouse/sql.ts'
import type { Access, Caller } from './access.ts'
import type { Core } from './core.ts'
import { valueNames } from './indicators/names.ts'
import type { Ingest } from './ingest.ts'
import type { Overlays } from './overlays.ts'
import { version } from './version.ts'

const SHOWN = 200

const namedOf = (names: Readonly<Record<string, Words>>) =>
  Object.entries(names).map(([id, words]) => ({ id, ...words }))

/** What a person may know of the place they work in: themselves, names for ids, and the machinery behind the figures. */
export function createSettings(core: Core, access: Access, ingest: Ingest, overlays: Overlays) {
  const { stores, tenancy, names, reader, config } = core
  const { db } = stores

  async function session(caller: Caller) {
    const tenants = await Promise.all(
      [...caller.rights].map(async ([id, right]) => {
        const { name, nameEn, zone } = await tenancy.find(id)
        const simulated = await tenancy.isSimulated(id)
        return { id, name, nameEn, zone, simulated, canWrite: right === 'write', extent: await tenancy.extent(id) }
      }),
    )
    return { user: caller.user, needsOwner: await access.needsOwner(), tenants, version }
  }

  async function catalogue(tenant: TenantId) {
    const [products, categories, cities, packs, kept, currency, { settings }] = await Promise.all([
      db.selectFrom('products').selectAll().where('tenant', '=', tenant).orderBy('title').limit(20_000).execute(),
      distinct(tenant, 'category'),
      distinct(tenant, 'city'),
      overlays.packsOf(tenant),
      keptIndicators(db, tenant),
      currencyOf(tenant),
      tenancy.find(tenant),
    ])
    const merchants = new Map(
      products.map((product) => [product.merchant_id, product.merchant_name || product.merchant_id]),
    )
    merchants.delete('')
    const titles = new Map(products.map(({ id, title }) => [id, title]))
    const nameOf = valueNames(names, {
      product: (id) => titles.get(id) ?? id,
      merchant: (id) => merchants.get(id) ?? id,
    })
    const own = kept.map((one) => compileOwn(one.id, one.definition, nameOf))
    const retired = new Set(kept.filter(({ retiredAt }) => retiredAt !== null).map(({ id }) => id))
    const inCurrency = ({ unit }: Indicator) => (unit === 'amount' && currency !== '' ? ` (${currency})` : '')
    return {
      categories: categories.map(names.category),
      cities: cities.map((id) => ({ id, ...cityWords(id) })),
      merchants: [...merchants].map(([id, name]) => ({ id, name })),
      products: products.map(({ id, title, category, merchant_id }) => ({
        id,
        title,
        category,
        merchantId: merchant_id,
      })),
      aspects: withOwn(
        names.aspects,
        packs.flatMap((pack) => pack.aspects),
        ({ id, zh, en, owner, touchpoint }) => ({ id, zh, en, owner, touchpoint }),
      ),
      scenes: withOwn(
        names.scenes,
        packs.flatMap((pack) => pack.scenes),
        ({ id, zh, en }) => ({ id, zh, en }),
      ),
      departments: names.departments,
      outcomes: outcomes.map(({ id, zh, en }) => ({ id, zh, en })),
      factors: [...operations, ...traits, touchpointFactor].map(({ id, zh, en }) => ({ id, zh, en })),
      touchpoints: [...touchpoints],
      promotions: settings.promotions.map(({ id, zh, en }) => ({ id, zh, en })),
      values: {
        kind: namedOf(voiceValues.kind),
        polarity: namedOf(voiceValues.polarity),
        emotion: namedOf(voiceValues.emotion),
        urgency: namedOf(voiceValues.urgency),
        speaker: namedOf(voiceValues.speaker),
      },
      indicators: [...(indicators as readonly Indicator[]), ...own].map((one) => ({
        id: one.id,
        table: one.counting.table,
        own: one.group === 'own',
        retired: retired.has(one.id),
        zh: one.zh + inCurrency(one),
        en: one.en + inCurrency(one),
        group: one.group,
        unit: one.unit,
        interval: one.interval,
        percent: one.percent ?? null,
        beside: one.beside ?? null,
        higherIsBetter: one.higherIsBetter,
        knownAfterDays: one.knownAfterDays ?? 0,
        send: needsOf(one.id),
        formula: one.formula,
        formulaZh: one.formulaZh,
        dimensions: dimensionsOf(one, dimensions),
      })),
    }
  }

  async function currencyOf(tenant: TenantId): Promise<string> {
    const [row] = await stores.analytics.query<{ currency: string }>(sql`SELECT ${mainCurrency(tenant)} AS currency`)
    return row?.currency ?? ''
  }

  async function distinct(tenant: TenantId, column: 'category' | 'city'): Promise<string[]> {
    const asked =
      column === 'category'
        ? sql`SELECT category AS key, count() AS n FROM voices WHERE tenant = ${tenant} AND category != '' GROUP BY key ORDER BY n DESC LIMIT ${SHOWN}`
        : sql`SELECT city AS key, count() AS n FROM voices WHERE tenant = ${tenant} AND city != '' GROUP BY key ORDER BY n DESC LIMIT ${SHOWN}`
    return (await stores.analytics.query<{ key: string }>(asked)).map((row) => row.key)
  }

  async function settings(tenant: TenantId) {
    const [
      { id, name, zone, settings: rules },
      simulated,
      keys,
      letters,
      lettersInAll,
      imports,
      inboxWaiting,
      postgres,
    ] = await Promise.all([
      tenancy.find(tenant),
      tenancy.isSimulated(tenant),
      access.listKeys(tenant),
      deadLetters(tenant),
      db
        .selectFrom('dead_letters')
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .where('tenant', '=', tenant)
        .where('replayed_at', 'is', null)
        .executeTakeFirstOrThrow(),
      ingest.imports(tenant),
      ingest.waiting(),
      stores.pg.query<{ version: string }>("select current_setting('server_version') as version"),
    ])
    return {
      tenant: { id, name, zone, simulated, ...rules },
      keys,
      deadLetters: letters,
      deadLetterCount: Number(lettersInAll.n),
      imports,
      inboxWaiting,
      engines: [
        {
          name: 'PostgreSQL',
          version: postgres.rows[0]!.version,
          where: config.databaseUrl ? 'DATABASE_URL' : 'embedded',
        },
        {
          name: 'ClickHouse',
          version: stores.analytics.version(),
          where: config.clickhouseUrl ? 'CLICKHOUSE_URL' : 'embedded',
        },
      ],
      reader: {
        version: reader.engine,
        packs: reader.packs.map((pack) => ({
          id: pack.id,
          zh: pack.zh,
          en: pack.en,
          aspects: pack.aspects.length,
          scenes: pack.scenes.length,
        })),
      },
    }
  }

  async function deadLetters(tenant: TenantId) {
    const rows = await db
      .selectFrom('dead_letters')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('replayed_at', 'is', null)
      .orderBy('id', 'desc')
      .limit(SHOWN)
      .execute()
    return rows.map((row) => ({
      id: String(row.id),
      source: row.source,
      kind: row.kind,
      place: row.place,
      field: row.field,
      reason: row.reason,
      told: toldReason(row.reason),
      record: row.record,
      receivedAt: row.received_at.getTime(),
    }))
  }

  return { session, catalogue, settings }
}

/** What ships, and behind it what only a tenant's own packs have. */
function withOwn<T extends { id: string }, P extends { id: string }>(
  shipped: readonly T[],
  all: readonly P[],
  named: (one: P) => T,
): T[] {
  const known = new Set(shipped.map(({ id }) => id))
  const own = new Map(all.filter(({ id }) => !known.has(id)).map((one) => [one.id, named(one)]))
  return [...shipped, ...own.values()]
}
