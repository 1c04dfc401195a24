import type { ByCustomer, Estimate } from '../../../src/http/shapes.ts'

export type Cell = string | number | null

interface Named {
  /** The name in files for machines (Parquet): stable in every language. */
  id: string
  /** The name for people, on the screen and in CSV, in the page's language. */
  name: string
}
/** `write` says how the screen writes a cell; files hold it as it is. */
export type Column =
  | (Named & { type: 'text'; write?: (cell: string) => string })
  | (Named & { type: 'number'; write?: (cell: number) => string })

/** What a page or a chart gives away: plain cells, shares as 0–1, money in minor units. */
export interface ExportTable {
  columns: readonly Column[]
  rows: readonly (readonly Cell[])[]
}

/** What the numbers are about; it stands in every row, so that a row which is copied elsewhere still says it. */
export interface About {
  tenant: string
  /** Local days, both included; null where the tenant has no data. */
  from: string | null
  to: string | null
  /** Filters such as `category=取暖器; city=北京`; empty for none. */
  filter: string
  simulated: boolean
}

export interface ExportWords {
  value: string
  low: string
  high: string
  tenant: string
  from: string
  to: string
  filter: string
  simulated: string
  yes: string
  no: string
}

/** The columns of an estimate: its value, the ends of its 95 % interval, and n; `lead` tells several estimates of a row apart. */
export const figureColumns = (
  words: Pick<ExportWords, 'value' | 'low' | 'high'>,
  write?: (value: number) => string,
  lead?: { id: string; name: string },
): Column[] => {
  const named = (id: string, name: string): Named =>
    lead ? { id: `${lead.id}_${id}`, name: `${lead.name} ${name}` } : { id, name }
  return [
    { ...named('value', words.value), type: 'number', write },
    { ...named('low', words.low), type: 'number', write },
    { ...named('high', words.high), type: 'number', write },
    { ...named('n', 'n'), type: 'number', write: (n) => n.toLocaleString('en-US') },
  ]
}
export const figureCells = (of: Estimate): Cell[] => [of.value, of.low, of.high, of.n]

/** The columns of a change and the ends of its 95 % interval. */
export const changeColumns = (
  words: Record<'changeValue' | 'changeLow' | 'changeHigh', string>,
  write?: (value: number) => string,
): Column[] => [
  { id: 'change', name: words.changeValue, type: 'number', write },
  { id: 'change_low', name: words.changeLow, type: 'number', write },
  { id: 'change_high', name: words.changeHigh, type: 'number', write },
]

/** The columns of a value that rests on the n of its row: the value and the ends of its 95 % interval. */
export const boundsColumns = (words: Pick<ExportWords, 'low' | 'high'>, id: string, name: string): Column[] => [
  { id, name, type: 'number' },
  { id: `${id}_low`, name: `${name} ${words.low}`, type: 'number' },
  { id: `${id}_high`, name: `${name} ${words.high}`, type: 'number' },
]
export const boundsCells = (of: { value: number; low: number; high: number } | null | undefined): Cell[] => [
  of?.value ?? null,
  of?.low ?? null,
  of?.high ?? null,
]

/** The ends of the interval by customer; empty where cases are as good as independent. */
export const customerColumns = (words: Record<'customerLow' | 'customerHigh', string>): Column[] => [
  { id: 'customer_low', name: words.customerLow, type: 'number' },
  { id: 'customer_high', name: words.customerHigh, type: 'number' },
]
export const customerCells = (of: ByCustomer | undefined): Cell[] => [
  of?.estimate.low ?? null,
  of?.estimate.high ?? null,
]

/** A cell as the screen writes it. */
export function shownCell(column: Column, cell: Cell): string {
  if (cell === null) return '—'
  if (column.type === 'number') return typeof cell === 'number' && column.write ? column.write(cell) : String(cell)
  return typeof cell === 'string' && column.write ? column.write(cell) : String(cell)
}

/** The table with what it is about at the end of every row. */
export function withAbout(table: ExportTable, about: About, words: ExportWords): ExportTable {
  const keys = ['from', 'to', 'filter', 'tenant', 'simulated'] as const
  const told: Cell[] = [about.from, about.to, about.filter, about.tenant, about.simulated ? words.yes : words.no]
  return {
    columns: [...table.columns, ...keys.map((id): Column => ({ id, name: words[id], type: 'text' }))],
    rows: table.rows.map((row) => [...row, ...told]),
  }
}

/** A file name that every system takes: what, for whom, which days. */
export function fileName(what: string, about: About, extension: string): string {
  const days = about.from && about.to ? `${about.from}_${about.to}` : ''
  const safe = [what, about.tenant, days]
    .filter(Boolean)
    .map((part) => part.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, ''))
  return `${safe.filter(Boolean).join('-').slice(0, 120)}.${extension}`
}
