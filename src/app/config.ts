import path from 'node:path'

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
    port: Number(env.PORT || 7070),
    databaseUrl: env.DATABASE_URL || undefined,
    clickhouseUrl: env.CLICKHOUSE_URL || undefined,
    readerThreads: Number(env.DAYSTAR_READER_THREADS || 1),
    weightsFile:
      env.DAYSTAR_WEIGHTS === 'none' ? null : env.DAYSTAR_WEIGHTS ? path.resolve(env.DAYSTAR_WEIGHTS) : undefined,
  }
}
