import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { fail, ok, type Problem, type Result } from '../../core/result.ts'
import { openRemoteClickHouse } from '../clickhouse/remote.ts'
import { sql } from '../clickhouse/sql.ts'
import { openStores, RESTORING, type StoreOptions, type Stores } from '../open.ts'
import { connectPostgres, migrate } from '../postgres/pool.ts'
import * as clickhouse from './clickhouse.ts'
import type { KeptBackup } from './kept.ts'
import { broken, type CopiedTable, checkFiles, type Manifest, readManifest } from './manifest.ts'
import { readLines, type Sum, sumOf } from './part.ts'
import * as postgres from './postgres.ts'
import type { BackupProgress } from './save.ts'

export interface RestoreOrder {
  /** Where the backup lies: a folder or a file. */
  folder: string
  /** Lays tables that do not come from the migrations. */
  layTables(stores: Stores): Promise<void>
  onProgress(progress: BackupProgress): void
}

/**
 * Looks a backup over without restoring it: whether it is one, of a release that this one knows, with every file as it was written.
 * Problems: `backup_missing`, `backup_foreign`, `backup_newer`, `backup_broken`.
 */
export async function checkBackup(folder: string, onProgress: RestoreOrder['onProgress']): Promise<Result<Manifest>> {
  const checked = await checkedBackup(folder, onProgress)
  return checked.ok ? ok(checked.value.manifest) : checked
}

async function checkedBackup(folder: string, onProgress: RestoreOrder['onProgress']) {
  const found = await readManifest(folder)
  if (!found.ok) return found
  const { kept, manifest } = found.value
  const whole = await checkFiles(kept, manifest, (done, of) => onProgress({ step: 'checksums', done, of }))
  return whole.ok ? found : whole
}

/**
 * Puts a backup into an empty data folder (and empty outside engines, where such are named), and compares every row with what was saved.
 * Problems: those of `checkBackup`, `restore_not_empty`, `restore_differs`, and what `openStores` says. A folder in which this was broken off
 * cannot be started on.
 */
export async function restoreStores(options: StoreOptions, order: RestoreOrder): Promise<Result<Manifest>> {
  const checked = await checkedBackup(order.folder, order.onProgress)
  if (!checked.ok) return checked
  const { kept, manifest } = checked.value
  const empty = await areEmpty(options)
  if (!empty.ok) return empty
  await mkdir(options.dataDir, { recursive: true })
  await writeFile(path.join(options.dataDir, RESTORING), order.folder)
  const opened = await openStores({ ...options, restoring: { migrateTo: manifest.migrations.at(-1) } })
  if (!opened.ok) return opened
  try {
    const restored = await restoreInto(opened.value, manifest, { ...order, kept })
    if (!restored.ok) return restored
  } finally {
    await opened.value.close()
  }
  await putFiles(options.dataDir, kept, manifest)
  await rm(path.join(options.dataDir, RESTORING))
  return ok(manifest)
}

type Restoring = RestoreOrder & { kept: KeptBackup }

async function restoreInto(stores: Stores, manifest: Manifest, order: Restoring): Promise<Result<void>> {
  await order.layTables(stores)
  const operational = await restoreOperational(stores, manifest, order)
  if (!operational.ok) return operational
  const migrated = await migrate(stores.db)
  if (!migrated.ok) return migrated
  for (const table of manifest.tables.filter(({ engine }) => engine === 'clickhouse')) {
    const done = await restoreAnalytic(stores, table, order)
    if (!done.ok) return done
  }
  return ok(undefined)
}

/** In one transaction: all of it or nothing. */
async function restoreOperational({ pg }: Stores, manifest: Manifest, order: Restoring): Promise<Result<void>> {
  const client = await pg.connect()
  try {
    await client.query('begin')
    const here = await postgres.tablesOf(client)
    await client.query(`truncate ${here.map(({ name }) => postgres.quoted(name)).join(', ')}`)
    const saved = new Map(manifest.tables.filter(({ engine }) => engine === 'postgres').map((one) => [one.name, one]))
    for (const { name, columns } of here) {
      const table = saved.get(name)
      saved.delete(name)
      const problem = table && (await restoreTable(client, table, columns, order))
      if (problem) return fail(problem)
    }
    const [unknown] = saved.keys()
    if (unknown !== undefined) return fail(broken(order.folder, `this release knows no table ${unknown}`))
    for (const [name, last] of Object.entries(manifest.sequences)) await postgres.setSequence(client, name, last)
    await client.query('commit')
    return ok(undefined)
  } finally {
    // Whatever was not committed goes with the connection.
    client.release(true)
  }
}

