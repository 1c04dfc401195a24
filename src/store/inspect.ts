import { existsSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { Problem } from '../core/result.ts'
import { openRemoteClickHouse } from './clickhouse/remote.ts'
import { type Holder, holderOf } from './lock.ts'
import { findPackage } from './postgres/binaries.ts'
import { noteIn } from './postgres/cluster.ts'
import { readPostmaster } from './postgres/postmaster.ts'
import { memoryOf } from './process.ts'

/** How one engine stands. Bytes; absent where it cannot be known from outside. */
interface EngineState {
  name: 'PostgreSQL' | 'ClickHouse'
  /** `embedded` here, or the address of an outside server, without its password. */
  where: string
  /** Of the running server, or of the installed engine where none runs; absent where neither tells. */
  version?: string
  running: boolean
  pid?: number
  diskBytes?: number
  memoryBytes?: number
}

export interface StoreState {
  dataDir: string
  exists: boolean
  /** The living process that has the folder open. */
  holder?: Holder & { memoryBytes?: number }
  engines: EngineState[]
  diskFreeBytes?: number
  problems: Problem[]
}

/** Looks at a data folder and its engines from outside: opens nothing, starts nothing, changes nothing. */
export async function inspectStores(options: {
  dataDir: string
  databaseUrl?: string
  clickhouseUrl?: string
}): Promise<StoreState> {
  const dataDir = path.resolve(options.dataDir)
  const problems: Problem[] = []
  const holder = holderOf(dataDir)
  const engines = [
    options.databaseUrl
      ? await outsidePostgres(options.databaseUrl, problems)
      : insidePostgres(dataDir, holder, problems),
    options.clickhouseUrl
      ? await outsideClickHouse(options.clickhouseUrl, problems)
      : await insideClickHouse(dataDir, holder, problems),
  ]
  const diskFreeBytes = freeBytes(dataDir)
  if (diskFreeBytes !== undefined && diskFreeBytes < 1e9) problems.push(littleRoom(dataDir, diskFreeBytes))
  return {
    dataDir,
    exists: existsSync(dataDir),
    holder: holder && { ...holder, memoryBytes: memoryOf(holder.pid) },
    engines,
    diskFreeBytes,
    problems,
  }
}

function insidePostgres(dataDir: string, holder: Holder | undefined, problems: Problem[]): EngineState {
  const pgdata = noteIn(dataDir) ?? path.join(dataDir, 'postgres')
  const installed = findPackage()
  if (!installed.ok) problems.push(installed.problem)
  const server = readable(pgdata) ? readPostmaster(pgdata) : undefined
  if (server?.alive && !holder)
    problems.push({
      code: 'postgres-left-running',
      message: `PostgreSQL (process ${server.pid}) still runs, though the process that started it is gone.`,
      remedy: 'Nothing is lost: the next start attaches to it.',
    })
  return {
    name: 'PostgreSQL',
    where: 'embedded',
    version: installed.ok ? installed.value.release : undefined,
    running: server?.alive ?? false,
    pid: server?.alive ? server.pid : undefined,
    diskBytes: sizeOf(pgdata),
    memoryBytes: server?.alive ? memoryOfGroup(server.pid) : undefined,
  }
}

async function insideClickHouse(
  dataDir: string,
  holder: Holder | undefined,
  problems: Problem[],
): Promise<EngineState> {
  const version = await import('chdb').then(
    (chdb) => chdb.version().libchdb.replaceAll('"', ''),
    (error: Error) => {
      problems.push({
        code: 'clickhouse-not-installed',
        message: `The embedded ClickHouse cannot be loaded: ${error.message.split('\n')[0]}`,
        remedy: 'Run npm ci without --omit=optional, or set CLICKHOUSE_URL to a ClickHouse server.',
      })
      return undefined
    },
  )
  // It lives in the process that holds the folder, whose memory is its own.
  return {
    name: 'ClickHouse',
    where: 'embedded',
    version,
    running: holder !== undefined,
    pid: holder?.pid,
    diskBytes: sizeOf(path.join(dataDir, 'clickhouse')),
  }
}

async function outsidePostgres(url: string, problems: Problem[]): Promise<EngineState> {
  const where = URL.canParse(url) ? new URL(url).host : 'DATABASE_URL'
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; bytes: string }>(
      `select current_setting('server_version') as version, pg_database_size(current_database()) as bytes`,
    )
    return { name: 'PostgreSQL', where, version: rows[0]!.version, running: true, diskBytes: Number(rows[0]!.bytes) }
  } catch (error) {
    problems.push({
      code: 'postgres-unreachable',
      message: `The PostgreSQL server at ${where} did not answer: ${(error as Error).message}`,
      remedy: 'Start it, or correct DATABASE_URL.',
    })
    return { name: 'PostgreSQL', where, running: false }
  } finally {
    await client.end().catch(() => {})
  }
}

async function outsideClickHouse(url: string, problems: Problem[]): Promise<EngineState> {
  const where = URL.canParse(url) ? new URL(url).host : 'CLICKHOUSE_URL'
  const opened = await openRemoteClickHouse(url)
  if (!opened.ok) {
    problems.push(opened.problem)
    return { name: 'ClickHouse', where, running: false }
  }
  const version = opened.value.version()
  await opened.value.close()
  return { name: 'ClickHouse', where, version, running: true }
}

/** What a server's processes are charged with together; undefined where the system does not tell. */
function memoryOfGroup(pid: number): number | undefined {
  const own = memoryOf(pid)
  if (own === undefined) return undefined
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  return children.reduce((sum, child) => sum + (memoryOf(Number(child)) ?? 0), own)
}

function freeBytes(folder: string): number | undefined {
  let place = folder
  while (!existsSync(place) && path.dirname(place) !== place) place = path.dirname(place)
  try {
    const { bavail, bsize } = statfsSync(place)
    return bavail * bsize
  } catch {
    return undefined
  }
}

const littleRoom = (dataDir: string, bytes: number): Problem => ({
  code: 'little-room',
  message: `The disk that holds ${dataDir} has only ${Math.round(bytes / 1e6)} MB left.`,
  remedy: 'Free some space: when the disk is full, nothing more is accepted.',
})

function readable(folder: string): boolean {
  try {
    readdirSync(folder)
    return true
  } catch {
    return false
  }
}

/** Bytes of all files below a folder; undefined where there is none. A file that goes while we look counts nothing. */
function sizeOf(folder: string): number | undefined {
  if (!readable(folder)) return undefined
  let bytes = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0
  return bytes
}
