import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { MAIN } from '../../src/core/tenant.ts'
import { createHttp } from '../../src/http/server.ts'
import { pseudonym } from '../../src/listen/mask.ts'
import { trusted } from '../../src/store/clickhouse/sql.ts'
import type { Stores } from '../../src/store/open.ts'
import { openDatabase } from '../http/database.ts'
import { temporaryFolder } from '../stores.ts'
import { everywhere, type Places, textColumnsOf } from './everywhere.ts'

/** The stores that the app opens: a process has one embedded ClickHouse, and this test looks into it. */
const opened = vi.hoisted(() => ({ stores: undefined as Stores | undefined }))
vi.mock('../../src/store/open.ts', async (load) => {
  const real = await load<typeof import('../../src/store/open.ts')>()
  const openStores: typeof real.openStores = async (options) => {
    const stores = await real.openStores(options)
    if (stores.ok) opened.stores = stores.value
    return stores
  }
  return { ...real, openStores }
})

// It looks through every column of every table, many times over.
vi.setConfig({ testTimeout: 240_000 })

const folder = temporaryFolder('erase')
const dataDir = path.join(folder.path, 'data')
const near = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
const PHONE = '13812346021'
const NAME = pseudonym(PHONE)
/** What the customer said, so long and odd that it stands nowhere by chance. */
const MARK = '鸵鸟踢翻了紫色的暖气片'
const DAY = '2026-02-01'
const at = Date.UTC(2026, 1, 1, 4)

let app: App
let http: ReturnType<typeof createHttp>
let db: pg.Client
let analytics: Places['analytics']

async function ask(target: string, body?: unknown) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const headers = { host: 'localhost', authorization: `Bearer ${app.localToken}`, 'content-type': 'application/json' }
  const answer = await http.request(
    `http://localhost/api/v1${target}${target.includes('?') ? '&' : '?'}tenant=main`,
    { ...init, headers },
    near,
  )
  return { status: answer.status, value: JSON.parse(await answer.text()) }
}
const send = (kind: 'voices' | 'events' | 'orders', records: object[]) =>
  app.ingest.accept({ tenant: MAIN, kind, source: 'shop', records })
const where = async (needles: readonly string[]) => everywhere({ db, analytics, dataDir }, needles)

/** One customer in every store, and beside them another whose data must stay. */
async function plant() {
  await ask('/privacy/settings', { keepOriginals: true, originalDays: 30 })
  const voice = { at, category: '取暖器', productId: 'p1' }
  await send('voices', [
    {
      ...voice,
      id: 'v-mine',
      text: `半夜声音太大，嗡嗡响，${MARK}，电话${PHONE}`,
      customerRef: PHONE,
      conversation: 'talk-1',
      orderId: 'order-77',
      rating: 1,
    },
    { ...voice, id: 'v-agent', text: `客服说${MARK}`, speaker: 'agent', conversation: 'talk-1', turn: 1 },
    { ...voice, id: 'v-order', text: `晚上声音太大${MARK}`, orderId: 'order-77' },
    {
      ...voice,
      id: 'v-other',
      text: '风扇声音太大',
      customerRef: 'somebody-else',
      conversation: 'talk-2',
      orderId: 'order-88',
    },
    { ...voice, id: 'v-bad', text: MARK, customerRef: PHONE, rating: 99 },
  ])
  await send('events', [
    { id: 'e-mine', name: 'page_viewed', at, customerRef: PHONE, session: 'sess-1' },
    { id: 'e-before', name: 'searched', at, session: 'sess-1', props: { query: MARK } },
    { id: 'e-return', name: 'return_received', at, orderId: 'order-77', props: { reason_code: MARK } },
    { id: 'e-other', name: 'page_viewed', at, customerRef: 'somebody-else', session: 'sess-2' },
  ])
  const order = { orderedAt: at, lines: [{ productId: 'p1', amountMinor: 19_900, returnedAt: at, returnReason: MARK }] }
  await send('orders', [
    { ...order, id: 'order-77', customerRef: PHONE, city: MARK },
    { ...order, id: 'order-88', customerRef: 'somebody-else', lines: [{ productId: 'p1', amountMinor: 500 }] },
  ])
  await app.ingest.idle()
  await app.corrections.apply(
    MAIN,
    { id: 'v-mine', day: DAY },
    { kind: 'sentiment', to: 'negative' },
    { actor: 'a', now: at },
  )
  await ask('/privacy/originals', { kind: 'voices', id: 'v-mine', day: DAY, reason: '顾客来电核对' })
  await plantBeside()
}

