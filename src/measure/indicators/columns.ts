import { join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'

/**
 * The columns to which the cases of every table are brought, so that each dimension is one expression: `said` is what a person reads of
 * the case. Voices without an order, and whatever a table does not know, are ''.
 */
const caseColumns = [
  ...['day', 'at', 'id', 'said', 'order_id', 'product_id', 'merchant_id', 'category', 'city', 'channel'],
  ...['kind', 'customer_ref', 'facts', 'aspect', 'scene'],
] as const
export type CaseColumn = (typeof caseColumns)[number]

/**
 * The columns that a question names: a case of many rows has only those, since the engine keeps each for every one of millions of cases.
 * A word within a literal names one too many, which changes nothing.
 */
export function columnsIn(...parts: readonly Sql[]): CaseColumn[] {
  const words = new Set(parts.flatMap(({ text }) => text.match(/\w+/g) ?? []))
  return caseColumns.filter((name) => words.has(name))
}

export const withColumns = (columns: readonly CaseColumn[], ...also: readonly CaseColumn[]): CaseColumn[] =>
  caseColumns.filter((name) => columns.includes(name) || also.includes(name))

/** What the rows of one case have in common, or some of them do not say: whose it is, and what it is about. */
export const whatRowsShare: Readonly<Partial<Record<CaseColumn, Sql>>> = {
  order_id: sql`max(order_id)`,
  product_id: sql`max(product_id)`,
  merchant_id: sql`max(toString(merchant_id))`,
  category: sql`max(toString(category))`,
  city: sql`max(toString(city))`,
  channel: sql`max(toString(channel))`,
  customer_ref: sql`max(customer_ref)`,
}

/**
 * Columns of cases that are groups of rows, `made` each of its group: in the grouping they have names of their own, since an alias would
 * take a column's place in the grouping's conditions.
 */
export function groupedColumns(
  columns: readonly CaseColumn[],
  made: Readonly<Partial<Record<CaseColumn, Sql>>>,
): { grouping: Sql; outside: Sql } {
  const known = columns.filter((name) => made[name] !== undefined)
  return {
    grouping: join(known.map((name) => sql`${made[name]!} AS ${trusted(`c_${name}`)}`)),
    outside: join(columns.map((name) => sql`${trusted(made[name] ? `c_${name}` : "''")} AS ${trusted(name)}`)),
  }
}
