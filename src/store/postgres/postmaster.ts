import { readFileSync, realpathSync, rmSync } from 'node:fs'
import path from 'node:path'
import { exists, folderOf, isAlive, programOf } from '../process.ts'

/** What a server's postmaster.pid says, and whether that server still lives. */
export interface Postmaster {
  pid: number
  port: number
  status: 'starting' | 'ready' | 'stopping' | 'standby' | ''
  alive: boolean
  /** The System V shared memory segment that its sessions share. */
  memory: string
}

/** Reads the file that PostgreSQL keeps in its data folder while it runs; undefined where there is none. */
export function readPostmaster(pgdata: string): Postmaster | undefined {
  const lines = readLines(path.join(pgdata, 'postmaster.pid'))
  const pid = Number(lines?.[0])
  if (!lines || !Number.isInteger(pid)) return undefined
  return {
    pid,
    port: Number(lines[3] ?? 0),
    status: (lines[7] ?? '').trim() as Postmaster['status'],
    alive: isServer(pid, pgdata),
    memory: (lines[6] ?? '').trim().split(/\s+/)[1] ?? '',
  }
}

/**
 * Clears away what a dead server has left, where PostgreSQL would not do so by itself: it takes any process with the old id for the old
 * server, though the id may have gone to another program or to a zombie. False while sessions of the dead server still hold its
 * memory: they may be writing.
 */
export function clearAway(pgdata: string, dead: Postmaster): boolean {
  if (!exists(dead.pid)) return true
  if (attachedTo(dead.memory) > 0) return false
  rmSync(path.join(pgdata, 'postmaster.pid'), { force: true })
  return true
}

/** Processes that hold a shared memory segment; 0 where the system does not tell. */
function attachedTo(segment: string): number {
  const rows = readLines('/proc/sysvipc/shm') ?? []
  const row = rows.map((line) => line.trim().split(/\s+/)).find((columns) => columns[1] === segment)
  return Number(row?.[6] ?? 0)
}

/** A process id can be given to another program after a reboot: the one we mean is called postgres and works in this folder. */
function isServer(pid: number, pgdata: string): boolean {
  if (!isAlive(pid)) return false
  const program = programOf(pid)
  if (program !== undefined && !program.startsWith('postgres')) return false
  const folder = folderOf(pid)
  return folder === undefined || folder === realpathSync(pgdata)
}

function readLines(file: string): string[] | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