/** Rows that other parts of the product write in the course of weeks. */
async function plantBeside() {
  const run = (text: string, ...values: unknown[]) => db.query(text, values)
  await run(
    `insert into llm_readings (tenant, voice_id, day, key, asked, sentiment, added, dropped, turned) values ('main', 'v-mine', $1, 'k1', true, true, 0, 0, 0)`,
    DAY,
  )
  await run(`insert into llm_answers (tenant, key, answer) values ('main', 'k1', $1)`, JSON.stringify({ quote: MARK }))
  const quote = (voiceId: string, text: string) => ({ voiceId, text, start: 0, end: 2 })
  const driver = { quotes: [quote('v-mine', MARK), quote('v-other', '风扇声音太大')], counterQuotes: [] }
  await run(
    `insert into findings (tenant, id, outcome, category, factor, aspect, scene, driver, rank, current) values ('main', 'f-old', 'returned', '取暖器', 'aspect', 'noise', '', $1, 0, false)`,
    JSON.stringify(driver),
  )
  await run(
    `insert into ticket_changes (tenant, ticket_id, actor, from_state, to_state, note) values ('main', 1, 'a', 'open', 'answered', $1)`,
    `顾客原话：${MARK}，电话138****6021（${NAME}）`,
  )
  await run(
    `insert into alert_changes (tenant, incident_id, actor, what, note) values ('main', 'payments-1', 'a', 'acknowledge', $1)`,
    `顾客来电：${MARK}，电话138****6021（${NAME}）`,
  )
  await run(
    `insert into tickets (tenant, title, department, created_by, first_answer_due_at, close_due_at) values ('main', $1, 'quality', 'a', now(), now())`,
    JSON.stringify({ zh: `投诉：${MARK}，电话138****6021`, en: '' }),
  )
  await run(
    `insert into module_notes (tenant, id, module, from_day, to_day, text, decisions, ticket_ids, author, at)
      values ('main', 'n1', 'support', '2026-02-01', '2026-02-07', $1, $2, '[]', 'a', now())`,
    `会上读了：${MARK}`,
    JSON.stringify([`给顾客回电（${NAME}）`]),
  )
  await run(
    `insert into own_pack_versions (tenant, id, version, text, gold, changed_by) values ('main', 'own', 1, '{}', $1, 'a')`,
    JSON.stringify({ text: `${MARK}，电话138****6021` }),
  )
  const pending = {
    voices: [{ tenant: 'main', id: 'v-mine', day: DAY, text: MARK, customer_ref: NAME }],
    mentions: [{ voice_id: 'v-mine', day: DAY, quote: MARK }],
  }
  await run(
    `insert into rereads (tenant, word, pending, finished_at) values ('main', '声音', $1, now())`,
    JSON.stringify(pending),
  )
  await run(
    `insert into survey_invitations (tenant, id, survey_id, occasion, customer_ref, order_id, product_id, merchant_id, category, city, currency, invited_at, expires_at)
      values ('main', 'inv-1', 's1', 'order-77', $1, 'order-77', '', '', '', $2, 'CNY', now(), now())`,
    NAME,
    MARK,
  )
  await run(
    `insert into survey_responses (tenant, survey_id, id, slot, version, state, invitation_id, answers, language, channel, shown_at, saved_at, owing)
      values ('main', 's1', 'r-1', 'i:inv-1', 1, 'complete', 'inv-1', $1, 'zh', 'link', now(), now(), false)`,
    JSON.stringify({ why: MARK }),
  )
}

beforeAll(async () => {
  const started = await openApp({ dataDir, host: '127.0.0.1', port: 0, readerThreads: 0 }, (line) =>
    appendFileSync(path.join(dataDir, 'daystar.log'), `${line}\n`),
  )
  if (!started.ok) throw new Error(started.problem.message)
  app = started.value
  http = createHttp(app)
  db = await openDatabase(dataDir)
  analytics = { query: (text) => opened.stores!.analytics.query(trusted(text)) }
  await plant()
}, 120_000)
afterAll(async () => {
  await db.end()
  await app.close()
  folder.remove()
})

