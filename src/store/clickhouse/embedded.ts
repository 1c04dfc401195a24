import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client'
import { fail, ok, type Result } from '../../core/result.ts'
import { type Analytics, analyticsOver, type Way } from './analytics.ts'

/** Statements that run at once. One session runs one at a time, so there are as many sessions on the one folder. */
const sessions = 3

/** What the engine may hold; a question that needs more fails by itself and leaves the process alive. */
const memoryBytes = 1_000_000_000

/**
 * ClickHouse inside this process, on a folder that belongs to it alone. The engine is bound to one folder a process; its work is done
 * on libuv's threads, whose number (UV_THREADPOOL_SIZE) is set before Node starts.
 */
export async function openEmbeddedClickHouse(folder: string): Promise<Result<Analytics>> {
  try {
    mkdirSync(folder, { recursive: true })
    const { Session } = await import('chdb')
    const { createChdbConnection } = await import('chdb/connection')
    const root = path.resolve(folder)
    // The first session starts the engine and is the only place that takes its arguments.
    const engine = new Session(root, { connectionArgs })
    const ways = Array.from({ length: sessions }, (): Way => {
      const connection = createChdbConnection({ path: root })
      const client = createClient({
        // biome-ignore lint/suspicious/noExplicitAny: chdb types the connection by its own copy of the client's interface
        connection: connection as any,
        clickhouse_settings: statementSettings,
        log: { level: ClickHouseLogLevel.OFF },
      })
      return {
        client,
        async insert(table, rows) {
          if (!('lines' in rows)) return client.insert({ table, values: rows, format: 'JSONEachRow' })
          // Through the client lines would become part of the statement, which is copied several times on this thread.
          const values = Buffer.from(`${rows.lines.join('\n')}\n`)
          return connection.chdb.rawInsert({ table, columns: rows.columns, values, format: 'TabSeparated' })
        },
      }
    })
    const version = await versionOf(ways[0]!.client)
    const close = async () => {
      for (const { client } of ways) await client.close()
      engine.close()
    }
    return ok(analyticsOver({ ways, version, close }))
  } catch (error) {
    return fail(notOpened(folder, error as Error))
  }
}

/** While this much is free for each, a statement has several cores; by its own measure the engine would never take two in so little memory. */
const freeBytesForCore = 250_000_000

/** Arguments that are about statements hold in the first session alone, which answers none: they go with each statement instead. */
const statementSettings: ClickHouseSettings = {
  output_format_json_quote_64bit_integers: 0,
  max_threads_min_free_memory_per_thread: String(freeBytesForCore),
}

const connectionArgs = [
  `--max_server_memory_usage=${memoryBytes}`,
  '--background_pool_size=2',
  '--background_schedule_pool_size=2',
  '--mark_cache_size=67108864',
]

export async function versionOf(client: ClickHouseClient): Promise<string> {
  const answer = await client.query({ query: 'SELECT version() AS version', format: 'JSONEachRow' })
  return (await answer.json<{ version: string }>())[0]!.version
}

function notOpened(folder: string, error: Error) {
  const other = /only one|active data directory/i.test(error.message)
  const locked = /lock|another (server|process)/i.test(error.message)
  return {
    code: 'clickhouse-not-opened',
    message: `ClickHouse could not be opened on ${folder}: ${error.message.split('\n')[0]}`,
    remedy: other
      ? 'One process can open one data folder: start another process for the other folder.'
      : locked
        ? 'Stop the process that uses this folder, then start again.'
        : 'Look at the message above; an outside ClickHouse can be used instead by setting CLICKHOUSE_URL.',
    where: folder,
  }
}
