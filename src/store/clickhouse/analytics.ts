import { setTimeout as sleep } from 'node:timers/promises'
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import { ident, type Sql, sql, trusted } from './sql.ts'

interface QueryOptions {
  /** The engine itself stops the question after so many seconds (LONGEST_SECONDS at most); a client that only stops waiting would leave it running. */
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

/** Local days of a tenant that are being written; `all` for a change that cannot name them. */
export type Written = ReadonlyMap<string, ReadonlySet<string> | 'all'>

/** Rows as the engine reads them fastest: their columns named once, each row a line made by `tabbed`. */
export interface Tabbed {
  columns: readonly string[]
  lines: readonly string[]
  /** The local days of the rows by tenant, where whoever made them knows. */
  days?: Written
}

/** A value of a row: a text, a number, nothing, or a list of texts. */
export type Cell = string | number | null | readonly string[]

/** One row as a line, in the order of its columns. */
export function tabbed(values: readonly Cell[]): string {
  let line = ''
  for (let place = 0; place < values.length; place++) {
    if (place > 0) line += '\t'
    const value = values[place]!
    line += typeof value === 'string' ? escaped(value) : typeof value === 'object' ? compound(value) : value
  }
  return line
}

/** Rows as lines. All have the columns of the first. */
export function tabbedRows<T extends { [K in keyof T]: Cell }>(rows: readonly T[]): Tabbed {
  const columns = Object.keys(rows[0] ?? {}) as (keyof T & string)[]
  return { columns, lines: rows.map((row) => tabbed(columns.map((column) => row[column]))) }
}

const escaped = (text: string): string =>
  special.test(text) ? text.replace(everySpecial, (one) => escapes[one]!) : text

/** Texts in a list are quoted; a list is not escaped once more as the cell that it stands in. */
function compound(value: null | readonly string[]): string {
  if (value === null) return '\\N'
  if (value.length === 0) return '[]'
  return `['${value.map((text) => escaped(text).replaceAll("'", "\\'")).join("','")}']`
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

/** A way to the engine. */
export interface Way {
  client: ClickHouseClient
  insert(table: string, rows: readonly object[] | Tabbed): Promise<unknown>
}

export interface AnalyticsParts {
  /** Each runs one statement at a time. */
  ways: readonly Way[]
  version: string
  close(): Promise<void>
}

const defaultSeconds = 30
/** The most that anything asks for: a client waits longer than that, so that it is the engine that stops a question. */
export const LONGEST_SECONDS = 600

/** What a statement may measure; long ones list ids. */
const MAX_STATEMENT_BYTES = 8 * 1024 * 1024

/** The port over any number of clients: a statement goes to the client that has been idle, or waits for the first that is. */
export function analyticsOver(parts: AnalyticsParts): Analytics {
  const turns = takeTurns(parts.ways)
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
      turns.with(async ({ client }) =>
        (await client.query({ ...asked(question, options), format: 'JSONEachRow' })).json<T>(),
      ),
    lines: (question, options) =>
      turns.with(async ({ client }) =>
        (await client.query({ ...asked(question, options), format: 'TabSeparated' })).text(),
      ),
    async insert(table, rows) {
      if (('lines' in rows ? rows.lines : rows).length > 0) await turns.with((way) => way.insert(table, rows))
    },
    async command(statement, options) {
      await turns.with(({ client }) => client.command(asked(statement, options)))
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
