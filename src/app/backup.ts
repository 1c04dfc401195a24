import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Result } from '../core/result.ts'
import type { Manifest } from '../store/backup/manifest.ts'
import { checkBackup, restoreStores } from '../store/backup/restore.ts'
import { type BackupProgress, saveStores } from '../store/backup/save.ts'
import { openStores, type Stores } from '../store/open.ts'
import { openAccess } from './access.ts'
import type { Config } from './config.ts'
import { version } from './version.ts'

export type { BackupProgress } from '../store/backup/save.ts'

export interface BackupWish {
  /** Absolute. */
  folder: string
  /** Leaves out the key of what is sealed: the originals of masked texts, and keys to other systems. */
  withoutSecret?: boolean
  onProgress(progress: BackupProgress): void
}

/** What a backup or a restoration tells at its end. */
export interface BackupDone {
  folder: string
  made: string
  rows: number
  bytes: number
  /** Whether the key of what is sealed is among its files. */
  secret: boolean
}

/** Copies everything that an open store holds, while it is in use. */
export async function backUp(
  { dataDir }: Pick<Config, 'dataDir'>,
  stores: Stores,
  { folder, withoutSecret, onProgress }: BackupWish,
): Promise<Result<BackupDone>> {
  const files = await filesOf(dataDir, withoutSecret ? [] : [SECRET])
  const saved = await saveStores(stores, { folder, release: version, files, onProgress })
  return saved.ok ? { ok: true, value: done(folder, saved.value) } : saved
}

/** The same where no server runs: opens the stores, and nothing else. */
export async function backUpClosed(config: Config, wish: BackupWish): Promise<Result<BackupDone>> {
  const stores = await openStores(config)
  if (!stores.ok) return stores
  try {
    return await backUp(config, stores.value, wish)
  } finally {
    await stores.value.close()
  }
}

/** Puts a backup into the empty data folder (and the empty outside engines) of a configuration. */
export async function restore(
  config: Config,
  folder: string,
  onProgress: BackupWish['onProgress'],
): Promise<Result<BackupDone>> {
  // Accounts keep their tables themselves, and lay them when they are opened.
  const layTables = async (stores: Stores) =>
    void (await openAccess(stores, { secret: 'laying tables', localToken: '' }))
  const restored = await restoreStores(config, { folder, layTables, onProgress })
  return restored.ok ? { ok: true, value: done(folder, restored.value) } : restored
}

/** Looks a backup over, and restores nothing. */
export async function check(folder: string, onProgress: BackupWish['onProgress']): Promise<Result<BackupDone>> {
  const checked = await checkBackup(folder, onProgress)
  return checked.ok ? { ok: true, value: done(folder, checked.value) } : checked
}

function done(folder: string, { made, tables, files }: Manifest): BackupDone {
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  return {
    folder,
    made,
    rows: sum(tables.map(({ rows }) => rows)),
    bytes: sum([...tables, ...files].map(({ bytes }) => bytes)),
    secret: files.some(({ file }) => file === `files/${SECRET}`),
  }
}

const SECRET = 'secret'

/** The packs that lie in the data folder, and the files named. */
async function filesOf(dataDir: string, names: readonly string[]) {
  const packs = await readdir(path.join(dataDir, 'packs'), { recursive: true, withFileTypes: true }).catch(() => [])
  const inPacks = packs
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dataDir, path.join(entry.parentPath, entry.name)))
  return Promise.all(
    [...names, ...inPacks].map(async (name) => ({ name, content: await readFile(path.join(dataDir, name)) })),
  )
}
