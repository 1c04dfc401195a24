import { type Analytics, LONGEST_SECONDS } from '../clickhouse/analytics.ts'
import { day, ident, join, type Sql, sql } from '../clickhouse/sql.ts'

/**
 * The tables that a backup copies, with what parts their rows into portions. What is added up from them (`tallies` and the marks beside
 * it) is added up anew. Rows that a later one replaces are left out, as every question leaves them out.
 */
export const copiedTables = [
  { name: 'voices', day: 'day', id: 'id' },
  { name: 'mentions', day: 'day', id: 'voice_id' },
  { name: 'events', day: 'day', id: 'id' },
  { name: 'orders', day: 'ordered_day', id: 'order_id' },
] as const
export type CopiedName = (typeof copiedTables)[number]['name']

/** Rows that are held in memory at once. */
const PORTION = 20_000

export async function columnsOf(analytics: Analytics, table: string): Promise<string[]> {
  const rows = await analytics.query<{ name: string }>(
    sql`SELECT name FROM system.columns WHERE database = currentDatabase() AND table = ${table}`,
  )
  return rows.map(({ name }) => name)
}

/** A table's rows as lines, a portion at a time. */
export async function* rowsOut(
  analytics: Analytics,
  { name, columns }: { name: string; columns: readonly string[] },
): AsyncGenerator<Buffer> {
  const names = columns.map((column) => sql`${ident(column)}`)
  for (const where of await portionsOf(analytics, name)) {
    const question = sql`SELECT ${join(names)} FROM ${ident(name)} FINAL WHERE ${where}`
    const lines = await analytics.lines(question, { maxSeconds: LONGEST_SECONDS })
    if (lines !== '') yield Buffer.from(lines)
  }
}

/** Conditions that part a table's rows: days together while they are few, a day of many by its ids. */
async function portionsOf(analytics: Analytics, name: string): Promise<Sql[]> {
  const table = copiedTables.find((one) => one.name === name)!
  const local = ident(table.day)
  const days = await analytics.query<{ tenant: string; local: string; n: number }>(
    sql`SELECT tenant, ${local} AS local, count() AS n FROM ${ident(name)} FINAL GROUP BY tenant, local ORDER BY tenant, local`,
    { maxSeconds: LONGEST_SECONDS },
  )
  const portions: Sql[] = []
  let open: { tenant: string; from: string; to: string; n: number } | undefined
  const close = () => {
    if (!open) return
    const within = sql`tenant = ${open.tenant} AND ${local} >= ${day(open.from)} AND ${local} <= ${day(open.to)}`
    const parts = Math.ceil(open.n / PORTION)
    for (let part = 0; part < parts; part++)
      portions.push(parts === 1 ? within : sql`${within} AND cityHash64(${ident(table.id)}) % ${parts} = ${part}`)
    open = undefined
  }
  for (const { tenant, local: at, n } of days) {
    if (open && (open.tenant !== tenant || open.n + n > PORTION)) close()
    open = open ? { ...open, to: at, n: open.n + n } : { tenant, from: at, to: at, n }
  }
  close()
  return portions
}

/** How many lines are inserted at once, at most: a call is one part on disk. */
const INSERTED = 50_000
const INSERTED_BYTES = 32 * 1024 * 1024

/** Appends such lines to a table. */
export async function rowsIn(
  analytics: Analytics,
  { name, columns }: { name: string; columns: readonly string[] },
  pieces: AsyncIterable<Uint8Array>,
  onRows: (rows: number) => void,
): Promise<void> {
  let lines: string[] = []
  let bytes = 0
  let rows = 0
  const send = async () => {
    await analytics.insert(name, { columns, lines })
    rows += lines.length
    onRows(rows)
    lines = []
    bytes = 0
  }
  for await (const line of linesIn(pieces)) {
    lines.push(line)
    bytes += line.length
    if (lines.length === INSERTED || bytes > INSERTED_BYTES) await send()
  }
  if (lines.length > 0) await send()
}

async function* linesIn(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const text = new TextDecoder()
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + text.decode(piece, { stream: true })).split('\n')
    rest = lines.pop()!
    yield* lines
  }
}
