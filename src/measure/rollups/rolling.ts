import type { MarkedTable } from '../../store/clickhouse/marks.ts'
import { type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { type Facet, facetPairs } from './facet.ts'

/** By what rows are told apart: a column (or '' for none), an expression of their day or '', and whether by item. */
export interface Grouping {
  key: Sql
  day: Sql
  itemised: boolean
}

/** Which rows are counted: those of a tenant's days, and of these the ones that pass a filter (1 for all). */
export interface Scope {
  days: Sql
  filter: Sql
}

export const rowsOf = ({ days, filter }: Scope): Sql => sql`${days} AND ${filter}`

/** A key that tells nothing apart. */
export const none = sql`''`

/** The key `k` among those that a question groups by; left out where it tells nothing apart, since it would make each group dearer. */
export const keyed = (key: Sql): Sql => (key.text === none.text ? sql`` : sql`k, `)

/** What is added up day by day: rows of a table, those that count up and down, each under an item (an aspect, a facet's value) or none. */
export interface Rolling {
  id: string
  table: MarkedTable
  /** The dimensions along which days are added up beside the whole; where others are asked for, rows are counted. */
  along: readonly Along[]
  /** Whether each row has to be told apart by whose it is, which wants a place in memory for every one of them. */
  heavy?: true
  /** A question that counts rows: columns k (key), d (day), i (item), counted, up, down. */
  counted(grouping: Grouping, scope: Scope): Sql
  /** The same for all keys of whole days at once, where that is made otherwise than it is counted for one key. */
  added?(grouping: Grouping, scope: Scope): Sql
}

/** The dimensions by which it is added up, beside the whole. They are the filters of a slice, and the columns of all three tables. */
export const rolledDimensions = {
  category: 'category',
  merchant: 'merchant_id',
  product: 'product_id',
  city: 'city',
  channel: 'channel',
} as const
export type RolledDimension = keyof typeof rolledDimensions
/** Voices are added up by more. */
export type Along = RolledDimension | Facet

/** A row's keys along a dimension, as an array of (dimension, key). */
export const keysAlong = (name: Along): Sql =>
  name in rolledDimensions
    ? sql`[(${name}, toString(${trusted(rolledDimensions[name as RolledDimension])}))]`
    : facetPairs(name as Facet)

/** What pages filter by, but for products, whose sums would be nearly as many as the rows themselves. */
export const coarse = ['category', 'merchant', 'city'] as const satisfies RolledDimension[]
