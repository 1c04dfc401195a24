import { type JsonObject, textAt } from '../decode/fields.ts'
import { currencyOf, minorOf, wholeNumber } from '../decode/money.ts'
import { isMasked, parseTime } from '../decode/values.ts'
import { because } from '../reasons/reason.ts'
import type { ReadContext } from '../source/item.ts'
import type { Row } from '../source/table-source.ts'

/** An object by its paths as a row by its columns, so that one reader serves both forms of an export. */
export const rowOf =
  (object: JsonObject): Row =>
  (...names) => {
    for (const name of names) {
      const text = textAt(object, name)
      if (text !== undefined) return text
    }
  }

/** A cell without what spreadsheets put around it: `="123"`, `'123`, a tab that keeps long numbers from being rounded. */
export const plainCell = (cell: string | undefined): string | undefined => {
  const plain = cell
    ?.trim()
    .replace(/^=?"(.*)"$/s, '$1')
    .replace(/^'/, '')
    .trim()
  return plain === '' ? undefined : plain
}

/** What stands where there is no time. */
const NEVER = /^(?:-+|null|none|n\/a|无|0000-00-00.*)$/i

/** A cell as a moment; none where it says so. What is no time is left as it is written, to be refused with its value. */
export function timeOf(cell: string | undefined, zone: string): unknown {
  const written = plainCell(cell)
  if (written === undefined || NEVER.test(written)) return undefined
  return parseTime(written, zone) ?? written
}

/** A cell as a number: `1,234`, `1.2万`, `3.4k`; what is none is left as it is written. */
export function numberOf(cell: string | undefined): unknown {
  if (cell === undefined) return undefined
  const match = /^(-?\d+(?:,\d{3})*(?:\.\d+)?)\s*(万|亿|[wk])?$/i.exec(cell.normalize('NFKC').trim())
  if (!match) return cell
  return Math.round(Number(match[1]!.replaceAll(',', '')) * (units[match[2]?.toLowerCase() ?? ''] ?? 1) * 1e6) / 1e6
}
const units: Record<string, number> = { 万: 1e4, w: 1e4, 亿: 1e8, k: 1e3 }

/** A cell as a mark: true or false as exports write it; undefined where it is neither. */
export function markOf(cell: string | undefined): boolean | undefined {
  if (cell === undefined) return undefined
  if (/^(true|1|y|yes|是)$/i.test(cell.trim())) return true
  return /^(false|0|n|no|否)$/i.test(cell.trim()) ? false : undefined
}

const parts = /\s*[,，、;；|]\s*/
/** Several words in one cell, joined as people read them. */
export const wordsOf = (cell: string | undefined): string | undefined =>
  cell
    ?.split(parts)
    .filter((word) => word !== '')
    .join('、')

/** An amount in minor units; undefined where there is none or no currency. */
export function moneyCell(cell: string | undefined, currency: string | undefined): unknown {
  const plain = plainCell(cell)
  return plain === undefined || plain === '-' || currency === undefined ? undefined : minorOf(plain, currency)
}

/** What was paid back: some systems write it as a negative amount. */
export function paidBackCell(cell: string | undefined, currency: string | undefined): unknown {
  const amount = moneyCell(cell, currency)
  return typeof amount === 'number' ? Math.abs(amount) : amount
}

export const wholeMoney = (cell: string | undefined, currency: string | undefined): number | undefined =>
  wholeNumber(moneyCell(cell, currency))

/** A count; `2件` and `2.0` are 2. What is no number stays as it is written. */
export function countCell(cell: string | undefined): unknown {
  const plain = plainCell(cell)?.replace(/(?:\.0+)?\s*(?:件|个|pcs?)?$/i, '')
  return plain !== undefined && /^\d+$/.test(plain) ? Number(plain) : plainCell(cell)
}

/** Who it was; a masked nickname names nobody. */
export const personCell = (cell: string | undefined): string | undefined => {
  const plain = plainCell(cell)
  return plain === undefined || isMasked(plain) ? undefined : plain
}

/** An id that a spreadsheet rounded (`1.23E+17`) is lost: it would join strangers. */
export const isRounded = (id: string | undefined): boolean => id !== undefined && /^\d(?:\.\d+)?e\+\d+$/i.test(id)

export const ROUNDED = {
  field: 'id',
  reason: because('rounded'),
}

/** The currency of a row: its own, the user’s, or (Chinese platforms trade in it) CNY where the columns are Chinese ones. */
export const currencyOfRow = (
  cell: string | undefined,
  { settings }: ReadContext,
  chinese: boolean,
): string | undefined =>
  currencyOf(plainCell(cell)) ?? currencyOf(settings?.['order.currency']) ?? (chinese ? 'CNY' : undefined)

export const NO_CURRENCY = {
  field: 'currency',
  reason: because('no_currency'),
}
