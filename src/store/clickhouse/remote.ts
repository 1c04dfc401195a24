import { Readable } from 'node:stream'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { fail, ok, type Result } from '../../core/result.ts'
import { type Analytics, analyticsOver, LONGEST_SECONDS, type Tabbed } from './analytics.ts'
import { versionOf } from './embedded.ts'

/** Statements that are sent at once; a server runs many, and a bound keeps one busy page from taking them all. */
const connections = 8
/** In which an engine that stops a question has said so. */
const GRACE_SECONDS = 30

/** A ClickHouse server by its URL: http://user:password@host:8123/database. */
export async function openRemoteClickHouse(url: string): Promise<Result<Analytics>> {
  const shown = withoutPassword(url)
  if (shown === undefined)
    return fail({
      code: 'clickhouse-url',
      message: 'CLICKHOUSE_URL is not a URL.',
      remedy: 'Write it as http://user:password@host:8123/database.',
    })
  try {
    const client = createClient({
      url,
      max_open_connections: connections,
      request_timeout: (LONGEST_SECONDS + GRACE_SECONDS) * 1_000,
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
      log: { level: ClickHouseLogLevel.OFF },
    })
    const version = await versionOf(client)
    return ok(
      analyticsOver({
        ways: Array.from({ length: connections }, () => ({
          client,
          insert: (table: string, rows: readonly object[] | Tabbed) => client.insert({ table, ...asValues(rows) }),
        })),
        version,
        close: () => client.close(),
      }),
    )
  } catch (error) {
    return fail({
      code: 'clickhouse-unreachable',
      message: `The ClickHouse server at ${shown} did not answer: ${(error as Error).message.split('\n')[0]}`,
      remedy: 'Start it, or correct CLICKHOUSE_URL; without that variable the embedded ClickHouse is used.',
      where: shown,
    })
  }
}

function asValues(rows: readonly object[] | Tabbed) {
  if (!('lines' in rows)) return { values: rows, format: 'JSONEachRow' } as const
  const [first, ...others] = rows.columns as string[]
  const values = Readable.from([`${rows.lines.join('\n')}\n`], { objectMode: false })
  return { columns: [first!, ...others] as [string, ...string[]], values, format: 'TabSeparated' } as const
}

function withoutPassword(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}
