import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

/**
 * Whether a process with this id runs, whoever owns it. One that has ended but was never waited for (a zombie, as under a container's
 * careless first process) does not.
 */
export function isAlive(pid: number): boolean {
  return exists(pid) && linuxStat(pid)?.[0] !== 'Z'
}

/** Whether this process id is taken, be it by a zombie. */
export function exists(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * A text that differs between two processes which had the same id one after the other: when the process started, and in which boot.
 * Undefined where the system does not tell (no such process, or Windows).
 */
export function birthOf(pid: number): string | undefined {
  if (process.platform === 'linux') return linuxBirthOf(pid)
  if (process.platform === 'win32') return undefined
  return ps(pid, 'lstart=')
}

/** The name of the program a process runs, without its path: `postgres`. Undefined where the system does not tell. */
export function programOf(pid: number): string | undefined {
  if (process.platform === 'linux') return readOr(`/proc/${pid}/comm`)
  if (process.platform === 'win32') return undefined
  return ps(pid, 'comm=')?.split('/').pop()
}

/** The folder a process works in; undefined where the system does not tell (only Linux does, and only its owner and root). */
export function folderOf(pid: number): string | undefined {
  try {
    return process.platform === 'linux' ? readlinkSync(`/proc/${pid}/cwd`) : undefined
  } catch {
    return undefined
  }
}

/** Memory that a process alone is charged with (PSS), in bytes; undefined where the system does not tell. */
export function memoryOf(pid: number): number | undefined {
  const kibibytes = /^Pss:\s+(\d+) kB/m.exec(readOr(`/proc/${pid}/smaps_rollup`) ?? '')?.[1]
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
}

function linuxBirthOf(pid: number): string | undefined {
  const ticks = linuxStat(pid)?.[19]
  return ticks && `${readOr('/proc/sys/kernel/random/boot_id') ?? ''}:${ticks}`
}

/** The fields of /proc/PID/stat from the third, the state, on. The second, the program's name in parentheses, may hold spaces. */
function linuxStat(pid: number): string[] | undefined {
  const stat = readOr(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}

function ps(pid: number, column: string): string | undefined {
  const { stdout } = spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' })
  return stdout?.trim() || undefined
}
