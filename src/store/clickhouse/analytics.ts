import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import { ident, type Sql, sql, trusted } from './sql.ts'

export interface QueryOptions {
  /** The engine itself stops the question after so many seconds; a client that only stops waiting would leave it running. */
  maxSeconds?: number
  signal?: AbortSignal
}

/** The analytic engine, embedded or a server: the same questions, the same answers. 64-bit integers come as numbers: keep them below 2^53. */
export interface Analytics {
  query<T>(question: Sql, options?: QueryOptions): Promise<T[]>
  /** The same answer as tab-separated lines, each as `insert` takes it. */
  lines(question: Sql, options?: QueryOptions): Promise<string>
  /** Appends rows; columns are found by name, missing ones take their default. Many rows at once: a call is one part on disk. */
  insert(table: string, rows: readonly object[] | Tabbed): Promise<void>
  /** Runs a statement that answers nothing. */
  command(statement: Sql, options?: QueryOptions): Promise<void>
  version(): string
  close(): Promise<void>
}

/** Rows as the engine reads them fastest: their columns named once, each row a line made by `tabbed`. */
export interface Tabbed {
  columns: readonly string[]
  lines: readonly string[]
}

/** One row of texts and numbers, without nulls and lists, in the order of its columns. */
export function tabbed(values: readonly (string | number)[]): string {
  let line = ''
  for (const [place, value] of values.entries()) {
    if (place > 0) line += '\t'
    line +=
      typeof value === 'string' && special.test(value) ? value.replace(everySpecial, (one) => escapes[one]!) : value
  }
  return line
}

const special = /[\\\t\n\r\0\b\f]/
const everySpecial = new RegExp(special, 'g')
const escapes: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
  '\b': '\\b',
  '\f': '\\f',
}

export interface AnalyticsParts {
  /** Each client runs one statement at a time. */
  clients: readonly ClickHouseClient[]
  version: string
  close(): Promise<void>
}

const defaultSeconds = 30

/** What a statement may measure; long ones list ids. */
export const MAX_STATEMENT_BYTES = 8 * 1024 * 1024

/** The port over any number of clients: a statement goes to the client that has been idle, or waits for the first that is. */
export function analyticsOver(parts: AnalyticsParts): Analytics {
  const turns = takeTurns(parts.clients)
  const settings = (options: QueryOptions = {}): ClickHouseSettings => ({
    max_execution_time: options.maxSeconds ?? defaultSeconds,
    max_query_size: String(MAX_STATEMENT_BYTES),
  })
  const asked = (question: Sql, options?: QueryOptions) => ({
    query: question.text,
    clickhouse_settings: settings(options),
    abort_signal: options?.signal,
  })
  return {
    query: <T>(question: Sql, options?: QueryOptions) =>
      turns.with(async (client) =>
        (await client.query({ ...asked(question, options), format: 'JSONEachRow' })).json<T>(),
      ),
    lines: (question, options) =>
      turns.with(async (client) =>
        (await client.query({ ...asked(question, options), format: 'TabSeparated' })).text(),
      ),
    async insert(table, rows) {
      if ('lines' in rows) {
        if (rows.lines.length === 0) return
        const [first, ...others] = rows.columns as string[]
        await turns.with((client) => {
          const values = Readable.from([`${rows.lines.join('\n')}\n`], { objectMode: false })
          return client.insert({ table, columns: [first!, ...others], values, format: 'TabSeparated' })
        })
      } else if (rows.length > 0)
        await turns.with((client) => client.insert({ table, values: rows, format: 'JSONEachRow' }))
    },
    async command(statement, options) {
      await turns.with((client) => client.command(asked(statement, options)))
    },
    version: () => parts.version,
    async close() {
      await turns.idle()
      await parts.close()
    },
  }
}

/** Columns by table, each a name and a definition. */
type Columns = Readonly<Record<string, readonly (readonly [string, string])[]>>

/** Creates the tables and adds the columns that they lack. MergeTree writes through to the disk where the release knows how, so that a power cut loses nothing that was read in. */
export async function prepare(analytics: Analytics, tables: readonly string[], added: Columns = {}): Promise<void> {
  const synced =
    releaseOf(analytics.version()) >= 21.01 ? ' SETTINGS fsync_after_insert = 1, fsync_part_directory = 1' : ''
  const word = releaseOf(analytics.version()) >= 19 ? 'LowCardinality(String)' : 'String'
  const inDialect = (text: string) => text.replaceAll(/\bWord\b/g, word)
  for (const table of tables) await analytics.command(trusted(inDialect(table) + synced))
  // Asked for first: release 18 knows no ADD COLUMN IF NOT EXISTS; with it two processes may start at once.
  const unless = releaseOf(analytics.version()) >= 19.06 ? 'IF NOT EXISTS ' : ''
  for (const [table, columns] of Object.entries(added)) {
    const rows = await analytics.query<{ name: string }>(
      sql`SELECT name FROM system.columns WHERE database = currentDatabase() AND table = ${table}`,
    )
    const known = new Set(rows.map(({ name }) => name))
    const lacking = columns.filter(([name]) => !known.has(name))
    if (lacking.length === 0) continue
    const additions = lacking.map(([name, definition]) => `ADD COLUMN ${unless}${name} ${inDialect(definition)}`)
    await analytics.command(trusted(`ALTER TABLE ${table} ${additions.join(', ')}`))
  }
}

/**
 * Removes rows and returns when no question sees them any more. Releases before 23.3 know only mutations, which rewrite the parts that
 * hold such rows: remove many at once there.
 */
export async function removeRows(analytics: Analytics, table: string, where: Sql): Promise<void> {
  if (releaseOf(analytics.version()) >= 23.03) return analytics.command(sql`DELETE FROM ${ident(table)} WHERE ${where}`)
  await analytics.command(sql`ALTER TABLE ${ident(table)} DELETE WHERE ${where}`)
  for (;;) {
    const [left] = await analytics.query<{ n: number }>(
      sql`SELECT count() AS n FROM system.mutations WHERE database = currentDatabase() AND table = ${table} AND is_done = 0`,
    )
    if (left!.n === 0) return
    await sleep(50)
  }
}

/** The release as a number that can be compared: 24.8.1.2 is 24.08. */
export function releaseOf(version: string): number {
  const [year = '0', month = '0'] = version.split('.')
  return Number(year) + Number(month) / 100
}

interface Turns<T> {
  with<R>(work: (client: T) => Promise<R>): Promise<R>
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>
}

function takeTurns<T>(clients: readonly T[]): Turns<T> {
  const free = [...clients]
  const waiting: ((client: T) => void)[] = []
  let resting: (() => void)[] = []
  const giveBack = (client: T) => {
    const next = waiting.shift()
    if (next) return next(client)
    free.push(client)
    if (free.length === clients.length) {
      for (const rest of resting) rest()
      resting = []
    }
  }
  return {
    async with(work) {
      const client = free.pop() ?? (await new Promise<T>((resolve) => waiting.push(resolve)))
      try {
        return await work(client)
      } finally {
        giveBack(client)
      }
    },
    idle: () => (free.length === clients.length ? Promise.resolve() : new Promise((resolve) => resting.push(resolve))),
  }
}
