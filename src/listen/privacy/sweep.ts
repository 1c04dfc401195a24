import type { Stores } from '../../store/open.ts'
import type { Belonging } from './belonging.ts'

/** What stands in the place of words that nobody may read any more. */
const ERASED = '[erased]'
/** A shorter name is a part of other words. */
const SHORTEST_NAME = 6
/** Shorter words are said by many. */
const SHORTEST_CLAUSE = 10
/** Erased by the record already; corrections cannot be changed, only removed, and are. A pack has words that many say. */
const done = /^(?:inbox\.records|refused_customers\.customer_hash|corrections\..*|own_packs\..*|own_words\..*)$/

/**
 * Looks for the customer's references and words in every text of every table that belongs to a tenant, so that a table that nobody
 * thought of, a note on a ticket or a quote under a finding is erased too; answers in how many rows something was found.
 */
export async function sweep(stores: Stores, { tenant, names, voices }: Belonging): Promise<number> {
  // People quote a clause as often as the whole.
  const clauses = voices.flatMap(({ text }) => [text, ...text.split(/[，。！？；,.!?;\n]+/)])
  const texts = clauses.map((clause) => clause.trim()).filter((clause) => clause.length >= SHORTEST_CLAUSE)
  const needles = [...new Set([...names.filter((name) => name.length >= SHORTEST_NAME), ...texts])].sort(
    (a, b) => b.length - a.length,
  )
  if (needles.length === 0) return 0
  let rows = 0
  for (const { table, column, type } of await textColumns(stores)) {
    if (done.test(`${table}.${column}`)) continue
    for (let at = 0; at < needles.length; at += 500)
      rows += await scrub(stores, { tenant, table, column, type }, needles.slice(at, at + 500))
  }
  return rows
}

interface Column {
  table: string
  column: string
  type: 'text' | 'jsonb'
}

/** Every text and JSON column of the tables that have a tenant. */
async function textColumns({ pg }: Stores): Promise<Column[]> {
  const { rows } = await pg.query<Column>(`
    select c.table_name as table, c.column_name as column, c.data_type as type from information_schema.columns c
    where c.table_schema = current_schema() and c.data_type in ('text', 'jsonb') and c.column_name <> 'tenant' and exists
      (select 1 from information_schema.columns t where t.table_schema = c.table_schema and t.table_name = c.table_name and t.column_name = 'tenant')
    order by 1, 2`)
  return rows
}

/** In JSON a text stands with its escapes. */
async function scrub(
  { pg }: Stores,
  { tenant, table, column, type }: Column & { tenant: string },
  needles: readonly string[],
): Promise<number> {
  const written = type === 'jsonb' ? needles.map((needle) => JSON.stringify(needle).slice(1, -1)) : needles
  const place = `"${table}"."${column}"`
  const found = await pg.query<{ at: string; value: string }>(
    `select ctid::text as at, ${place}::text as value from "${table}" where tenant = $1 and exists
      (select 1 from unnest($2::text[]) as n where strpos(${place}::text, n) > 0)`,
    [tenant, written],
  )
  for (const { at, value } of found.rows) {
    const clean = written.reduce((text, needle) => text.replaceAll(needle, ERASED), value)
    await pg.query(`update "${table}" set "${column}" = $1::${type} where ctid = $2::tid and tenant = $3`, [
      clean,
      at,
      tenant,
    ])
  }
  return found.rows.length
}
