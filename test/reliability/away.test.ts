import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Result } from '../../src/core/result.ts'
import { type TenantId, tenantId } from '../../src/core/tenant.ts'
import { type Accepted, accept } from '../../src/listen/accept.ts'
import { startReader } from '../../src/listen/reader.ts'
import { echo } from '../../src/listen/trial.ts'
import { sql } from '../../src/store/clickhouse/sql.ts'
import { openStores, type Stores } from '../../src/store/open.ts'
import { openEmbeddedPostgres } from '../../src/store/postgres/embedded.ts'
import { temporaryFolder } from '../stores.ts'

/**
 * A store that goes away for a while under load (row 13): senders are told to come again, memory stays bounded, and in the end every
 * acknowledged record is there once. PostgreSQL is reached through a relay that a test can cut; ClickHouse fails at its port.
 */
const folder = temporaryFolder('away')
let relay: Relay
let stores: Stores
let stopPostgres: () => Promise<void>

beforeAll(async () => {
  const postgres = await openEmbeddedPostgres(path.join(folder.path))
  if (!postgres.ok) throw new Error(postgres.problem.message)
  stopPostgres = postgres.value.stop
  const url = new URL(postgres.value.url)
  relay = await openRelay(Number(url.port))
  url.port = String(relay.port)
  const opened = await openStores({ dataDir: path.join(folder.path, 'data'), databaseUrl: url.href })
  if (!opened.ok) throw new Error(opened.problem.message)
  stores = opened.value
}, 120_000)
afterAll(async () => {
  relay.mend()
  await stores.close()
  relay.close()
  await stopPostgres()
  folder.remove()
})

interface Relay {
  port: number
  cut(): void
  mend(): void
  close(): void
}

async function openRelay(to: number): Promise<Relay> {
  const sockets = new Set<Socket>()
  let whole = true
  const server: Server = createServer((near) => {
    if (!whole) return void near.destroy()
    const far = connect(to, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        other.destroy()
        sockets.delete(one)
      })
      one.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      whole = false
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      whole = true
    },
    close: () => server.close(),
  }
}

const at = Date.UTC(2026, 2, 1, 4)

/** Sends batches without rest until told to stop; a batch that was turned away is sent again with its key. */
function load(into: Stores, tenant: TenantId, limits = { records: 1_000_000, bytes: 1e9 }) {
  const acknowledged = new Set<string>()
  const said: Record<string, number> = {}
  let stopped = false
  let next = 0
  const send = async (): Promise<void> => {
    while (!stopped) {
      const n = next++
      const records = Array.from({ length: 20 }, (_, i) => ({ id: `${n}-${i}`, name: 'pay', at }))
      const batch = { tenant, source: 's', kind: 'events', zone: 'Asia/Shanghai', records, limits } as const
      for (;;) {
        const code = await answerTo(() => accept(into, { ...batch, idempotencyKey: `k${n}` }))
        said[code] = (said[code] ?? 0) + 1
        if (code === 'ok') break
        if (stopped) return
        await sleep(20)
      }
      for (const { id } of records) acknowledged.add(id)
    }
  }
  const running = Promise.all(Array.from({ length: 8 }, send))
  return {
    acknowledged,
    said,
    async stop() {
      stopped = true
      await running
    },
  }
}

async function answerTo(send: () => Promise<Result<Accepted>>): Promise<string> {
  try {
    const answer = await send()
    return answer.ok ? 'ok' : answer.problem.code
  } catch (error) {
    return `thrown: ${(error as Error).message}`
  }
}

async function stored(tenant: TenantId): Promise<{ n: number; different: number }> {
  const [row] = await stores.analytics.query<{ n: number; different: number }>(
    sql`SELECT count() AS n, uniqExact(id) AS different FROM events WHERE tenant = ${tenant}`,
  )
  return row!
}

describe('a store that is away for a while under load', () => {
  test('PostgreSQL: senders are told so, and all that was acknowledged is there once', async () => {
    const tenant = tenantId.parse('pg-away')
    const reader = startReader({ stores, readAll: echo, onChanged: () => {}, log: () => {}, pollMs: 50 })
    const senders = load(stores, tenant)
    for (let outage = 0; outage < 3; outage++) {
      await sleep(400)
      const before = { ...senders.said }
      relay.cut()
      await sleep(700)
      expect(senders.said.store_away ?? 0).toBeGreaterThan(before.store_away ?? 0)
      relay.mend()
    }
    await sleep(500)
    await senders.stop()
    await reader.idle()
    await reader.stop()
    const { n, different } = await stored(tenant)
    expect(n).toBe(different)
    const { rows } = await stores.pg.query<{ n: string }>('select sum(count) as n from inbox where tenant = $1', [
      tenant,
    ])
    // A batch whose answer was lost may be there without having been acknowledged; none may be missing.
    expect(n).toBe(Number(rows[0]!.n))
    expect(n).toBeGreaterThanOrEqual(senders.acknowledged.size)
    const missing = await missingOf(tenant, senders.acknowledged)
    expect(missing).toEqual([])
    expect(Object.keys(senders.said).sort(), 'nothing but plain answers').toEqual(['ok', 'store_away'])
  }, 60_000)

  test('ClickHouse: the inbox fills up to its limit, senders get "busy", and it drains to equality', async () => {
    const tenant = tenantId.parse('ch-away')
    let away = false
    const refuse = () => Promise.reject(new Error('connection refused'))
    const { analytics } = stores
    const faulty: Stores = {
      ...stores,
      analytics: {
        ...analytics,
        query: (...asked) => (away ? refuse() : analytics.query(...asked)),
        insert: (...rows) => (away ? refuse() : analytics.insert(...rows)),
      },
    }
    const reader = startReader({ stores: faulty, readAll: echo, onChanged: () => {}, log: () => {}, pollMs: 50 })
    away = true
    const senders = load(stores, tenant, { records: 4_000, bytes: 1e9 })
    // The backlog is looked up once a second: what the test before left may say "busy" for a moment.
    const isFull = async () => (senders.said.busy ?? 0) > 0 && (await reader.waiting()) >= 4_000
    for (let i = 0; i < 400 && !(await isFull()); i++) await sleep(50)
    expect(senders.said.busy).toBeGreaterThan(0)
    // What is in flight at the limit and what a second's look does not see yet.
    const held = await reader.waiting()
    expect(held).toBeGreaterThanOrEqual(4_000)
    await sleep(1_500)
    expect(await reader.waiting()).toBeLessThanOrEqual(held + 8 * 20)
    away = false
    await sleep(1_500)
    const accepted = senders.said.ok!
    await senders.stop()
    expect(senders.said.ok, 'the door is open again').toBeGreaterThanOrEqual(accepted)
    await reader.idle()
    await reader.stop()
    expect(await missingOf(tenant, senders.acknowledged)).toEqual([])
    expect(await stored(tenant)).toEqual({ n: senders.acknowledged.size, different: senders.acknowledged.size })
  }, 60_000)
})

async function missingOf(tenant: TenantId, acknowledged: Set<string>): Promise<string[]> {
  const rows = await stores.analytics.query<{ id: string }>(sql`SELECT id FROM events WHERE tenant = ${tenant}`)
  const there = new Set(rows.map(({ id }) => id))
  return [...acknowledged].filter((id) => !there.has(id))
}
