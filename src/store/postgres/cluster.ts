import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { fail, ok, type Result } from '../../core/result.ts'
import { type Account, canEnter } from './account.ts'
import { type Binaries, systemFolder } from './binaries.ts'

/**
 * Where a data folder's PostgreSQL keeps its files: in `postgres/` there. Where root starts us behind a folder that the unprivileged user
 * may not enter, they lie in a folder of their own under the system's; `postgres.place` in the data folder says where, so that it may be
 * moved, and `owner` over there says for whom, so that a copy of the data folder is not mistaken for it.
 */
export function placeOf(dataDir: string, account: Account | undefined): Result<string> {
  const inside = path.join(dataDir, 'postgres')
  const noted = noteIn(dataDir)
  if (!noted && (!account || existsSync(inside) || canEnter(account, dataDir))) return ok(inside)
  const outside = noted ?? path.join(systemFolder, randomBytes(8).toString('hex'), 'postgres')
  const owner = path.join(path.dirname(outside), 'owner')
  const before = existsSync(owner) ? readFileSync(owner, 'utf8') : dataDir
  if (before !== dataDir && noteIn(before) === outside) return fail(copyOf(before, dataDir))
  mkdirSync(path.dirname(outside), { recursive: true })
  for (const folder of [systemFolder, path.dirname(outside)]) chmodSync(folder, 0o755)
  writeFileSync(owner, dataDir, { flush: true })
  if (!noted) writeFileSync(path.join(dataDir, noteName), outside, { flush: true })
  return ok(outside)
}

const noteName = 'postgres.place'

/** Where a data folder says that its PostgreSQL files lie, if not in it. */
export function noteIn(dataDir: string): string | undefined {
  const note = path.join(dataDir, noteName)
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined
}

const copyOf = (before: string, dataDir: string) => ({
  code: 'data-folder-copied',
  message: `${dataDir} is a copy of ${before}: both say that their PostgreSQL files are the same ones.`,
  remedy: 'Make the copy with "daystar backup" and "daystar restore", or remove the folder that is no longer wanted.',
  where: dataDir,
})

export interface NewCluster {
  pgdata: string
  dataDir: string
  binaries: Binaries
  account: Account | undefined
  user: string
  password: string
}

/**
 * Makes the files of a new server, whole or not at all: they are written beside their place and moved there when they are finished. Does
 * nothing where they exist.
 */
export function createCluster(cluster: NewCluster): Result<void> {
  const { pgdata, account } = cluster
  if (existsSync(path.join(pgdata, 'PG_VERSION'))) return ok(undefined)
  const parent = path.dirname(pgdata)
  removeDrafts(parent)
  const draft = mkdtempSync(path.join(parent, draftPrefix))
  const secret = path.join(draft, 'password')
  writeFileSync(secret, cluster.password, { mode: 0o600 })
  if (account) for (const place of [draft, secret]) chownSync(place, account.uid, account.gid)
  const made = runInitdb(cluster, path.join(draft, 'data'), secret)
  if (made.status === 0) {
    renameSync(path.join(draft, 'data'), pgdata)
    rmSync(draft, { recursive: true, force: true })
    return ok(undefined)
  }
  rmSync(draft, { recursive: true, force: true })
  return fail({
    code: 'postgres-not-created',
    message: `PostgreSQL could not lay its files in ${pgdata}: ${reasonOf(made)}`,
    remedy:
      'See that the disk has room (about 100 MB) and that the folder can be written; or set DATABASE_URL to a PostgreSQL server.',
    where: pgdata,
  })
}

const draftPrefix = 'postgres-new-'

/** What a start that was killed half-way has left. The folder's lock keeps two starts from meeting here. */
function removeDrafts(parent: string): void {
  for (const name of readdirSync(parent))
    if (name.startsWith(draftPrefix)) rmSync(path.join(parent, name), { recursive: true, force: true })
}

/** Every machine sorts and folds text alike: the locale is PostgreSQL's own C.UTF-8, not the system's. */
function runInitdb({ binaries, account, user }: NewCluster, folder: string, secret: string) {
  const flags = ['--auth=scram-sha-256', `--username=${user}`, `--pwfile=${secret}`, '--encoding=UTF8', '--locale=C']
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions']
  return spawnSync(binaries.initdb, ['-D', folder, ...flags, ...locale], {
    cwd: path.dirname(folder),
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH ?? '',
      LC_ALL: 'C',
      TZ: 'UTC',
      ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
    },
    uid: account?.uid,
    gid: account?.gid,
  })
}

function reasonOf(made: { error?: Error; stderr: string | null }): string {
  return made.error?.message ?? (made.stderr ?? '').trim().split('\n').at(-1) ?? 'it gave no reason'
}
