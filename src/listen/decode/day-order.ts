import type { TableRow } from './row.ts'

/** Which comes first in 3/2/2026: the month or the day. */
export type DayOrder = 'mdy' | 'dmy' | undefined

const YEAR_LAST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:,?\s+(\d{1,2}:\d\d.*))?$/

/** Which order the days themselves prove: a number above 12 can only be a day. Undefined where none does, or both. */
function orderIn(times: readonly string[]): DayOrder {
  const dates = times.map((time) => YEAR_LAST.exec(time.trim())).filter((match) => match !== null)
  const dayFirst = dates.some((match) => Number(match[1]) > 12)
  const monthFirst = dates.some((match) => Number(match[3]) > 12)
  return dayFirst === monthFirst ? undefined : dayFirst ? 'dmy' : 'mdy'
}

/** A date whose year stands last, with its year first; any other text as it is. */
export function yearFirst(text: string, order: DayOrder): string {
  const match = order && YEAR_LAST.exec(text.trim())
  if (!match) return text
  const [, first, , second, year, clock] = match
  const [month, day] = order === 'mdy' ? [first, second] : [second, first]
  return Number(month) > 12 ? text : `${year}-${month}-${day}${clock === undefined ? '' : ` ${clock}`}`
}

/** Whether a text is such a date, whose order somebody has to know. */
const isYearLast = (text: string): boolean => YEAR_LAST.test(text.trim())

/** Rows, and characters in them, among which a proof is looked for. */
const ROWS = 2_000
const CHARACTERS = 4_000_000

/**
 * The rows of a table whose first names the columns. Where a column of the first rows holds dates like 3/14/2026 and nothing else, and
 * one of them proves whether the day or the month stands first, all of them are written year first, and it is said. Where none proves it,
 * they are left as they are: it is never guessed.
 */
export async function* withDayOrder(
  rows: AsyncIterable<TableRow>,
  say: (note: string) => void,
): AsyncGenerator<TableRow> {
  let held: TableRow[] | undefined = []
  let characters = 0
  let orders: readonly (readonly [number, DayOrder])[] = []
  function* decided(sample: readonly TableRow[]): Generator<TableRow> {
    held = undefined
    const [header, ...rest] = sample
    orders = ordersIn(rest)
    for (const [place, order] of orders)
      say(
        `dates of ${header?.cells[place] || `column ${place + 1}`}: the ${order === 'dmy' ? 'day' : 'month'} stands first, as the file’s own days prove`,
      )
    if (header) yield header
    for (const row of rest) yield written(row)
  }
  const written = (row: TableRow): TableRow =>
    orders.length === 0
      ? row
      : {
          ...row,
          cells: orders.reduce(
            (cells, [place, order]) => cells.with(place, yearFirst(cells[place]!, order)),
            // A row may be shorter than its header.
            padded(row.cells, orders.at(-1)![0] + 1),
          ),
        }
  try {
    for await (const row of rows) {
      if (held === undefined) {
        yield written(row)
        continue
      }
      held.push(row)
      characters += row.cells.reduce((sum, cell) => sum + cell.length, 0)
      if (held.length > ROWS || characters > CHARACTERS) yield* decided(held)
    }
  } catch (error) {
    // What came before a file breaks off is good.
    if (held !== undefined) yield* decided(held)
    throw error
  }
  if (held !== undefined) yield* decided(held)
}

/** Columns of dates alone whose own days prove their order, from left to right. */
function ordersIn(rows: readonly TableRow[]): (readonly [number, DayOrder])[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length))
  return Array.from({ length: width }, (_, place) => {
    // A dash or a word for "none" is no date of another kind.
    const filled = rows.map(({ cells }) => cells[place] ?? '').filter((cell) => /\d/.test(cell))
    return [place, filled.every(isYearLast) ? orderIn(filled) : undefined] as const
  }).filter(([, order]) => order !== undefined)
}

const padded = (cells: readonly string[], width: number): string[] =>
  cells.length >= width ? [...cells] : [...cells, ...Array<string>(width - cells.length).fill('')]