/** Every table in which the customer was planted: the search has to find them there, or it proves nothing afterwards. */
const planted = [
  'clickhouse voices',
  'clickhouse mentions',
  'clickhouse events',
  'clickhouse orders',
  'alert_changes',
  'amendments',
  'corrections',
  'dead_letters',
  'findings',
  'inbox',
  'llm_answers',
  'module_notes',
  'order_returns',
  'originals',
  'own_pack_versions',
  'rereads',
  'survey_invitations',
  'survey_responses',
  'ticket_changes',
  'tickets',
]
/** Tables that say nothing of a customer. A new table belongs into one of the two lists. */
const silent = [
  'alert_alarms',
  'alert_incidents',
  'alert_mutes',
  'alert_rounds',
  'alert_rules',
  'api_keys',
  'channels',
  'collect_keys',
  'connections',
  'funnels',
  'imports',
  'indicators',
  'interventions',
  'llm_days',
  'llm_readings',
  'llm_settings',
  'members',
  'module_changes',
  'module_figures',
  'module_owners',
  'module_targets',
  'original_looks',
  'own_packs',
  'own_words',
  'postings',
  'privacy_requests',
  'products',
  'refused_customers',
  'survey_quotas',
  'survey_versions',
  'surveys',
]
const needles = [MARK, NAME, 'order-77', 'v-mine']

describe('before', () => {
  test('the customer is found in every store that a customer can be in', async () => {
    await db.query('analyze')
    const found = await where(needles)
    expect(planted.filter((table) => !found.some((one) => one.startsWith(`${table}.`)))).toEqual([])
    expect(found.some((one) => one.startsWith('statistics of '))).toBe(true)
    expect(found.filter((one) => one.includes(PHONE))).toEqual([])
  })

  test('no table was forgotten by this test', async () => {
    const tables = new Set((await textColumnsOf(db)).filter(({ tenant }) => tenant).map(({ table }) => table))
    expect([...tables].filter((table) => !planted.includes(table) && !silent.includes(table))).toEqual([])
  })

  test('the telephone itself was never written anywhere, nor in a log', async () => {
    expect(await where([PHONE])).toEqual([])
  })

  test('an export holds all of it, opened, and nothing of anybody else', async () => {
    const { status, value } = await ask('/privacy/export', { customer: `+86 ${PHONE}` })
    expect(status).toBe(200)
    const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()
    expect(ids(value.voices)).toEqual(['v-agent', 'v-mine', 'v-order'])
    expect(ids(value.events)).toEqual(['e-before', 'e-mine', 'e-return'])
    expect(value.orders).toHaveLength(1)
    expect(JSON.stringify(value.originals)).toContain(PHONE)
    for (const part of ['mentions', 'deadLetters', 'corrections', 'surveyInvitations', 'surveyResponses'])
      expect(value[part].length, part).toBeGreaterThan(0)
    expect(JSON.stringify(value)).not.toContain('v-other')
  })
})

describe('erasing', () => {
  test('without a confirmation that repeats the customer nothing is erased', async () => {
    expect((await ask('/privacy/erase', { customer: PHONE, confirm: 'yes' })).status).toBe(422)
    expect((await where([MARK])).length).toBeGreaterThan(10)
  })

  test('leaves nothing of the customer in any table, log or dead letter, also of what arrives in the same moment', async () => {
    await send('voices', [{ id: 'v-late', text: `${MARK}又来了`, at, customerRef: PHONE }])
    const { status, value } = await ask('/privacy/erase', { customer: PHONE, confirm: PHONE, refuseLater: true })
    expect(status).toBe(200)
    expect(value.counts).toMatchObject({
      voices: 4,
      events: 3,
      orders: 1,
      dead_letters: 1,
      survey_responses: 1,
      findings: 1,
    })
    await app.ingest.idle()
    expect(await where([MARK, PHONE, NAME, 'order-77'])).toEqual([])
    const mine = (await where(['v-mine', 'v-agent', 'v-order', 'v-late'])).filter(
      (one) => !one.startsWith('rereads.after'),
    )
    expect(mine).toEqual([])
    // Sealed and derived rows say nothing that a search could find: they must be gone, not only be unreadable.
    for (const table of ['originals', 'amendments', 'corrections', 'llm_readings', 'llm_answers', 'survey_invitations'])
      expect((await db.query(`select count(*)::int as n from ${table}`)).rows[0].n, table).toBe(0)
  })

  test('leaves everybody else’s, and counts that agree with the records', async () => {
    const other = await where(['somebody-else'])
    for (const table of ['clickhouse voices', 'clickhouse events', 'clickhouse orders', 'inbox'])
      expect(
        other.some((one) => one.startsWith(`${table}.`)),
        table,
      ).toBe(true)
    expect((await db.query(`select driver::text as driver from findings where id = 'f-old'`)).rows[0].driver).toContain(
      '风扇声音太大',
    )
    const { rows } = await db.query(
      `select count, json_array_length(records::json) as held from inbox where tenant = 'main'`,
    )
    expect(rows.filter(({ count, held }) => count !== held)).toEqual([])
  })

  test('is on record with who, when and how much, and with nothing of whom', async () => {
    const { value } = await ask('/privacy')
    expect(value.requests.map(({ what, actor }: { what: string; actor: string }) => [what, actor])).toEqual([
      ['erase', 'cli'],
      ['export', 'cli'],
    ])
    expect(value.looks).toMatchObject([{ actor: 'cli', reason: '顾客来电核对', recordId: '', found: true }])
    expect(JSON.stringify(value)).not.toMatch(new RegExp(`${PHONE}|${NAME}|v-mine`))
  })

  test('asked for again, finds nothing more', async () => {
    const { value } = await ask('/privacy/erase', { customer: PHONE, confirm: PHONE })
    expect(Object.values(value.counts).filter((n) => n !== 0)).toEqual([])
  })
})

