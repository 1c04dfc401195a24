/**
 * What others feel of those who send slowly: batches at a steady pace, in turn with nobody beside them and with senders whose bodies come
 * byte by byte. Prints how long the answers took and the server's processor time, each way.
 *
 *   UV_THREADPOOL_SIZE=16 node bench/slow.ts [--slow 50] [--every 10] [--rounds 4] [--batches 600] [--connections 4] [--rest 20]
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Order, Told } from './ingest-sender.ts'
import { openServer } from './ingest-server.ts'
import { machine, numberOption, quantile, scratch } from './rig.ts'

const slow = numberOption('slow', 50)
const everyMs = numberOption('every', 10)
const batches = numberOption('batches', 600)
const { app, server, port, token } = await openServer(scratch('slow'))

interface Felt {
  took: number[]
  cpuMs: number
  refused: number
}
const felt: Record<'alone' | 'beside', Felt> = {
  alone: { took: [], cpuMs: 0, refused: 0 },
  beside: { took: [], cpuMs: 0, refused: 0 },
}

console.log(`slow: batches of 100 events, alone and beside ${slow} senders of one byte every ${everyMs} ms`)
console.log(machine())
await round('warm', { took: [], cpuMs: 0, refused: 0 })
for (let i = 0; i < numberOption('rounds', 4); i++) {
  await round(`alone${i}`, felt.alone)
  const senders = fork(path.join(import.meta.dirname, 'slow-senders.ts'), [port, slow, everyMs, token].map(String))
  await sleep(1_000)
  await round(`beside${i}`, felt.beside)
  senders.kill()
  await once(senders, 'exit')
}
for (const [name, { took, cpuMs, refused }] of Object.entries(felt)) {
  const [half, most, slowest] = [0.5, 0.99, 1].map((p) => quantile(took, p).toFixed(1))
  const cpu = (cpuMs / took.length).toFixed(2)
  console.log(
    `  ${name.padEnd(8)} ${took.length} answers in ${half} ms (p99 ${most}, slowest ${slowest}); ${cpu} ms of CPU each; ${refused} refused`,
  )
}
console.log(machine())
server.close()
await app.close()
process.exit(0)

async function round(run: string, into: Felt): Promise<void> {
  const child: ChildProcess = fork(path.join(import.meta.dirname, 'ingest-sender.ts'))
  const load = { kind: 'events', records: batches * 100, batch: 100, run } as const
  const pace = { connections: numberOption('connections', 4), restMs: numberOption('rest', 20) }
  child.send({ ...load, ...pace, port, path: '/api/v1/events?tenant=main', token } satisfies Order)
  await once(child, 'message')
  const before = process.cpuUsage()
  child.send('go')
  const [told] = (await once(child, 'message')) as [Told]
  const { user, system } = process.cpuUsage(before)
  child.kill()
  into.took.push(...told.took)
  into.cpuMs += (user + system) / 1_000
  into.refused += told.took.length - (told.statuses['200'] ?? 0)
  await app.ingest.idle()
}
