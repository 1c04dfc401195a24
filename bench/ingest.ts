/**
 * How fast records come in over HTTP: acknowledged, which means synced to disk, and understood and queryable. The sender is another
 * process on the same machine. Bare in the same run: JSON.parse of the same bodies, each written to a file and synced; and an HTTP
 * server whose handler does nothing.
 *
 *   UV_THREADPOOL_SIZE=16 node bench/ingest.ts [--batches 1] [--single 1] [--events 1] [--reviews 1] [--seconds 5] [--connections 16]
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { MAIN } from '../src/core/tenant.ts'
import { sql } from '../src/store/clickhouse/sql.ts'
import { bodiesOf, type Load } from './ingest-bodies.ts'
import type { Order, Told } from './ingest-sender.ts'
import { openServer } from './ingest-server.ts'
import { count, machine, numberOption, quantile, scratch, timed } from './rig.ts'

const connections = numberOption('connections', 16)
const wanted = (part: string) => numberOption(part, 1) > 0
const folder = scratch('ingest')
const { app, server, port, token } = await openServer(folder)

console.log(`ingest: ${connections} connections, sender in another process on the same machine`)
console.log(machine())
if (wanted('batches')) {
  const load = { kind: 'events', records: numberOption('batch-records', 400_000), batch: 100 } as const
  const bare = await parseAndSync({ ...load, run: 'bare' })
  console.log(`batches of 100 events`)
  console.log(`  bare: JSON.parse, write, fsync   ${perSecond(load.records, bare)} records/s`)
  const told = await sendTo('/api/v1/events?tenant=main', { ...load, run: 'warm' }, port)
  report('acknowledged, first round', load.records, told)
  await app.ingest.idle()
  const again = await sendTo('/api/v1/events?tenant=main', { ...load, run: 'door' }, port)
  report('acknowledged', load.records, again)
  console.log(`  ratio: acknowledged takes ${(again.ms / bare).toFixed(1)} × bare`)
  await app.ingest.idle()
}
if (wanted('single')) {
  const load = { kind: 'events', records: numberOption('single-records', 40_000), batch: 1 } as const
  // One record a request: only many senders at once can share a sync.
  const many = connections * 4
  console.log(`single events, ${many} connections`)
  for (const [name, server] of [
    ['bare: node:http, empty handler', plainServer()],
    ['bare: Hono, empty handler', honoServer()],
  ] as const) {
    const at = await server
    report(name, load.records, await sendTo('/', { ...load, run: 'empty' }, at.port, many))
    at.close()
  }
  report(
    'acknowledged',
    load.records,
    await sendTo('/api/v1/events?tenant=main', { ...load, run: 'single' }, port, many),
  )
  await app.ingest.idle()
}
if (wanted('events'))
  await endToEnd({ kind: 'events', records: numberOption('event-records', 300_000), batch: 1_000, run: 'e2e' })
if (wanted('reviews'))
  await endToEnd({ kind: 'voices', records: numberOption('review-records', 30_000), batch: 100, run: 'e2e' })
console.log(machine())
server.close()
await app.close()
process.exit(0)

/** The clock runs from the first request until a question counts every record. */
async function endToEnd(load: Load): Promise<void> {
  const begun = performance.now()
  const before = spent()
  const told = await sendTo(`/api/v1/${load.kind}?tenant=main`, load, port)
  await app.ingest.idle()
  const cost = perRecord(load.records, before)
  const [row] = await stored(load)
  const ms = performance.now() - begun - told.prepared
  if (row!.n !== load.records) throw new Error(`${load.records} sent, ${row!.n} counted`)
  console.log(`${load.kind} to queryable`)
  report('acknowledged', load.records, told)
  console.log(`  queryable                        ${perSecond(load.records, ms)} records/s; ${cost}`)
}

/** Processor time of this process so far, and of its main thread alone, in microseconds; what PostgreSQL and the sender use is not in it. */
function spent(): { all: number; main: number } {
  const total = ({ user, system }: NodeJS.CpuUsage) => user + system
  return { all: total(process.cpuUsage()), main: total(process.threadCpuUsage()) }
}

function perRecord(records: number, before: { all: number; main: number }): string {
  const now = spent()
  const [all, main] = [now.all - before.all, now.main - before.main].map((us) => (us / records).toFixed(1))
  return `${all} µs of CPU a record, ${main} of it on the main thread`
}

function stored({ kind, run }: Load): Promise<{ n: number }[]> {
  const mine = sql`tenant = ${MAIN} AND startsWith(id, ${`${run}-`})`
  const { query } = app.stores.analytics
  return kind === 'events'
    ? query(sql`SELECT count() AS n FROM events WHERE ${mine}`)
    : query(sql`SELECT count() AS n FROM voices WHERE ${mine}`)
}

async function sendTo(
  target: string,
  load: Load,
  toPort: number,
  lines = connections,
): Promise<Told & { prepared: number; cost: string }> {
  const child = fork(path.join(import.meta.dirname, 'ingest-sender.ts'))
  const begun = performance.now()
  child.send({ ...load, port: toPort, path: target, token, connections: lines } satisfies Order)
  await once(child, 'message')
  const prepared = performance.now() - begun
  const before = spent()
  child.send('go')
  const [told] = (await once(child, 'message')) as [Told]
  child.kill()
  return { ...told, prepared, cost: perRecord(load.records, before) }
}

function report(name: string, records: number, { ms, took, statuses, cost }: Told & { cost: string }): void {
  const [half, most, slowest] = [0.5, 0.99, 1].map((p) => quantile(took, p).toFixed(1))
  const refused = Object.entries(statuses).filter(([status]) => status !== '200')
  const said = refused.length > 0 ? `; answers ${JSON.stringify(statuses)}` : ''
  console.log(
    `  ${name.padEnd(32)} ${perSecond(records, ms)} records/s, answers in ${half} ms (p99 ${most}, slowest ${slowest}); ${cost}${said}`,
  )
}

function perSecond(records: number, ms: number): string {
  return count(records / (ms / 1_000)).padStart(9)
}

async function parseAndSync(load: Load): Promise<number> {
  const bodies = [...bodiesOf(load)].map((body) => Buffer.from(body))
  const out = openSync(path.join(folder, 'bare.jsonl'), 'w')
  let records = 0
  const { ms } = await timed(() => {
    for (const body of bodies) {
      records += (JSON.parse(body.toString()) as unknown[]).length
      writeSync(out, body)
      fsyncSync(out)
    }
  })
  closeSync(out)
  if (records !== load.records) throw new Error('the bare loop read something else')
  return ms
}

async function plainServer() {
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.end('{"data":{}}'))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

async function honoServer() {
  const hono = new Hono()
  hono.post('*', async (c) => {
    await c.req.text()
    return c.json({ data: {} })
  })
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const made = serve({ fetch: hono.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(made))
  })
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}
