import { existsSync, statSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { PoolClient } from 'pg'
import { fail, ok, type Problem, type Result } from '../../core/result.ts'
import { ident, sql } from '../clickhouse/sql.ts'
import type { Stores } from '../open.ts'
import { packInto } from './archive.ts'
import * as clickhouse from './clickhouse.ts'
import { whileHeld } from './hold.ts'
import { isArchive } from './kept.ts'
import { type CopiedTable, FORMAT, type Manifest, manifestFile } from './manifest.ts'
import { writeLines, writeSmall } from './part.ts'
import * as postgres from './postgres.ts'

/** How far a backup or a restoration has come: which table or step, and rows of it. */
export interface BackupProgress {
  step: string
  done: number
  /** About how many there are, where known. */
  of?: number
}

export interface BackupOrder {
  /** A folder that is not there yet, or is empty; one file where its name ends in `.tar`. */
  folder: string
  /** The release that makes it. */
  release: string
  /** Files of the data folder that go with it: name within the folder, and content. */
  files: readonly { name: string; content: Buffer }[]
  onProgress(progress: BackupProgress): void
}

/**
 * Copies everything into a folder while the stores are in use: rows of both engines as of one moment, and files. Records are taken in
 * meanwhile; they are read once the analytic tables are copied. The folder gets its name when it is whole. Problems: `backup_exists`,
 * `backup_under_way`, `backup_not_written`.
 */
export async function saveStores(stores: Stores, order: BackupOrder): Promise<Result<Manifest>> {
  const partial = `${order.folder}.partial`
  if (await isTaken(order.folder)) return fail(exists(order.folder))
  if (existsSync(partial)) return fail(underWay(partial))
  try {
    for (const part of ['postgres', 'clickhouse', 'files'])
      await mkdir(path.join(partial, part), { recursive: true, mode: 0o700 })
    const saved = await saveInto(stores, partial, order)
    const whole = isArchive(order.folder) ? await packed(partial, saved) : partial
    await rm(order.folder, { recursive: true, force: true })
    await rename(whole, order.folder)
    await rm(partial, { recursive: true, force: true })
    await syncFolder(path.dirname(order.folder))
    return ok(saved)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    return fail(notWritten(order.folder, error as NodeJS.ErrnoException))
  }
}

async function isTaken(place: string): Promise<boolean> {
  if (!existsSync(place)) return false
  return statSync(place).isDirectory() && !isArchive(place) ? (await readdir(place)).length > 0 : true
}

/** The folder as one file within it, what tells of all of it first. */
async function packed(partial: string, { tables, files }: Manifest): Promise<string> {
  const archive = path.join(partial, 'whole.tar')
  await packInto(archive, partial, [manifestFile, ...[...tables, ...files].map(({ file }) => file)])
  return archive
}

async function saveInto(
  stores: Stores,
  folder: string,
  { release, files, onProgress }: BackupOrder,
): Promise<Manifest> {
  const client = await stores.pg.connect()
  let broken = true
  try {
    const analytic: CopiedTable[] = []
    const migrations = await whileHeld(stores.pg, async () => {
      await client.query('begin isolation level repeatable read, read only')
      // The first question fixes the moment whose rows this connection sees from now on.
      const been = await postgres.migrationsOf(client)
      for (const { name } of clickhouse.copiedTables)
        analytic.push(await saveAnalytic(stores, folder, name, onProgress))
      return been
    })
    const operational = await saveOperational(client, folder, onProgress)
    const manifest: Manifest = {
      daystarBackup: FORMAT,
      daystar: release,
      made: new Date().toISOString(),
      engines: { postgres: await versionOf(client), clickhouse: stores.analytics.version() },
      migrations,
      sequences: await postgres.sequencesOf(client),
      tables: [...operational, ...analytic],
      files: await saveFiles(folder, files),
    }
    await client.query('commit')
    await writeSmall(path.join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`)
    broken = false
    return manifest
  } finally {
    client.release(broken)
  }
}

async function saveAnalytic(
  { analytics }: Stores,
  folder: string,
  name: clickhouse.CopiedName,
  onProgress: BackupOrder['onProgress'],
): Promise<CopiedTable> {
  const columns = await clickhouse.columnsOf(analytics, name)
  const [row] = await analytics.query<{ n: number }>(sql`SELECT count() AS n FROM ${ident(name)}`)
  const file = `clickhouse/${name}.tsv.gz`
  const lines = clickhouse.rowsOut(analytics, { name, columns })
  const written = await writeLines(path.join(folder, file), lines, (done) =>
    onProgress({ step: name, done, of: row!.n }),
  )
  return { engine: 'clickhouse', name, columns, file, ...written }
}

async function saveOperational(
  client: PoolClient,
  folder: string,
  onProgress: BackupOrder['onProgress'],
): Promise<CopiedTable[]> {
  const rough = await postgres.roughRows(client)
  const saved: CopiedTable[] = []
  for (const table of await postgres.tablesOf(client)) {
    const file = `postgres/${table.name}.copy.gz`
    const of = rough.get(table.name)
    const written = await writeLines(path.join(folder, file), postgres.rowsOut(client, table), (done) =>
      onProgress({ step: table.name, done, of }),
    )
    saved.push({ engine: 'postgres', ...table, file, ...written })
  }
  return saved
}

async function saveFiles(folder: string, files: BackupOrder['files']): Promise<Manifest['files']> {
  const saved: Manifest['files'] = []
  for (const { name, content } of files) {
    const file = `files/${name}`
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true, mode: 0o700 })
    saved.push({ file, ...(await writeSmall(path.join(folder, file), content)) })
  }
  return saved
}

async function versionOf(client: PoolClient): Promise<string> {
  return (await client.query<{ version: string }>(`select current_setting('server_version') as version`)).rows[0]!
    .version
}

/** A name in a folder is on disk when the folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

const exists = (folder: string): Problem => ({
  code: 'backup_exists',
  message: `${folder} is there already.`,
  remedy: 'Name a new one: a backup never overwrites anything.',
  where: folder,
})

const underWay = (partial: string): Problem => ({
  code: 'backup_under_way',
  message: `Another backup is being written to ${partial}, or was broken off there.`,
  remedy: 'Wait for it; where none is running, remove that folder.',
  where: partial,
})

const notWritten = (folder: string, error: NodeJS.ErrnoException): Problem => ({
  code: 'backup_not_written',
  message:
    error.code === 'ENOSPC'
      ? `The disk that holds ${folder} is full.`
      : `The backup could not be written: ${error.message}`,
  remedy: 'What had been written of it was removed. Free some space or name another place, and run it again.',
  where: folder,
})
