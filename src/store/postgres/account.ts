import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fail, ok, type Result } from '../../core/result.ts'

/** A user of this system that PostgreSQL runs as. */
export interface Account {
  uid: number
  gid: number
  name: string
}

/**
 * PostgreSQL refuses to run as root. Undefined where we are not root: it then runs as ourselves. For root: who owns the data already,
 * else `postgres` where that user exists, else a system user `daystar`, made where it is missing, else `nobody`.
 */
export function unprivilegedAccount(pgdata: string): Result<Account | undefined> {
  if (process.getuid?.() !== 0) return ok(undefined)
  const account = ownerOf(pgdata) ?? named('postgres') ?? named('daystar') ?? created('daystar') ?? named('nobody')
  if (account) return ok(account)
  return fail({
    code: 'no-unprivileged-user',
    message: 'PostgreSQL does not run as root, and this system has no other user that it could run as.',
    remedy: 'Start Daystar as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  })
}

/** Whether that user can read a file or enter a folder, with all the folders above it. Asked of the system itself, by trying. */
export function canEnter(account: Account, place: string): boolean {
  const { uid, gid } = account
  return spawnSync('/bin/sh', ['-c', 'test -r "$1" && test -x "$1"', 'sh', place], { uid, gid, cwd: '/' }).status === 0
}

function ownerOf(folder: string): Account | undefined {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (!found || found.uid === 0) return undefined
  return { uid: found.uid, gid: found.gid, name: String(found.uid) }
}

function named(name: string): Account | undefined {
  const [uid, gid] = [idOf('-u', name), idOf('-g', name)]
  return uid && gid ? { uid, gid, name } : undefined
}

function idOf(flag: string, name: string): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' })
  return status === 0 ? Number(stdout.trim()) : undefined
}

/** Debian, Fedora and most others have useradd; Alpine has BusyBox's adduser. */
function created(name: string): Account | undefined {
  const ways: [string, string[]][] = [
    [
      'useradd',
      [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        '/usr/sbin/nologin',
        name,
      ],
    ],
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', name]],
  ]
  for (const [program, flags] of ways) if (spawnSync(program, flags).status === 0) return named(name)
  return undefined
}
