/**
 * Cuts the power of PostgreSQL under load (row 2): what was not synced is forgotten, then the next start must still have every batch that
 * was acknowledged.
 *
 *   node test/reliability/power/cut.ts --rounds 5 --acks 300 [--fsync off]     (off is the control: it must lose some)
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { MAIN } from '../../../src/core/tenant.ts'
import { accept } from '../../../src/listen/accept.ts'
import { openStores } from '../../../src/store/open.ts'
import { unprivilegedAccount } from '../../../src/store/postgres/account.ts'
import { findBinaries } from '../../../src/store/postgres/binaries.ts'
import { openEmbeddedPostgres } from '../../../src/store/postgres/embedded.ts'
import { temporaryFolder } from '../../stores.ts'
import { buildForgetful, forgetUnsynced } from './forget.ts'

export interface CutReport {
  acknowledged: number
  forgotten: number
  /** Acknowledged batches that are not there afterwards; all of them where the server does not even start. */
  lost: number
}

const SENDERS = 4

/** Undefined where there is no C compiler to build the write layer with. */
export async function cutPower(
  rounds: number,
  acks: number,
  fsync: 'on' | 'off',
  log: (line: string) => void,
): Promise<CutReport | undefined> {
  const folder = temporaryFolder('power')
  try {
    const library = buildForgetful(folder.path)
    if (!library) return undefined
    const place = await layCluster(path.join(folder.path, 'cluster'))
    const acknowledged = new Set<string>()
    const report: CutReport = { acknowledged: 0, forgotten: 0, lost: 0 }
    for (let round = 0; round < rounds; round++) {
      const notes = path.join(folder.path, `notes-${round}`, 'log')
      mkdirSync(path.dirname(notes))
      chmodSync(path.dirname(notes), 0o777)
      await loadAndCut({ ...place, library, notes, fsync, acks, round }, path.join(folder.path, 'desk'), acknowledged)
      const forgotten = forgetUnsynced(notes)
      rmSync(notes)
      report.forgotten += forgotten
      report.acknowledged = acknowledged.size
      report.lost = await missing(place.dataDir, acknowledged)
      log(
        `round ${round + 1}: ${acknowledged.size} acknowledged in all, ${forgotten} writes forgotten, ${report.lost} lost`,
      )
      if (report.lost > 0) break
    }
    return report
  } finally {
    folder.remove()
  }
}

/** The files of a server, made and migrated in the usual way; it is at rest when this returns. */
async function layCluster(dataDir: string): Promise<{ dataDir: string; pgdata: string; password: string }> {
  mkdirSync(dataDir)
  chmodSync(dataDir, 0o755)
  const server = await openEmbeddedPostgres(dataDir)
  if (!server.ok) throw new Error(server.problem.message)
  const client = new pg.Client({ connectionString: server.value.url })
  await client.connect()
  const { rows } = await client.query<{ at: string }>("select current_setting('data_directory') as at")
  await client.end()
  await server.value.stop()
  return { dataDir, pgdata: rows[0]!.at, password: new URL(server.value.url).password }
}

interface Load {
  pgdata: string
  password: string
  library: string
  notes: string
  fsync: 'on' | 'off'
  acks: number
  round: number
}

async function loadAndCut(load: Load, desk: string, acknowledged: Set<string>): Promise<void> {
  const { pgdata, password, round, acks } = load
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const postmaster = startForgetful(load, port)
  const databaseUrl = `postgres://daystar:${password}@127.0.0.1:${port}/postgres`
  await untilReady(pgdata)
  const opened = await openStores({ dataDir: path.join(desk, String(round)), databaseUrl })
  if (!opened.ok) throw new Error(opened.problem.message)
  const stores = opened.value
  let next = 0
  let cut = false
  const send = async () => {
    while (!cut) {
      const key = `r${round}-${next++}`
      const records = Array.from({ length: 20 }, (_, i) => ({
        id: `${key}-${i}`,
        name: 'pay',
        at: Date.UTC(2026, 2, 1),
      }))
      const about = { tenant: MAIN, source: 's', kind: 'events', zone: 'Asia/Shanghai' } as const
      const answer = await accept(stores, { ...about, records, idempotencyKey: key })
      if (answer.ok) acknowledged.add(key)
      if (next >= acks && !cut) {
        cut = true
        killTree(postmaster)
      }
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, send))
  await stores.close()
}

/** As the product starts it, but with the write layer before it, and with checkpoints now and then. */
function startForgetful({ pgdata, library, notes, fsync }: Load, port: number): number {
  const account = unprivilegedAccount(pgdata)
  const binaries = account.ok ? findBinaries(account.value) : account
  if (!account.ok || !binaries.ok) throw new Error('PostgreSQL cannot be run here')
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    wal_level: 'minimal',
    max_wal_senders: 0,
  }
  const more = { io_method: 'sync', shared_buffers: '16MB', max_wal_size: '32MB', bgwriter_delay: '10ms', fsync }
  const flags = Object.entries({ ...settings, ...more }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(binaries.value.postgres, ['-D', pgdata, ...flags], {
    cwd: pgdata,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      LC_ALL: 'C',
      TZ: 'UTC',
      LD_PRELOAD: library,
      FORGET_LOG: notes,
      FORGET_ROOT: pgdata,
    },
    uid: account.value?.uid,
    gid: account.value?.gid,
  })
  return child.pid!
}

async function untilReady(pgdata: string): Promise<void> {
  for (let look = 0; look < 1_500; look++) {
    try {
      if (readFileSync(path.join(pgdata, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready') return
    } catch {
      // Not there yet.
    }
    await sleep(20)
  }
  throw new Error('PostgreSQL did not start under the write layer')
}

/** The server and all its processes, so that none writes on after the cut. */
function killTree(postmaster: number): void {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === postmaster)
  for (const pid of [postmaster, ...children.map(Number)]) process.kill(pid, 'SIGSTOP')
  for (const pid of [postmaster, ...children.map(Number)]) process.kill(pid, 'SIGKILL')
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

/** Starts the server in the usual way and counts which acknowledged batches it does not have. */
async function missing(dataDir: string, acknowledged: ReadonlySet<string>): Promise<number> {
  const server = await openEmbeddedPostgres(dataDir)
  if (!server.ok) return acknowledged.size
  const client = new pg.Client({ connectionString: server.value.url })
  await client.connect()
  try {
    const { rows } = await client.query<{ key: string; records: string }>(
      'select idempotency_key as key, records from inbox where count = 20',
    )
    const there = new Set(rows.filter((row) => JSON.parse(row.records).length === 20).map((row) => row.key))
    return [...acknowledged].filter((key) => !there.has(key)).length
  } catch {
    return acknowledged.size
  } finally {
    await client.end()
    await server.value.stop()
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { rounds: { type: 'string' }, acks: { type: 'string' }, fsync: { type: 'string' } },
  })
  const fsync = values.fsync === 'off' ? 'off' : 'on'
  const report = await cutPower(Number(values.rounds ?? 5), Number(values.acks ?? 300), fsync, console.log)
  console.log(report ? JSON.stringify(report) : 'There is no C compiler here: the write layer could not be built.')
  process.exitCode = report && report.lost === 0 ? 0 : 1
  setImmediate(() => process.exit())
}
