import type { PoolClient } from 'pg'
import { copyIn, copyOut } from '../postgres/copy.ts'

export interface Table {
  name: string
  columns: string[]
}

/** Every table with its columns, those before that others point to. What has been migrated is known from elsewhere. */
export async function tablesOf(client: PoolClient): Promise<Table[]> {
  const { rows } = await client.query<Table & { after: string[] }>(`
    select c.relname as name,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      array(select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as after
    from pg_class c
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname not like 'kysely\\_%'
    order by c.relname`)
  const sorted: Table[] = []
  const done = new Set<string>()
  while (sorted.length < rows.length) {
    const next = rows.filter(({ name, after }) => !done.has(name) && after.every((other) => done.has(other)))
    if (next.length === 0) throw new Error('the tables point to each other in a circle')
    for (const { name, columns } of next) {
      sorted.push({ name, columns })
      done.add(name)
    }
  }
  return sorted
}

/** About how many rows a table has. */
export async function roughRows(client: PoolClient): Promise<Map<string, number>> {
  const { rows } = await client.query<{ name: string; n: string }>(
    'select relname as name, n_live_tup as n from pg_stat_user_tables where schemaname = current_schema()',
  )
  return new Map(rows.map(({ name, n }) => [name, Number(n)]))
}

export async function sequencesOf(client: PoolClient): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; last: string }>(
    'select sequencename as name, last_value::text as last from pg_sequences where schemaname = current_schema() and last_value is not null',
  )
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]))
}

export async function setSequence(client: PoolClient, name: string, last: string): Promise<void> {
  await client.query('select setval($1::regclass, $2::bigint)', [quoted(name), last])
}

export async function migrationsOf(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name')
  return rows.map(({ name }) => name)
}

/** A table's rows as lines. */
export const rowsOut = (client: PoolClient, { name, columns }: Table): AsyncIterable<Buffer> =>
  copyOut(client, `copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`)

/** Appends such lines to a table. */
export const rowsIn = (client: PoolClient, { name, columns }: Table, lines: AsyncIterable<Uint8Array>): Promise<void> =>
  copyIn(client, `copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`, lines)

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
