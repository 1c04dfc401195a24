import { createReadStream, existsSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TenantId } from '../core/tenant.ts'
import { sql } from '../store/clickhouse/sql.ts'
import { type ImportRequest, importFile } from './import.ts'
import { openTrial } from './trial.ts'

let trial: Awaited<ReturnType<typeof openTrial>>
beforeAll(async () => {
  trial = await openTrial()
}, 120_000)
afterAll(() => trial.close())

const shared = path.resolve(import.meta.dirname, '../../../shared/data')
const olist = path.join(shared, 'olist_classified/orders.csv')

/** How the real orders are imported; docs/sources.md gives the same as a command. */
const olistOptions = {
  map: [
    'at=review_creation_date,text=review_comment_message,rating=review_score,category=product_category_name,city=customer_city',
    'order.id=id,order.orderedAt=order_purchase_timestamp,order.promisedAt=order_estimated_delivery_date',
    'order.deliveredAt=order_delivered_customer_date,order.amount=order_products_value',
    'order.facts.freight=order_freight_value,order.facts.items=order_items_qty,order.facts.sellers=order_sellers_qty',
  ],
  set: ['order.currency=BRL'],
  ignore: ['votes_*,most_voted_*'],
}

const importing = (
  tenant: TenantId,
  source: string,
  stream: AsyncIterable<Uint8Array>,
  more: Partial<ImportRequest> = {},
) =>
  importFile({
    stores: trial.stores,
    tenant,
    source,
    stream,
    fileName: 'a file',
    zone: 'Asia/Shanghai',
    options: {},
    ...more,
  })
const text = (file: string) => Readable.from([Buffer.from(file)])

