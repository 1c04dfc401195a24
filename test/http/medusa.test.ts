import { createHmac } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { MAIN } from '../../src/core/tenant.ts'
import type { HonoApp } from '../../src/http/env.ts'
import { createHttp } from '../../src/http/server.ts'
import { sql } from '../../src/store/clickhouse/sql.ts'
import { temporaryFolder } from '../stores.ts'

/** A Medusa 2 as its reference describes it: a secret key as the name of a basic login, amounts in units, its own bodies of errors. */
const KEY = 'sk_test'
const SECRET = 's3cret'
const order = (id: string) => ({
  ...{
    id,
    version: 1,
    display_id: 7,
    status: 'pending',
    payment_status: 'captured',
    fulfillment_status: 'not_fulfilled',
  },
  ...{
    currency_code: 'eur',
    customer_id: 'cus_1',
    email: 'ada@example.org',
    region_id: 'reg_1',
    sales_channel_id: 'sc_1',
  },
  ...{ created_at: '2026-03-01T10:00:00.000Z', updated_at: '2026-03-02T10:00:00.000Z', canceled_at: null },
  ...{ total: 54.9, subtotal: 50, tax_total: 0, shipping_total: 4.9, summary: { raw_paid_total: { value: '54.9' } } },
  shipping_address: { city: 'Oslo', country_code: 'no', address_1: 'Street 1', phone: '+47 400 00 000' },
  items: [
    {
      ...{ id: 'ordli_1', title: 'White', product_title: 'Lamp', product_id: 'prod_1', variant_id: 'variant_1' },
      ...{ unit_price: 25, raw_unit_price: { value: '25', precision: 20 }, quantity: 2, total: 50 },
      detail: { quantity: 2, fulfilled_quantity: 0, return_received_quantity: 0 },
    },
  ],
  payment_collections: [{ id: 'paycol_1', payments: [{ id: 'pay_1', amount: 54.9, refunds: [] }] }],
  fulfillments: [],
})

const answers: Record<string, (response: http.ServerResponse) => void> = {
  order_known: (response) => json(response, 200, { order: order('order_known') }),
  order_busy: (response) => json(response.setHeader('retry-after', '7'), 429, { message: 'Too many requests' }),
  order_broken: (response) => json(response, 500, { code: 'unknown_error', message: 'An unknown error occurred.' }),
  order_page: (response) => response.end('<!doctype html><title>Sign in</title>'),
  order_huge: (response) => {
    response.write('{"order":{"metadata":"')
    const piece = 'x'.repeat(1024 * 1024)
    const more = () => {
      while (!response.destroyed && response.write(piece));
    }
    response.on('drain', more)
    more()
  },
  order_slow: () => {},
}
const json = (response: http.ServerResponse, status: number, body: object) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const folder = temporaryFolder('medusa')
let app: App
let door: HonoApp
let medusa: http.Server
let base = ''

beforeAll(async () => {
  medusa = http.createServer((request, response) => {
    const id = /^\/admin\/orders\/(order_\w+)$/.exec(request.url!)?.[1]
    const basic = `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`
    if (request.headers.authorization !== basic) return json(response, 401, { message: 'Unauthorized' })
    const answer = id === undefined ? undefined : answers[id]
    if (answer) return answer(response)
    return json(response, 404, { type: 'not_found', message: `Order id not found: ${id}` })
  })
  await new Promise<void>((resolve) => medusa.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(medusa.address() as AddressInfo).port}`
  const dataDir = path.join(folder.path, 'data')
  const opened = await openApp({ dataDir, host: '127.0.0.1', port: 0, readerThreads: 0, allow: [base] }, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  door = createHttp(app)
}, 120_000)
afterAll(async () => {
  await app.close()
  medusa.closeAllConnections()
  medusa.close()
  folder.remove()
})

async function connect(token = KEY): Promise<string> {
  const settings = { secret: SECRET, baseUrl: base, token }
  const wish = { source: 'medusa', way: 'webhook' as const, name: 'shop', settings }
  const made = await app.connections.make(MAIN, wish, { actor: 'test', now: 0 })
  if (!made.ok) throw new Error(made.problem.message)
  return made.value.id
}

async function told(connection: string, id: string) {
  const body = JSON.stringify({ name: 'order.placed', data: { id } })
  const headers = { 'x-medusa-signature': createHmac('sha256', SECRET).update(body).digest('hex') }
  const answer = await door.request(`http://shop.example/api/v1/hooks/${connection}`, { method: 'POST', body, headers })
  const { error, kept } = (await answer.json()) as { error?: { code: string }; kept?: number }
  const [{ problem }] = (await app.connections.list(MAIN)).filter((one) => one.id === connection) as [never]
  return { status: answer.status, code: error?.code, kept, noted: (problem as { code: string } | null)?.code }
}

test('an event that names an order only has it fetched; the same again stores nothing', async () => {
  const connection = await connect()
  const first = await told(connection, 'order_known')
  expect(first).toMatchObject({ status: 200, noted: undefined })
  expect(await told(connection, 'order_known')).toEqual(first)
  await app.ingest.idle()
  const stored = sql`SELECT order_id, amount_minor, quantity, currency, customer_ref, city FROM orders FINAL`
  expect(await app.stores.analytics.query(stored)).toEqual([
    {
      ...{ order_id: 'order_known', amount_minor: 5000, quantity: 2, currency: 'EUR' },
      ...{ customer_ref: 'cus_1', city: 'Oslo' },
    },
  ])
})

test.each([
  ['that is gone', 'order_gone', 503, 'system_refused'],
  ['that Medusa is too busy for', 'order_busy', 429, 'busy'],
  ['that Medusa breaks on', 'order_broken', 503, 'system_refused'],
  ['that does not come in time', 'order_slow', 503, 'timeout'],
  ['in place of which a page comes', 'order_page', 422, 'payload_invalid'],
  ['that is larger than an order can be', 'order_huge', 413, 'too_large'],
])(
  'an order %s is noted, and the sender is told whether to come again',
  async (_, id, status, code) => {
    expect(await told(await connect(), id)).toMatchObject({ status, code, noted: code })
  },
  60_000,
)

test('a key that Medusa does not take is said, and what came meanwhile comes in once it is mended', async () => {
  const connection = await connect('another')
  expect(await told(connection, 'order_known')).toMatchObject({ status: 503, code: 'system_refused' })
  await app.connections.reset(MAIN, connection, { token: KEY }, 0)
  expect(await told(connection, 'order_known')).toMatchObject({ status: 200, noted: undefined })
})
