import type { Cell, ExportTable } from './table.ts'

/** Excel takes a file for UTF-8 only where it begins with this. */
const BOM = '\uFEFF'
/** What a spreadsheet takes for the beginning of a formula, also after blanks and in full width. */
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠|%]/u

/** A customer's words must never run: what looks like a formula becomes text by an apostrophe. Numbers are numbers. */
export const guarded = (text: string) => (formula.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text)

function written(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = guarded(cell)
  return /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The table as RFC 4180 writes it: commas, CRLF, quotes doubled; with a byte order mark. */
export function csvOf(table: ExportTable): string {
  const lines = [table.columns.map((column) => column.name), ...table.rows]
  return `${BOM}${lines.map((line) => line.map(written).join(',')).join('\r\n')}\r\n`
}
