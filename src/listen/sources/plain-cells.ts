import { currencyOf, minorOf, wholeNumber } from '../decode/money.ts'
import { isMasked, parseTime } from '../decode/values.ts'
import { because } from '../reasons/reason.ts'
import type { ReadContext } from './item.ts'

/** A cell without what spreadsheets put around it: `="123"`, `'123`, a tab that keeps long numbers from being rounded. */
export const plainCell = (cell: string | undefined): string | undefined => {
  const plain = cell
    ?.trim()
    .replace(/^=?"(.*)"$/s, '$1')
    .replace(/^'/, '')
    .trim()
  return plain === '' ? undefined : plain
}

/** A time: epoch milliseconds, or the cell as it is written, to be refused with its value. Placeholders for none are none. */
export function timeCell(cell: string | undefined, zone: string): unknown {
  const plain = plainCell(cell)
  if (plain === undefined || /^(?:-+|null|none|n\/a|无|0000-00-00.*)$/i.test(plain)) return undefined
  return parseTime(plain.replace(/ ([+-]\d\d:?\d\d|Z)$/, '$1').replace(/ UTC$/, 'Z'), zone) ?? plain
}

/** An amount in minor units; undefined where there is none or no currency. */
export function moneyCell(cell: string | undefined, currency: string | undefined): unknown {
  const plain = plainCell(cell)
  return plain === undefined || plain === '-' || currency === undefined ? undefined : minorOf(plain, currency)
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
