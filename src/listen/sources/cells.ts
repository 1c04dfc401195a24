import { type JsonObject, textAt } from '../decode/fields.ts'
import { parseTime } from '../decode/values.ts'
import type { Row } from './table-source.ts'

/** An object by its paths as a row by its columns, so that one reader serves both forms of an export. */
export const rowOf =
  (object: JsonObject): Row =>
  (...names) => {
    for (const name of names) {
      const text = textAt(object, name)
      if (text !== undefined) return text
    }
  }

/** A cell as a moment; what is none is left as it is written, to be refused with its value. */
export const timeOf = (cell: string | undefined, zone: string): unknown =>
  cell === undefined ? undefined : (parseTime(cell.trim(), zone) ?? cell)

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
