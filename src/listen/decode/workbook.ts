import { unzipSync } from 'fflate'
import { ProblemError } from '../../core/result.ts'
import { fileProblem } from '../reasons/files.ts'
import type { TableRow } from './row.ts'

/** A workbook is read whole; a larger one is saved as CSV first. */
const MOST_BYTES = 256 * 1024 * 1024
/** Unpacked, it may be this many times its size (and the allowance, for small ones); beyond, it is taken for a bomb. */
const MOST_GROWTH = 60
const GROWTH_ALLOWANCE = 16 * 1024 * 1024

/**
 * The rows of a workbook's first sheet that holds anything, as texts: numbers with every digit of the file, dates as
 * `2026-03-01 20:15:00`, local as Excel's are. Throws a ProblemError (`format`, `too_large`).
 */
export async function* workbookRows(
  pieces: AsyncIterable<Buffer>,
  say: (note: string) => void,
): AsyncGenerator<TableRow> {
  const bytes = await gather(pieces)
  refuseBombs(bytes)
  const { default: readWorkbook } = await import('read-excel-file/node')
  const sheets = await readWorkbook(bytes, { parseNumber: (text) => text, trim: false }).catch((error: Error) => {
    throw broken(error.message)
  })
  const sheet = sheets.find(({ data }) => data.some(isFilled))
  if (!sheet) return
  if (sheets.length > 1) say(`sheet "${sheet.sheet}" was read, not: ${others(sheets, sheet.sheet)}`)
  const width = Math.max(...sheet.data.map((row) => row.length))
  for (const [index, row] of sheet.data.entries())
    if (isFilled(row))
      yield { line: index + 1, cells: Array.from({ length: width }, (_, place) => cellText(row[place])) }
}

const others = (sheets: readonly { sheet: string }[], read: string): string =>
  sheets.flatMap(({ sheet }) => (sheet === read ? [] : [sheet])).join(', ')

const isFilled = (row: readonly unknown[]): boolean => row.some((cell) => cell !== null && String(cell).trim() !== '')

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return dateText(cell)
  return typeof cell === 'boolean' ? String(cell).toUpperCase() : String(cell)
}

/** Excel counts days with fractions: what is half a second off is the second. */
function dateText(date: Date): string {
  const text = new Date(Math.round(date.getTime() / 1_000) * 1_000).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
}

async function gather(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > MOST_BYTES)
      throw new ProblemError(fileProblem('workbook_too_large', { most: MOST_BYTES / 1024 / 1024 }))
    parts.push(piece)
  }
  return Buffer.concat(parts)
}

/** Looks at the archive's own list of sizes; nothing is unpacked. What the list hides, unpacking to its stated size cuts off. */
function refuseBombs(bytes: Buffer): void {
  let unpacked = 0
  let isWorkbook = false
  try {
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        unpacked += originalSize
        isWorkbook ||= name.startsWith('xl/')
        return false
      },
    })
  } catch (error) {
    throw broken((error as Error).message)
  }
  if (!isWorkbook) throw new ProblemError(fileProblem('archive', {}))
  if (unpacked > GROWTH_ALLOWANCE + bytes.length * MOST_GROWTH)
    throw new ProblemError(fileProblem('workbook_bomb', { size: Math.round(unpacked / 1024 / 1024) }))
}

const broken = (why: string): ProblemError => new ProblemError(fileProblem('workbook_broken', { why }))
