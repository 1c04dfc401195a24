import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'

export interface Places {
  db: pg.Client
  analytics: { query<T>(text: string): Promise<T[]> }
  dataDir: string
}

/** Every text and JSON column of every table in the database, and whether the table has a tenant. */
export async function textColumnsOf(
  db: pg.Client,
): Promise<{ table: string; column: string; type: string; tenant: boolean }[]> {
  const { rows } = await db.query(`
    select c.table_name as table, c.column_name as column, c.data_type as type, exists (select 1 from information_schema.columns t
      where t.table_schema = c.table_schema and t.table_name = c.table_name and t.column_name = 'tenant') as tenant
    from information_schema.columns c join information_schema.tables b using (table_schema, table_name)
    where c.table_schema = 'public' and b.table_type = 'BASE TABLE' and c.data_type in ('text', 'character varying', 'json', 'jsonb')
    order by 1, 2`)
  return rows
}

/** Where any of the needles stands: `table.column`, `statistics of table.column`, `clickhouse table.row`, `log file`. Looks at every table and column there is. */
export async function everywhere({ db, analytics, dataDir }: Places, needles: readonly string[]): Promise<string[]> {
  const written = [...new Set(needles.flatMap((needle) => [needle, JSON.stringify(needle).slice(1, -1)]))]
  const found: string[] = []
  for (const { table, column } of await textColumnsOf(db)) {
    const { rows } = await db.query(
      `select count(*)::int as n from "${table}" where exists (select 1 from unnest($1::text[]) as n where strpos("${column}"::text, n) > 0)`,
      [written],
    )
    if (rows[0].n > 0) found.push(`${table}.${column}`)
  }
  const { rows: frequent } = await db.query(
    `select tablename, attname from pg_stats where schemaname = 'public' and exists (select 1 from unnest($1::text[]) as n
      where strpos(concat_ws(' ', most_common_vals::text, histogram_bounds::text, most_common_elems::text), n) > 0)`,
    [written],
  )
  found.push(...frequent.map(({ tablename, attname }) => `statistics of ${tablename}.${attname}`))
  const tables = await analytics.query<{ name: string }>(
    'SELECT name FROM system.tables WHERE database = currentDatabase()',
  )
  for (const { name } of tables) {
    const rows = await analytics.query<object>(`SELECT * FROM ${name}`)
    if (rows.some((row) => written.some((needle) => JSON.stringify(row).includes(needle))))
      found.push(`clickhouse ${name}.row`)
  }
  const mutations = await analytics.query<{ command: string }>(
    'SELECT command FROM system.mutations WHERE database = currentDatabase()',
  )
  if (mutations.some(({ command }) => written.some((needle) => command.includes(needle))))
    found.push('clickhouse mutations.command')
  for (const name of readdirSync(dataDir).filter((file) => file.endsWith('.log'))) {
    const text = readFileSync(path.join(dataDir, name), 'utf8')
    if (written.some((needle) => text.includes(needle))) found.push(`log ${name}`)
  }
  return found
}
