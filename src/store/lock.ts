import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fail, ok, type Problem, type Result } from '../core/result.ts'
import { birthOf, isAlive } from './process.ts'

/** Who holds a data folder. `birth` tells the holder from a later process with the same id. */
export interface Holder {
  pid: number
  birth?: string
  since: string
  /** Where the holder can be reached, once it listens. */
  url?: string
}

export interface FolderLock {
  /** Writes down where this process can be reached, so that commands find the running server. */
  announce(url: string): void
  release(): void
}

const fileOf = (dataDir: string) => path.join(dataDir, 'daystar.lock')

/**
 * Takes a data folder for this process alone, creating the folder where it is missing. The lock of a process that is gone, or whose
 * id another process has since been given, is taken over. A living holder is waited for a little, since it may be on its way out.
 */
export async function lockFolder(dataDir: string, patienceMs = 2000): Promise<Result<FolderLock>> {
  const me: Holder = { pid: process.pid, birth: birthOf(process.pid), since: new Date().toISOString() }
  try {
    mkdirSync(dataDir, { recursive: true })
    for (const end = performance.now() + patienceMs; ; await sleep(50)) {
      if (claim(dataDir, me)) return ok(heldBy(dataDir, me))
      const holder = holderOf(dataDir)
      if (!holder) setAside(dataDir)
      else if (performance.now() > end) return fail(takenBy(dataDir, holder))
    }
  } catch (error) {
    return fail(unwritable(dataDir, error as NodeJS.ErrnoException))
  }
}

/** The living process that holds a data folder, if any. Reads only. */
export function holderOf(dataDir: string): Holder | undefined {
  const holder = readHolder(fileOf(dataDir))
  if (!holder || !isAlive(holder.pid)) return undefined
  const birth = birthOf(holder.pid)
  return holder.birth === undefined || birth === undefined || birth === holder.birth ? holder : undefined
}

/** Writes the lock whole or not at all: a link to a finished file cannot be seen half written, and fails where one stands. */
function claim(dataDir: string, me: Holder): boolean {
  const draft = `${fileOf(dataDir)}.${me.pid}`
  writeFileSync(draft, JSON.stringify(me), { mode: 0o644 })
  try {
    linkSync(draft, fileOf(dataDir))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Moves a dead holder's lock away. Where another process was quicker and took the folder, its lock is put back. */
function setAside(dataDir: string): void {
  const aside = `${fileOf(dataDir)}.${process.pid}.old`
  try {
    renameSync(fileOf(dataDir), aside)
    const moved = readHolder(aside)
    if (moved && isAlive(moved.pid) && birthOf(moved.pid) === moved.birth) linkSync(aside, fileOf(dataDir))
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function heldBy(dataDir: string, me: Holder): FolderLock {
  return {
    announce(url) {
      const draft = `${fileOf(dataDir)}.${me.pid}`
      writeFileSync(draft, JSON.stringify({ ...me, url }))
      renameSync(draft, fileOf(dataDir))
    },
    release() {
      if (readHolder(fileOf(dataDir))?.pid === me.pid) rmSync(fileOf(dataDir), { force: true })
    },
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function takenBy(dataDir: string, holder: Holder): Problem {
  return {
    code: 'data-folder-in-use',
    message: `Daystar already runs on ${dataDir} (process ${holder.pid}).`,
    remedy: `${holder.url ? `Open ${holder.url}, or stop` : 'Stop'} that process first; or choose another folder with DAYSTAR_DATA.`,
    where: dataDir,
  }
}

function unwritable(dataDir: string, error: NodeJS.ErrnoException): Problem {
  const full = error.code === 'ENOSPC'
  return {
    code: full ? 'disk-full' : 'data-folder-unwritable',
    message: full
      ? `The disk that holds ${dataDir} is full.`
      : `The data folder ${dataDir} cannot be written (${error.code ?? error.message}).`,
    remedy: full
      ? 'Free some space and start again.'
      : 'Give this user the right to write there, or choose another folder with DAYSTAR_DATA.',
    where: dataDir,
  }
}
