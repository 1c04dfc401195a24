import { readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { folderOf, isAlive, programOf } from '../process.ts'

/** What a server's postmaster.pid says, and whether that server still lives. */
export interface Postmaster {
  pid: number
  port: number
  status: 'starting' | 'ready' | 'stopping' | 'standby' | ''
  alive: boolean
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
  }
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
