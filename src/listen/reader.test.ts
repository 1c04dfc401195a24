import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../core/clock.ts'
import type { Readable } from '../core/reading.ts'
import type { TenantId } from '../core/tenant.ts'
import { sql } from '../store/clickhouse/sql.ts'
import type { Stores } from '../store/open.ts'
import { unreadBatches } from './inbox.ts'
import { startReader } from './reader.ts'
import { replayDeadLetter } from './replay.ts'
import { prepareRound, writeRound } from './round.ts'
import { echo, openTrial } from './trial.ts'

let trial: Awaited<ReturnType<typeof openTrial>>
beforeAll(async () => {
  trial = await openTrial()
}, 120_000)
afterAll(() => trial.close())

const at = Date.UTC(2026, 2, 1, 4)
const DAY = 86_400_000
const voices = (tenant: TenantId, records: unknown[], source = 'shop') =>
  trial.send({ tenant, source, kind: 'voices', records })
const orders = (tenant: TenantId, records: unknown[]) => trial.send({ tenant, source: 'shop', kind: 'orders', records })

interface Line {
  line: number
  quantity: number
  removed: number
}
const linesOf = (tenant: string, order: string) =>
  trial.stores.analytics.query<Line>(
    sql`SELECT line, quantity, removed FROM orders FINAL WHERE tenant = ${tenant} AND order_id = ${order} ORDER BY line`,
  )

test('a copy names the voice whose words it has, within its own tenant', async () => {
  const [tenant, other] = [trial.tenant(), trial.tenant()]
  await voices(tenant, [
    { id: 'first', text: '好', at },
    { id: 'agent', text: '好', at, speaker: 'agent' },
    { id: 'second', text: '好', at },
  ])
  await voices(other, [{ id: 'third', text: '好', at }])
  const findCopies = (texts: readonly string[]) =>
    texts.map((text, i) => (texts.indexOf(text) < i ? texts.indexOf(text) : null))
  await trial.read({ findCopies })
  const rows = await trial.stores.analytics.query(
    sql`SELECT id, copy_of FROM voices WHERE tenant IN ${[tenant, other]} ORDER BY id`,
  )
  expect(rows).toEqual([
    { id: 'agent', copy_of: '' },
    { id: 'first', copy_of: '' },
    { id: 'second', copy_of: 'first' },
    { id: 'third', copy_of: '' },
  ])
})

describe('a voice is counted once', () => {
  test('whether its repeat comes in the same batch, the same round, a later round or by another source', async () => {
    const tenant = trial.tenant()
    const one = { id: 'same', text: '好', at }
    await voices(tenant, [one, one])
    await voices(tenant, [one, { id: 'other', text: '好', at }])
    await trial.read({ roundRecords: 1 })
    await voices(tenant, [one], 'elsewhere')
    await trial.read()
    expect(await trial.count('voices', tenant)).toBe(2)
    expect(await trial.count('mentions', tenant)).toBe(2)
  })

  test('within seven days of the first; farther away an id has been given out anew', async () => {
    const tenant = trial.tenant()
    for (const day of [0, 7, -7, 8]) {
      await voices(tenant, [{ id: 'edge', text: '好', at: at + day * DAY }])
      await trial.read()
    }
    expect(await trial.count('voices', tenant)).toBe(2)
  })

  test('after a crash between any two steps of a round', async () => {
    for (const failing of ['voices', 'events', 'orders', 'markRead'] as const) {
      const tenant = trial.tenant()
      await voices(tenant, [
        { text: '好', at },
        { text: '差', at },
      ])
      await trial.send({ tenant, source: 'shop', kind: 'events', records: [{ name: 'pay', at }] })
      await orders(tenant, [{ id: 'o', orderedAt: at, lines: [{}, {}] }])
      const broken = { stores: failingAt(trial.stores, failing), readAll: echo }
      const batches = await unreadBatches(trial.stores.db, 1_000, [])
      await expect(writeRound(broken, await prepareRound(broken, batches))).rejects.toThrow('the power went')
      await trial.read()
      const counts = await Promise.all(
        (['voices', 'mentions', 'events', 'orders'] as const).map((table) => trial.count(table, tenant)),
      )
      expect(counts).toEqual([2, 2, 1, 2])
    }
  })

  test('whatever is sent, in whatever batches and rounds', async () => {
    const record = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      text: fc.constant('好'),
      at: fc.constant(at),
    })
    const run = fc.asyncProperty(
      fc.array(fc.array(record, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 8 }),
      async (batches, roundRecords) => {
        const tenant = trial.tenant()
        for (const records of batches) await voices(tenant, records)
        await trial.read({ roundRecords })
        const expected = new Set(batches.flat().map(({ id }) => id)).size
        expect(await trial.count('voices', tenant)).toBe(expected)
        expect(await trial.count('mentions', tenant)).toBe(expected)
      },
    )
    await fc.assert(run, { numRuns: 12 })
  })
})

