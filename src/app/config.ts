import path from 'node:path'
import { ProblemError } from '../core/result.ts'

/** What the surroundings say: where data lives, which engines, where to listen. Everything has a default that works in a clone. */
export interface Config {
  dataDir: string
  host: string
  port: number
  /** An outside PostgreSQL or ClickHouse instead of the embedded one. */
  databaseUrl?: string
  clickhouseUrl?: string
  /** Threads that read text; 0 reads in the main thread. */
  readerThreads: number
  /** Another weights file, or null for the packs alone; undefined for the committed weights. */
  weightsFile?: string | null
}

export const root = path.resolve(import.meta.dirname, '../..')

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  return {
    dataDir: path.resolve(env.DAYSTAR_DATA || path.join(root, 'data')),
    host: env.HOST || '127.0.0.1',
    port: whole(env, 'PORT', 7070, 65_535),
    databaseUrl: env.DATABASE_URL || undefined,
    clickhouseUrl: env.CLICKHOUSE_URL || undefined,
    readerThreads: whole(env, 'DAYSTAR_READER_THREADS', 1, 64),
    weightsFile:
      env.DAYSTAR_WEIGHTS === 'none' ? null : env.DAYSTAR_WEIGHTS ? path.resolve(env.DAYSTAR_WEIGHTS) : undefined,
  }
}

/** A whole number of the environment, from 0 to `most`. */
function whole(env: NodeJS.ProcessEnv, name: string, fallback: number, most: number): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0 && value <= most) return value
  throw new ProblemError({
    code: 'setting',
    message: `${name}=${text} is not a whole number from 0 to ${most}`,
    remedy: `leave ${name} out for ${fallback}`,
  })
}