describe('importing', () => {
  test('the same file twice adds nothing: no voices, and no dead letters either', async () => {
    const tenant = trial.tenant()
    const file =
      '评价,时间,评分\n很好,2026-03-01,5\n很好,2026-03-01,5\n差,2026-03-01,九\n,2026-03-01,\n多,2026-03-01,5,6\n'
    const results = [
      await importing(tenant, 'reviews-csv', text(file)),
      await importing(tenant, 'reviews-csv', text(file)),
    ]
    await trial.read()
    for (const result of results)
      expect(result).toMatchObject({ ok: true, value: { rows: 5, kept: 2, dead: 3, byKind: { voices: 2 } } })
    expect(await trial.count('voices', tenant)).toBe(2)
    const dead = await trial.stores.db
      .selectFrom('dead_letters')
      .selectAll()
      .where('tenant', '=', tenant)
      .orderBy('place')
      .execute()
    expect(dead.map(({ place, field }) => [place, field])).toEqual([
      [4, 'rating'],
      [5, 'text'],
      [6, 'row'],
    ])
    const imports = await trial.stores.db.selectFrom('imports').selectAll().where('tenant', '=', tenant).execute()
    expect(imports).toMatchObject([
      { rows: 5, kept: 2, dead: 3, file: 'a file' },
      { rows: 5, kept: 2, dead: 3 },
    ])
    expect(imports.every((row) => row.finished_at !== null)).toBe(true)
  })

  test('counts each reason once, with the first line where it is found', async () => {
    const file = [
      '评价,时间',
      ...Array.from({ length: 2_500 }, (_, i) => (i % 5 === 0 ? `好${i},昨天` : `好${i},2026-03-01`)),
    ].join('\n')
    const seen: number[] = []
    const result = await importing(trial.tenant(), 'reviews-csv', text(file), {
      onProgress: ({ rows }) => seen.push(rows),
    })
    expect(result).toMatchObject({
      ok: true,
      value: { rows: 2_500, kept: 2_000, dead: 500, reasons: [{ n: 500, field: 'at', firstLine: 2 }] },
    })
    expect(seen).toEqual([0, 1_000, 2_000, 2_500])
  })

  test('a file without one usable row is a problem that says why', async () => {
    const result = await importing(trial.tenant(), 'reviews-csv', text('评价,时间\n好,昨天\n'))
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'nothing_usable', remedy: expect.stringContaining('at is "昨天"') },
    })
    const empty = await importing(trial.tenant(), 'jsonl', text('\n'))
    expect(empty).toMatchObject({ ok: false, problem: { code: 'nothing_usable', message: 'The file holds no rows.' } })
  })

  test('dates that may be read in two ways are not guessed: the way out is said, and then taken', async () => {
    const tenant = trial.tenant()
    const file = '评价,时间\n好,3/2/26\n'
    const refused = await importing(tenant, 'auto', text(file))
    expect(refused).toMatchObject({
      problem: { code: 'nothing_usable', remedy: expect.stringContaining('--dates dmy') },
    })
    const taken = await importing(tenant, 'auto', text(file), { options: { dates: 'mdy' } })
    expect(taken).toMatchObject({ ok: true, value: { kept: 1 } })
    const unknown = await importing(tenant, 'auto', text(file), { options: { dates: 'd/m/y' } })
    expect(unknown).toMatchObject({ problem: { code: 'import_option' } })
  })

  test('a file that breaks off is a problem that says what was kept', async () => {
    const rows = Array.from({ length: 1_500 }, (_, i) => `好${i},2026-03-01\n`).join('')
    const result = await importing(trial.tenant(), 'reviews-csv', text(`评价,时间\n${rows}"好,2026-03-01\n`))
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'csv', message: expect.stringContaining('1500 records kept') },
    })
  })

  test('an unknown source, zone or option is a problem', async () => {
    const tenant = trial.tenant()
    expect(await importing(tenant, 'fax', text(''))).toMatchObject({ ok: false, problem: { code: 'source_unknown' } })
    expect(await importing(tenant, 'jsonl', text(''), { zone: 'Mars' })).toMatchObject({
      problem: { code: 'zone_unknown' },
    })
    for (const options of [{ delimiter: ';' }, { map: ['text'] }])
      expect(await importing(tenant, 'jsonl', text(''), { options })).toMatchObject({
        problem: { code: 'import_option' },
      })
  })

  test('JSON lines of all four kinds arrive', async () => {
    const tenant = trial.tenant()
    const lines = [
      { type: 'product', id: 'p', title: '暖风机', category: '取暖器' },
      {
        type: 'order',
        id: 'o',
        orderedAt: '2026-03-01T08:00:00+08:00',
        lines: [{ productId: 'p', amountMinor: 19_900 }],
      },
      { type: 'event', name: 'pay', at: 1_772_323_200_000, orderId: 'o' },
      { type: 'voice', id: 'v', text: '晚上太吵', at: 1_772_409_600_000, orderId: 'o', productId: 'p' },
    ]
    const result = await importing(tenant, 'jsonl', text(lines.map((line) => JSON.stringify(line)).join('\n')))
    expect(result).toMatchObject({
      ok: true,
      value: { kept: 4, byKind: { voices: 1, events: 1, orders: 1, products: 1 } },
    })
    await trial.read()
    const counts = await Promise.all(
      (['voices', 'events', 'orders'] as const).map((table) => trial.count(table, tenant)),
    )
    expect(counts).toEqual([1, 1, 1])
  })
})

describe.skipIf(!existsSync(olist))(
  'the real orders of olist_classified (skipped where ../shared/data is absent)',
  () => {
    test('come in whole: 3,584 voices and orders, those without a delivery date kept apart, and the same again adds nothing', async () => {
      const tenant = trial.tenant()
      const options = { options: olistOptions, zone: 'America/Sao_Paulo' }
      const first = await importing(tenant, 'reviews-csv', createReadStream(olist), options)
      expect(first).toMatchObject({ ok: true, value: { rows: 3_584, dead: 0, kept: 2 * 3_584 } })
      if (first.ok) expect(first.value.notes.join()).toContain('columns ignored as asked: votes_antes_prazo')
      await importing(tenant, 'reviews-csv', createReadStream(olist), options)
      await trial.read()
      const late = sql`SELECT countIf(delivered_day > promised_day) AS late, countIf(delivered_day IS NULL) AS undelivered, count() AS n
      FROM orders FINAL WHERE tenant = ${tenant}`
      expect(await trial.stores.analytics.query(late)).toEqual([{ late: 339, undelivered: 117, n: 3_584 }])
      const joined = sql`SELECT count() AS n, round(avg(rating), 2) AS score FROM voices WHERE tenant = ${tenant}
      AND order_id IN (SELECT order_id FROM orders FINAL WHERE tenant = ${tenant} AND delivered_day > promised_day)`
      expect(await trial.stores.analytics.query(joined)).toEqual([{ n: 339, score: 1.96 }])
    })
  },
)
