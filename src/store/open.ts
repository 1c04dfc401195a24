import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import { fail, ok, type Problem, type Result } from '../core/result.ts'
import { holdable } from './backup/hold.ts'
import { type Analytics, prepare } from './clickhouse/analytics.ts'
import { openEmbeddedClickHouse } from './clickhouse/embedded.ts'
import { closeMarks, marking } from './clickhouse/marks.ts'
import { openRemoteClickHouse } from './clickhouse/remote.ts'
import { added, tables } from './clickhouse/schema.ts'
import { lockFolder } from './lock.ts'
import { openEmbeddedPostgres } from './postgres/embedded.ts'
import { connectPostgres, migrate, type Postgres } from './postgres/pool.ts'
import type { Database } from './postgres/tables.ts'

export interface StoreOptions {
  dataDir: string
  /** An outside PostgreSQL instead of the embedded one. */
  databaseUrl?: string
  /** An outside ClickHouse instead of the embedded one. */
  clickhouseUrl?: string
  log?: (line: string) => void
  /** For who puts a backup here: the tables as they were after that migration, and what was begun is no obstacle. */
  restoring?: { migrateTo: string | undefined }
}

/** A file of the data folder that stands there until a restoration has come to its end. */
export const RESTORING = 'restoring'

export interface Stores {
  db: Kysely<Database>
  pg: Pool
  analytics: Analytics
  dataDir: string
  /** Writes down where this process can be reached, for commands that look for the running server. */
  announce(url: string): void
  /** Lets running statements end, stops what was started and gives the folder back. */
  close(): Promise<void>
}

/**
 * Opens both engines on a data folder, which then belongs to this process, with all tables in place. Whatever had been opened is closed
 * again where a later step fails.
 */
export async function openStores(options: StoreOptions): Promise<Result<Stores>> {
  const opened: (() => Promise<void> | void)[] = []
  const close = async () => {
    while (opened.length > 0) await opened.pop()!()
  }
  try {
    const stores = await openAll({ ...options, dataDir: path.resolve(options.dataDir) }, opened)
    if (!stores.ok) await close()
    return stores.ok ? ok({ ...stores.value, close }) : stores
  } catch (error) {
    await close()
    throw error
  }
}

async function openAll(
  options: StoreOptions,
  opened: (() => Promise<void> | void)[],
): Promise<Result<Omit<Stores, 'close'>>> {
  const { dataDir, log = () => {} } = options
  const lock = await lockFolder(dataDir)
  if (!lock.ok) return lock
  opened.push(lock.value.release)
  if (!options.restoring && existsSync(path.join(dataDir, RESTORING))) return fail(halfRestored(dataDir))

  const postgres = await openPostgres(options, opened, log)
  if (!postgres.ok) return postgres
  const migrated = await migrate(postgres.value.db, options.restoring?.migrateTo)
  if (!migrated.ok) return migrated

  const analytics = await openClickHouse(options, opened, log)
  if (!analytics.ok) return analytics
  await prepare(analytics.value, tables, added)
  // Only this process writes into an embedded store: what is still open there was left so.
  if (!options.clickhouseUrl) await closeMarks(analytics.value)
  const marked = marking(holdable(analytics.value, postgres.value.pg))
  return ok({ ...postgres.value, analytics: marked, dataDir, announce: lock.value.announce })
}

const halfRestored = (dataDir: string): Problem => ({
  code: 'half_restored',
  message: `A backup was being restored into ${dataDir} and that was broken off.`,
  remedy: 'Remove that folder and restore the backup again.',
  where: dataDir,
})

async function openPostgres(
  options: StoreOptions,
  opened: (() => Promise<void> | void)[],
  log: (line: string) => void,
): Promise<Result<Postgres>> {
  let url = options.databaseUrl
  if (!url) {
    const server = await openEmbeddedPostgres(options.dataDir)
    if (!server.ok) return server
    opened.push(server.value.stop)
    log(
      `PostgreSQL ${server.value.attached ? 'was still running; attached to it' : 'started'} (process ${server.value.pid})`,
    )
    url = server.value.url
  }
  const connected = await connectPostgres(url, log)
  if (connected.ok) opened.push(() => connected.value.db.destroy())
  return connected
}

async function openClickHouse(
  options: StoreOptions,
  opened: (() => Promise<void> | void)[],
  log: (line: string) => void,
): Promise<Result<Analytics>> {
  const analytics = options.clickhouseUrl
    ? await openRemoteClickHouse(options.clickhouseUrl)
    : await openEmbeddedClickHouse(path.join(options.dataDir, 'clickhouse'))
  if (!analytics.ok) return analytics
  opened.push(analytics.value.close)
  log(`ClickHouse ${analytics.value.version()} ${options.clickhouseUrl ? 'connected' : 'opened in this process'}`)
  return analytics
}
