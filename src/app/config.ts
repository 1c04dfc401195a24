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
  /** Acknowledged records that may wait to be read before senders are told to wait; without it, a million. */
  inboxRecords?: number
  /** Days for which batches that were read stay in the inbox. */
  inboxDays?: number
  /** Another weights file, or null for the packs alone; undefined for the committed weights. */
  weightsFile?: string | null
  /** Origins that may be reached although they are not on the internet, such as a language model on this machine. */
  allow?: readonly string[]
  /** A language model that the operator pays for; its key goes to this address and to no other. */
  llm?: { url: string; key: string }
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
    inboxDays: whole(env, 'DAYSTAR_INBOX_DAYS', 7, 3_650),
    inboxRecords: whole(env, 'DAYSTAR_INBOX_RECORDS', 1_000_000, 1_000_000_000),
    weightsFile:
      env.DAYSTAR_WEIGHTS === 'none' ? null : env.DAYSTAR_WEIGHTS ? path.resolve(env.DAYSTAR_WEIGHTS) : undefined,
    allow: origins(env.DAYSTAR_ALLOW ?? ''),
    llm:
      env.DAYSTAR_LLM_URL && env.DAYSTAR_LLM_KEY ? { url: env.DAYSTAR_LLM_URL, key: env.DAYSTAR_LLM_KEY } : undefined,
  }
}

/** `DAYSTAR_ALLOW=http://localhost:11434,http://10.0.0.7:8000,smtp://mail.internal:25` */
function origins(text: string): string[] {
  const all = text.split(',').map((one) => one.trim())
  return all.filter(Boolean).map((one) => {
    const url = URL.canParse(one) ? new URL(one) : null
    if (url && /^https?:$/.test(url.protocol)) return url.origin
    if (url?.protocol === 'smtp:' && url.port !== '') return `smtp://${url.host.toLowerCase()}`
    throw new ProblemError({
      code: 'setting',
      message: `DAYSTAR_ALLOW: "${one}" is not an origin`,
      remedy:
        'write it with its scheme and port, such as http://localhost:11434 or smtp://localhost:25; part several by commas',
    })
  })
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