describe('afterwards', () => {
  test('a customer who is not to be taken in again is refused by name of no one, and orders lose whose they are', async () => {
    const said = await send('voices', [{ id: 'v-again', text: MARK, at, customerRef: '138-1234-6021' }])
    expect(said).toMatchObject({ ok: true, value: { kept: 0, dead: [{ place: 0, field: 'customerRef' }] } })
    await send('orders', [
      { id: 'order-99', orderedAt: at, customerRef: PHONE, lines: [{ amountMinor: 100, returnReason: MARK }] },
    ])
    await app.ingest.idle()
    expect(await where([MARK, PHONE, NAME])).toEqual([])
    expect((await where(['order-99'])).some((one) => one.startsWith('clickhouse orders.'))).toBe(true)
  })

  test('kept orders lose whose they are, and keep what the books need', async () => {
    const { value } = await ask('/privacy/erase', {
      customer: 'somebody-else',
      confirm: 'somebody-else',
      keepOrders: true,
    })
    expect(value.counts.orders).toBe(1)
    expect(await where(['somebody-else', 'v-other'])).toEqual([])
    const rows = await analytics.query<{ amount: number; who: string }>(
      `SELECT toInt64(amount_minor) AS amount, customer_ref AS who FROM orders WHERE order_id = 'order-88'`,
    )
    expect(rows.map(({ amount, who }) => [Number(amount), who])).toEqual([[500, '']])
  })

  test('turning originals off removes those that were kept', async () => {
    await send('voices', [{ id: 'v-new', text: '打15912345678找我', at, customerRef: 'third' }])
    expect((await ask('/privacy')).value.originals).toBe(1)
    expect(
      (await ask('/privacy/originals', { kind: 'voices', id: 'v-new', day: DAY, reason: 'x' })).value.said.text,
    ).toBe('打15912345678找我')
    expect((await ask('/privacy/settings', { keepOriginals: false })).value.originals).toBe(0)
    expect((await ask('/privacy/originals', { kind: 'voices', id: 'v-new', day: DAY, reason: 'x' })).status).toBe(404)
  })
})

test('control: the search sees what is left in any one table', async () => {
  const columns = (await textColumnsOf(db)).filter(
    ({ table, column, type }) =>
      type === 'text' && planted.includes(table) && /note|text|record|driver|sealed|word|city/.test(column),
  )
  expect(columns.length).toBeGreaterThan(4)
  for (const { table, column } of columns) {
    await db.query('begin')
    await db.query(`set local session_replication_role = replica`)
    const { rowCount } = await db.query(
      `update "${table}" set "${column}" = "${column}" || $1 where ctid = (select ctid from "${table}" limit 1)`,
      [MARK],
    )
    const found = await everywhere({ db, analytics, dataDir }, [MARK])
    expect(found, `${table}.${column}`).toEqual(rowCount === 0 ? [] : [`${table}.${column}`])
    await db.query('rollback')
  }
  appendFileSync(path.join(dataDir, 'daystar.log'), `${MARK}\n`)
  expect(await where([MARK])).toEqual(['log daystar.log'])
  expect(
    readdirSync(dataDir)
      .filter((name) => name.endsWith('.log'))
      .every((name) => readFileSync(path.join(dataDir, name)).length > 0),
  ).toBe(true)
})
