import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { fail, ok, type Problem, type Result } from '../../core/result.ts'
import { isAlive } from '../process.ts'
import { type Account, unprivilegedAccount } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { createCluster, placeOf } from './cluster.ts'
import { clearAway, type Postmaster, readPostmaster } from './postmaster.ts'

/** A running PostgreSQL that belongs to one data folder. */
export interface EmbeddedPostgres {
  url: string
  pid: number
  /** True where a server that had outlived its last owner was found and taken over. */
  attached: boolean
  stop(): Promise<void>
}

const user = 'daystar'

/** Small, since one shop's desk runs beside it; what concerns durability (fsync, full_page_writes, synchronous_commit) stays at its safe default. */
const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '40',
  shared_buffers: '64MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '512MB',
  wal_compression: 'pglz',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  autovacuum_max_workers: '2',
  max_wal_senders: '0',
  wal_level: 'minimal',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
}

/**
 * Starts PostgreSQL on a data folder, or attaches to the one that still runs there after its owner was killed.
 *
 * It listens on the loopback address alone, at a free port, and asks for a random password that lies in the data folder for its owner to
 * read. (A socket file would do as well, but its path may not be longer than about 100 bytes, which a clone's often is.)
 * The caller holds the folder's lock.
 */
export async function openEmbeddedPostgres(dataDir: string): Promise<Result<EmbeddedPostgres>> {
  const account = unprivilegedAccount(path.join(dataDir, 'postgres'))
  if (!account.ok) return account
  const binaries = findBinaries(account.value)
  if (!binaries.ok) return binaries
  try {
    const place = placeOf(dataDir, account.value)
    if (!place.ok) return place
    const pgdata = place.value
    const password = passwordOf(dataDir)
    const running = await attach(pgdata, password)
    if (!running.ok || running.value) return running.ok ? ok(running.value!) : running
    const created = createCluster({ pgdata, dataDir, binaries: binaries.value, account: account.value, user, password })
    if (!created.ok) return created
    return await start(pgdata, dataDir, password, binaries.value, account.value)
  } catch (error) {
    return fail(unexpected(dataDir, error as Error))
  }
}

/** The password of a data folder, made at its first use. */
function passwordOf(dataDir: string): string {
  const file = path.join(dataDir, 'postgres.password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600, flush: true })
  return readFileSync(file, 'utf8').trim()
}

/** Looks for a living server of this folder: undefined where there is none and a new one may start. */
async function attach(pgdata: string, password: string): Promise<Result<EmbeddedPostgres | undefined>> {
  const found = readPostmaster(pgdata)
  if (!found) return ok(undefined)
  if (!found.alive)
    return (await until(patienceMs, () => clearAway(pgdata, found) || undefined))
      ? ok(undefined)
      : fail(notOurs(pgdata, found))
  const settled = await until(patienceMs, () => {
    const now = readPostmaster(pgdata)
    return !now?.alive ? 'gone' : now.status === 'ready' ? now : undefined
  })
  if (settled === 'gone') return attach(pgdata, password)
  const url = urlOf(settled?.port ?? found.port, password)
  if (settled && (await answers(url, pgdata))) return ok(serving(pgdata, settled, url, true))
  return fail(notOurs(pgdata, found))
}

async function start(pgdata: string, dataDir: string, password: string, binaries: Binaries, account?: Account) {
  const log = path.join(dataDir, 'postgres.log')
  for (let attempt = 0; attempt < 3; attempt++) {
    const port = await freePort()
    const child = launch(pgdata, log, binaries, port, account)
    const ready = await until(patienceMs, () => {
      const now = readPostmaster(pgdata)
      return child.ended() ? 'ended' : now && now.pid === child.pid && now.status === 'ready' ? now : undefined
    })
    if (ready !== undefined && ready !== 'ended') return ok(serving(pgdata, ready, urlOf(port, password), false))
    // Between our look and its start another program may have taken the port.
    if (!/could not bind|could not create any TCP/i.test(tailOf(log))) break
  }
  return fail({
    code: 'postgres-not-started',
    message: `PostgreSQL did not start: ${lastReason(log)}`,
    remedy: `Its log is ${log}. An outside server can be used instead by setting DATABASE_URL.`,
    where: pgdata,
  })
}

/** Crash recovery may replay up to max_wal_size, on a slow disk; it says "starting" meanwhile. */
const patienceMs = 120_000

/**
 * Its own session, so that Ctrl-C in a terminal reaches it through us alone, after the work under way; its output goes to a file, since it
 * may outlive us.
 */
function launch(pgdata: string, log: string, binaries: Binaries, port: number, account?: Account) {
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const tooLong = (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000
  const output = openSync(log, tooLong ? 'w' : 'a', 0o600)
  const child = spawn(binaries.postgres, ['-D', pgdata, ...flags], {
    cwd: pgdata,
    detached: true,
    stdio: ['ignore', output, output],
    env: {
      PATH: process.env.PATH ?? '',
      LC_ALL: 'C',
      TZ: 'UTC',
      ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
    },
    uid: account?.uid,
    gid: account?.gid,
    windowsHide: true,
  })
  closeSync(output)
  child.unref()
  let over = false
  child.once('error', () => {
    over = true
  })
  child.once('exit', () => {
    over = true
  })
  return { pid: child.pid, ended: () => over }
}

function serving(pgdata: string, postmaster: Postmaster, url: string, attached: boolean): EmbeddedPostgres {
  return { url, pid: postmaster.pid, attached, stop: () => stop(pgdata, postmaster.pid) }
}

/** SIGINT is PostgreSQL's fast shutdown: it ends its sessions, writes a checkpoint and goes. */
async function stop(pgdata: string, pid: number): Promise<void> {
  const gone = () => (readPostmaster(pgdata)?.pid === pid && isAlive(pid) ? undefined : true)
  if (gone()) return
  process.kill(pid, 'SIGINT')
  if (await until(30_000, gone)) return
  // Immediate shutdown: nothing committed is lost, the next start recovers.
  process.kill(pid, 'SIGQUIT')
  await until(10_000, gone)
}

const urlOf = (port: number, password: string) => `postgres://${user}:${password}@127.0.0.1:${port}/postgres`

/** Whether a server at this address takes our password and keeps this very folder. */
async function answers(url: string, pgdata: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
    return path.resolve(rows[0]!.folder) === path.resolve(pgdata)
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

async function until<T>(limitMs: number, look: () => T | undefined): Promise<T | undefined> {
  const end = performance.now() + limitMs
  for (;;) {
    const seen = look()
    if (seen !== undefined || performance.now() > end) return seen
    await sleep(20)
  }
}

function tailOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-4000)
  } catch {
    return ''
  }
}

function lastReason(log: string): string {
  const reasons = tailOf(log).match(/(FATAL|PANIC|ERROR|error while loading).*/g)
  return reasons?.at(-1) ?? 'it gave no reason.'
}

function notOurs(pgdata: string, { pid }: Postmaster): Problem {
  return {
    code: 'postgres-not-ours',
    message: `A PostgreSQL server (process ${pid}) holds ${pgdata} but does not let us in.`,
    remedy: `Stop process ${pid} and start again; its data stay in place.`,
    where: pgdata,
  }
}

function unexpected(dataDir: string, error: Error): Problem {
  return {
    code: (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'disk-full' : 'postgres-not-opened',
    message: `PostgreSQL could not be opened in ${dataDir}: ${error.message}`,
    remedy:
      'See whether this user may read and write there; the data may belong to another user, as after a start with sudo.',
    where: dataDir,
  }
}