/** Stores in which one step of the writing fails. */
function failingAt(stores: Stores, step: 'voices' | 'events' | 'orders' | 'markRead'): Stores {
  const analytics = {
    ...stores.analytics,
    insert: async (table: string, rows: readonly object[]) => {
      if (table === step) throw new Error('the power went')
      await stores.analytics.insert(table, rows)
    },
  }
  const db = step === 'markRead' ? failingUpdates(stores.db) : stores.db
  return { ...stores, analytics, db }
}

function failingUpdates(db: Stores['db']): Stores['db'] {
  return new Proxy(db, {
    get(target, name) {
      if (name === 'updateTable')
        return () => {
          throw new Error('the power went')
        }
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

describe('what the language engine is asked', () => {
  test('only the customer’s words; all else is kept unread', async () => {
    const tenant = trial.tenant()
    const asked: Readable[] = []
    await voices(tenant, [
      { id: 'c', text: '太吵了', at, kind: 'chat' },
      { id: 'a', text: '亲，抱歉给您带来不便', at, speaker: 'agent', kind: 'chat' },
      { id: 'r', rating: 1, at },
    ])
    await trial.read({
      readAll: (batch) => {
        asked.push(...batch)
        return echo(batch)
      },
    })
    expect(asked).toEqual([{ text: '太吵了', category: undefined, kind: 'chat' }])
    const rows = await trial.stores.analytics.query(
      sql`SELECT id, read, lang, sentiment, aspects, negative_aspects, scenes FROM voices WHERE tenant = ${tenant} ORDER BY id`,
    )
    expect(rows).toEqual([
      { id: 'a', read: 0, lang: 'other', sentiment: 'neutral', aspects: [], negative_aspects: [], scenes: [] },
      {
        id: 'c',
        read: 1,
        lang: 'zh',
        sentiment: 'negative',
        aspects: ['noise'],
        negative_aspects: ['noise'],
        scenes: ['sleep'],
      },
      { id: 'r', read: 0, lang: '', sentiment: 'neutral', aspects: [], negative_aspects: [], scenes: [] },
    ])
  })

  test('with the category and merchant of the catalogue where the voice names only its product', async () => {
    const tenant = trial.tenant()
    await trial.send({
      tenant,
      source: 'shop',
      kind: 'products',
      records: [{ id: 'p', title: '暖风机', category: '取暖器', merchantId: 'm' }],
    })
    await voices(tenant, [{ id: 'v', text: '太吵了', at, productId: 'p' }])
    await orders(tenant, [{ id: 'o', orderedAt: at, lines: [{ productId: 'p' }] }])
    await trial.read()
    const tables = [sql`voices`, sql`mentions`, sql`orders`]
    const found = tables.map((table) =>
      trial.stores.analytics.query(sql`SELECT category, product_id FROM ${table} WHERE tenant = ${tenant}`),
    )
    expect(await Promise.all(found)).toEqual(tables.map(() => [{ category: '取暖器', product_id: 'p' }]))
  })

  test('the day is the local day of the record’s own zone', async () => {
    const tenant = trial.tenant()
    const late = Date.UTC(2026, 2, 1, 17)
    await voices(tenant, [
      { id: 'sh', text: '好', at: late },
      { id: 'ny', text: '好', at: late, zone: 'America/New_York' },
    ])
    await trial.read()
    const rows = await trial.stores.analytics.query(
      sql`SELECT id, day FROM voices WHERE tenant = ${tenant} ORDER BY id`,
    )
    expect(rows).toEqual([
      { id: 'ny', day: '2026-03-01' },
      { id: 'sh', day: addDays('2026-03-01', 1) },
    ])
  })
})

describe('an order', () => {
  const order = (fields: object, ...quantities: number[]) => ({
    id: 'o',
    orderedAt: at,
    lines: quantities.map((quantity) => ({ quantity })),
    ...fields,
  })

  test('is replaced by a later record, and lines that it no longer has are removed', async () => {
    const tenant = trial.tenant()
    await orders(tenant, [order({}, 1, 2, 3)])
    await trial.read()
    await orders(tenant, [order({}, 5)])
    await trial.read()
    expect(await linesOf(tenant, 'o')).toEqual([
      { line: 0, quantity: 5, removed: 0 },
      { line: 1, quantity: 0, removed: 1 },
      { line: 2, quantity: 0, removed: 1 },
    ])
  })

  test('goes by updatedAt, whatever the order of arrival', async () => {
    const tenant = trial.tenant()
    await orders(tenant, [order({ updatedAt: at + 2 }, 2)])
    await trial.read()
    await orders(tenant, [order({ updatedAt: at + 1 }, 1)])
    await trial.read()
    expect(await linesOf(tenant, 'o')).toEqual([{ line: 0, quantity: 2, removed: 0 }])
  })

  test('that is an exact repeat writes nothing', async () => {
    const tenant = trial.tenant()
    for (let i = 0; i < 3; i++) {
      await orders(tenant, [order({}, 1, 2)])
      await trial.read()
    }
    expect(await trial.count('orders', tenant)).toBe(2)
  })

  test('ends the same whatever the rounds, however often its records come', async () => {
    const version = fc.record({ updatedAt: fc.integer({ min: 0, max: 3 }), lines: fc.integer({ min: 1, max: 4 }) })
    const run = fc.asyncProperty(
      fc.array(version, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      async (versions, roundRecords) => {
        const tenant = trial.tenant()
        for (const { updatedAt, lines } of versions)
          await orders(tenant, [order({ updatedAt: at + updatedAt }, ...Array.from({ length: lines }, () => lines))])
        await trial.read({ roundRecords })
        const newest = Math.max(...versions.map(({ updatedAt }) => updatedAt))
        const last = versions.findLast(({ updatedAt }) => updatedAt === newest)!
        const kept = (await linesOf(tenant, 'o')).filter((line) => line.removed === 0)
        expect(kept.map(({ quantity }) => quantity)).toEqual(Array.from({ length: last.lines }, () => last.lines))
      },
    )
    await fc.assert(run, { numRuns: 12 })
  })
})

describe('a return that comes apart from its order', () => {
  const order = {
    id: 'o',
    orderedAt: at,
    updatedAt: at,
    lines: [
      { productId: 'p', amountMinor: 900 },
      { productId: 'q', amountMinor: 500 },
    ],
  }
  const received = {
    id: 'r1',
    name: 'return_received',
    at: at + DAY,
    orderId: 'o',
    productId: 'q',
    props: { reason_code: '太吵' },
  }
  const refunded = {
    id: 'r2',
    name: 'order_refunded',
    at: at + 2 * DAY,
    orderId: 'o',
    productId: 'q',
    props: { refundMinor: 400, currency: 'CNY' },
  }
  const events = (tenant: TenantId, records: unknown[]) =>
    trial.send({ tenant, source: 'warehouse', kind: 'events', records })
  const returnsOf = (tenant: TenantId) =>
    trial.stores.analytics.query<{
      product_id: string
      returned_at: number | null
      return_reason: string
      refund_minor: number | null
    }>(
      sql`SELECT product_id, returned_at, return_reason, refund_minor FROM orders FINAL WHERE tenant = ${tenant} AND removed = 0 ORDER BY line`,
    )
  const kept = { product_id: 'p', returned_at: null, return_reason: '', refund_minor: null }
  const back = { product_id: 'q', returned_at: at + DAY, return_reason: '太吵', refund_minor: 400 }

  test('is joined to it, whichever comes first, doubled, and in whatever rounds', async () => {
    const run = fc.asyncProperty(
      fc.shuffledSubarray(['order', 'order', 'received', 'received', 'refunded'] as const, { minLength: 5 }),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      async (sending, roundRecords, together) => {
        const tenant = trial.tenant()
        for (const one of sending) {
          if (one === 'order') await orders(tenant, [order])
          else await events(tenant, [one === 'received' ? received : refunded])
          if (!together) await trial.read({ roundRecords })
        }
        await trial.read({ roundRecords })
        expect(await returnsOf(tenant)).toEqual([kept, back])
      },
    )
    await fc.assert(run, { numRuns: 12 })
  })

  test('finds the line that it names, although it names no product and two lines have the same one', async () => {
    const lines = [11, 12].map((id) => ({ id: String(id), productId: 'p', amountMinor: 900 }))
    const { productId: _, ...named } = { ...received, props: { ...received.props, line_id: '12' } }
    for (const isFirst of [true, false]) {
      const tenant = trial.tenant()
      if (isFirst) await events(tenant, [named])
      await orders(tenant, [{ ...order, lines }])
      await trial.read()
      if (!isFirst) await events(tenant, [named])
      await trial.read()
      const returned = { ...kept, returned_at: at + DAY, return_reason: '太吵' }
      expect(await returnsOf(tenant)).toEqual([kept, returned])
    }
  })

  test('stays when the order is replaced, and gives way to what the order itself then says of it', async () => {
    const tenant = trial.tenant()
    await events(tenant, [received])
    await orders(tenant, [order])
    await trial.read()
    await orders(tenant, [{ ...order, updatedAt: at + 1, city: '上海' }])
    await trial.read()
    expect(await returnsOf(tenant)).toEqual([kept, { ...back, refund_minor: null }])
    const told = { productId: 'q', amountMinor: 500, returnedAt: at + 3 * DAY, returnReason: '噪音', refundMinor: 450 }
    await orders(tenant, [{ ...order, updatedAt: at + 2, lines: [order.lines[0], told] }])
    await trial.read()
    const own = { ...back, returned_at: at + 3 * DAY, return_reason: '噪音', refund_minor: 450 }
    expect(await returnsOf(tenant)).toEqual([kept, own])
    await events(tenant, [refunded])
    await trial.read()
    expect(await returnsOf(tenant)).toEqual([kept, own])
  })

  test('that is only asked for, of another tenant, simulated or in another currency’s money changes nothing', async () => {
    const [tenant, other] = [trial.tenant(), trial.tenant()]
    await orders(tenant, [order])
    await events(tenant, [
      { ...received, id: 'asked', name: 'return_requested' },
      { ...received, id: 'made-up', simulated: true },
      { ...refunded, id: 'dollars', props: { refundMinor: 400, currency: 'USD' } },
    ])
    await events(other, [received])
    await trial.read()
    expect(await returnsOf(tenant)).toEqual([kept, { ...kept, product_id: 'q' }])
    expect(await trial.count('orders', tenant)).toBe(2)
  })

  test('is joined although a crash came between', async () => {
    const tenant = trial.tenant()
    await orders(tenant, [order])
    await trial.read()
    await events(tenant, [received])
    for (const failing of ['orders', 'markRead'] as const) {
      const broken = { stores: failingAt(trial.stores, failing), readAll: echo }
      const batches = await unreadBatches(trial.stores.db, 1_000, [])
      await expect(writeRound(broken, await prepareRound(broken, batches))).rejects.toThrow('the power went')
    }
    await trial.read()
    expect(await returnsOf(tenant)).toEqual([kept, { ...back, refund_minor: null }])
  })
})

describe('the reader', () => {
  test('sets a batch that cannot be read aside, visibly, while all others go on; it can be tried again', async () => {
    const tenant = trial.tenant()
    const poisoned = async (batch: Readable[]) => {
      if (batch.some(({ text }) => text === '毒')) throw new Error('the engine choked')
      return echo(batch)
    }
    await trial.stores.db
      .insertInto('tenants')
      .values({ id: tenant, name: tenant, zone: 'Asia/Shanghai', simulated: false })
      .execute()
    await voices(tenant, [{ text: '好一', at }])
    await voices(tenant, [{ text: '毒', at }])
    await voices(tenant, [{ text: '好二', at }])
    const log = await trial.read({ readAll: poisoned })
    expect(await trial.count('voices', tenant)).toBe(2)
    expect(log.join('\n')).toContain('was set aside after 5 attempts: the engine choked')
    const letter = await trial.stores.db
      .selectFrom('dead_letters')
      .selectAll()
      .where('tenant', '=', tenant)
      .executeTakeFirstOrThrow()
    expect(letter).toMatchObject({ field: 'batch', reason: 'could not be read after 5 attempts: the engine choked' })

    expect(await replayDeadLetter(trial.stores, tenant, letter.id)).toMatchObject({ ok: true, value: { kept: 1 } })
    await trial.read()
    expect(await trial.count('voices', tenant)).toBe(3)
  })

  test('blames no batch while a store is away, and goes on when it is back', async () => {
    const tenant = trial.tenant()
    await voices(tenant, [{ text: '好', at }])
    let failures = 0
    const away =
      <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
      (...args: A) =>
        failures++ < 30 ? Promise.reject(new Error('connection refused')) : call(...args)
    const { analytics } = trial.stores
    const flaky = { ...analytics, query: away(analytics.query.bind(analytics)) as typeof analytics.query }
    await trial.read({ stores: { ...trial.stores, analytics: flaky }, pollMs: 1 })
    expect(await trial.count('voices', tenant)).toBe(1)
    const row = await trial.stores.db
      .selectFrom('inbox')
      .select('attempts')
      .where('tenant', '=', tenant)
      .executeTakeFirstOrThrow()
    expect(row.attempts).toBe(0)
  })

  test('two readers at once write everything once', async () => {
    const tenant = trial.tenant()
    const options = { stores: trial.stores, readAll: echo, onChanged: () => {}, log: () => {}, pollMs: 5 }
    const readers = [startReader(options), startReader(options)]
    for (let i = 0; i < 10; i++)
      await voices(tenant, [
        { id: `v${i}`, text: '好', at },
        { id: `v${i + 1}`, text: '好', at },
      ])
    for (const reader of readers) await reader.idle()
    for (const reader of readers) await reader.stop()
    expect(await trial.count('voices', tenant)).toBe(11)
  })

  test('tells each tenant’s changes', async () => {
    const tenant = trial.tenant()
    const told: object[] = []
    await voices(tenant, [{ text: '好', at }])
    await trial.read({ onChanged: (changes) => told.push(...changes) })
    expect(told).toEqual([{ tenant, voices: 1, mentions: 1, events: 0, orders: 0, products: 0 }])
  })
})

describe('stopping', () => {
  /** A reader whose voices are being understood when it is stopped, and how that ends. */
  async function stoppedWhile(understood: 'is done' | 'is broken off') {
    const tenant = trial.tenant()
    await voices(tenant, [{ id: 'v', text: '太吵', at }])
    const begun = Promise.withResolvers<void>()
    const ending = Promise.withResolvers<void>()
    const lines: string[] = []
    const reader = startReader({
      stores: trial.stores,
      readAll: async (voices) => {
        begun.resolve()
        await ending.promise
        return echo(voices)
      },
      onChanged: () => {},
      log: (line) => lines.push(line),
    })
    await begun.promise
    const stopped = reader.stop()
    if (understood === 'is done') ending.resolve()
    else ending.reject(new Error('The pool of readers is closed.'))
    await stopped
    return { tenant, lines }
  }

  test.each(['is done', 'is broken off'] as const)(
    'writes nothing that is only understood (it %s): it is nobody’s failure, and is read at the next start',
    async (understood) => {
      const { tenant, lines } = await stoppedWhile(understood)
      expect(lines).toEqual([])
      const waiting = trial.stores.db.selectFrom('inbox').select(['attempts', 'read_at']).where('tenant', '=', tenant)
      expect(await waiting.execute()).toEqual([{ attempts: 0, read_at: null }])
      await trial.read()
      expect(await trial.count('voices', tenant)).toBe(1)
    },
  )
})