async function restoreTable(
  client: PoolClient,
  table: CopiedTable,
  columns: readonly string[],
  { folder, kept, onProgress }: Restoring,
): Promise<Problem | undefined> {
  const unknown = table.columns.find((column) => !columns.includes(column))
  if (unknown !== undefined) return broken(folder, `this release knows no column ${unknown} in ${table.name}`)
  onProgress({ step: table.name, done: 0, of: table.rows })
  await postgres.rowsIn(client, table, readLines(kept.read(table.file)))
  onProgress({ step: table.name, done: table.rows, of: table.rows })
  return differs(table, await sumOf(postgres.rowsOut(client, table)))
}

async function restoreAnalytic(
  { analytics }: Stores,
  table: CopiedTable,
  { folder, kept, onProgress }: Restoring,
): Promise<Result<void>> {
  const known = await clickhouse.columnsOf(analytics, table.name)
  const unknown = table.columns.find((column) => !known.includes(column))
  if (unknown !== undefined) return fail(broken(folder, `this release knows no column ${unknown} in ${table.name}`))
  await clickhouse.rowsIn(analytics, table, readLines(kept.read(table.file)), (done) =>
    onProgress({ step: table.name, done, of: table.rows }),
  )
  const problem = differs(table, await sumOf(clickhouse.rowsOut(analytics, table)))
  return problem ? fail(problem) : ok(undefined)
}

const differs = ({ name, rows, sum }: CopiedTable, found: Sum): Problem | undefined =>
  found.rows === rows && found.sum === sum
    ? undefined
    : {
        code: 'restore_differs',
        message: `After restoring, ${name} has other rows than were saved (${found.rows} against ${rows}).`,
        remedy: 'Do not use what was restored; tell the makers of Daystar which engines were saved and restored.',
        where: name,
      }

async function putFiles(dataDir: string, kept: KeptBackup, { files }: Manifest): Promise<void> {
  for (const { file } of files) {
    const target = path.join(dataDir, path.relative('files', file))
    await mkdir(path.dirname(target), { recursive: true })
    await pipeline(kept.read(file), createWriteStream(target, { mode: 0o600 }))
  }
}

async function areEmpty({ dataDir, databaseUrl, clickhouseUrl }: StoreOptions): Promise<Result<void>> {
  if (existsSync(dataDir) && (await readdir(dataDir)).length > 0) return fail(notEmpty(dataDir))
  if (databaseUrl) {
    const connected = await connectPostgres(databaseUrl, () => {})
    if (!connected.ok) return connected
    const { rows } = await connected.value.pg.query(`select 1 from pg_class where relname = 'inbox' and relkind = 'r'`)
    await connected.value.db.destroy()
    if (rows.length > 0) return fail(notEmpty('the database of DATABASE_URL'))
  }
  if (clickhouseUrl) {
    const opened = await openRemoteClickHouse(clickhouseUrl)
    if (!opened.ok) return opened
    const names = clickhouse.copiedTables.map(({ name }) => name)
    const tables = await opened.value.query(
      sql`SELECT name FROM system.tables WHERE database = currentDatabase() AND name IN ${names}`,
    )
    await opened.value.close()
    if (tables.length > 0) return fail(notEmpty('the database of CLICKHOUSE_URL'))
  }
  return ok(undefined)
}

const notEmpty = (where: string): Problem => ({
  code: 'restore_not_empty',
  message: `There is something in ${where} already: a backup is restored into an empty place only.`,
  remedy: 'Name a new data folder with DAYSTAR_DATA (and an empty database where outside engines are used).',
  where,
})
