import type { TableRow } from './row.ts'

/** Where day, month and year stand in 3/2/2026 or 3/2/26; a year of four digits that stands first needs no order. */
export const dayOrders = ['dmy', 'mdy', 'ymd'] as const
export type DayOrder = (typeof dayOrders)[number]

/** A column of such dates: how one is written, and in which order they are read; undefined where nothing says it. */
export interface DateColumn {
  name: string
  seen: string
  order: DayOrder | undefined
  /** Where a person chose the order, or the file’s own days proved it. */
  by: 'choice' | 'proof' | undefined
}

const HALF = '上午|下午|凌晨|早上|中午|晚上'
const CLOCK = `(?:${HALF})?\\s*\\d{1,2}[:：]\\d\\d.*`
const DATE = new RegExp(`^(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d\\d)(?:(?:[,，]\\s*|\\s+|(?=${HALF}))(${CLOCK}))?$`)
/** 10.12.15 may be a version as well: years of two digits are such only in a column that speaks of a time. */
const OF_TIME = /date|time|day|created|updated|_at$|datum|zeit|fecha|hora|^data$|日期|时间|時間|日時|日$|дата|время/i

interface Parts {
  year: number
  month: number
  day: number
}

const [FIRST, SECOND, THIRD, CLOCK_PLACE] = [1, 3, 4, 5] as const
const places = {
  dmy: { day: FIRST, month: SECOND, year: THIRD },
  mdy: { day: SECOND, month: FIRST, year: THIRD },
  ymd: { day: THIRD, month: SECOND, year: FIRST },
} as const satisfies Record<DayOrder, Record<keyof Parts, number>>

/** Years of two digits are those of 1970 to 2069, as in the clocks of computers. */
const fullYear = (digits: string): number =>
  digits.length === 4 ? Number(digits) : Number(digits) + (Number(digits) < 70 ? 2000 : 1900)

/** What a date says in an order; undefined where it can say nothing. */
function partsOf(match: RegExpExecArray, order: DayOrder): Parts | undefined {
  const at = places[order]
  const [year, month, day] = [match[at.year]!, Number(match[at.month]), Number(match[at.day])]
  // A year that is written out stands last, and one of a single digit is none.
  const isYear = order !== 'ymd' || (year.length === 2 && match[THIRD]!.length === 2)
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= 31
  return isYear && isDay ? { year: fullYear(year), month, day } : undefined
}

/** A date without its year first, with its year first; any other text, and a date that this order cannot be of, as it is. */
export function reordered(text: string, order: DayOrder): string {
  const match = DATE.exec(text.trim())
  const parts = match && partsOf(match, order)
  if (!parts) return text
  const clock = match[CLOCK_PLACE]
  return `${parts.year}-${parts.month}-${parts.day}${clock === undefined ? '' : ` ${clock.trim()}`}`
}

/** 24/12/23 and 23/12/24 are told apart only by this: exports are of few years and of many days. */
const FEW_YEARS = 3
const MANY_DAYS = 10

/** Rows, and characters in them, among which a proof is looked for. */
const ROWS = 2_000
const CHARACTERS = 4_000_000

/**
 * The rows of a table whose first names the columns. Where a column of the first rows holds dates like 3/14/2026 or 24/12/23, they are written
 * year first: in the order that a person chose, if they can be of it, else in the one that their own days prove. Where neither says it, they
 * are left as they are: it is never guessed. `tell` is told of each such column; `among` are the orders
 * that the system writes.
 */
export async function* withDayOrder(
  rows: AsyncIterable<TableRow>,
  chosen: DayOrder | undefined,
  tell: (columns: readonly DateColumn[]) => void,
  among: readonly DayOrder[] = dayOrders,
): AsyncGenerator<TableRow> {
  let held: TableRow[] | undefined = []
  let characters = 0
  let orders: readonly (readonly [number, DayOrder])[] = []
  function* decided(sample: readonly TableRow[]): Generator<TableRow> {
    held = undefined
    const [header, ...rest] = sample
    const found = datesIn(header, rest, chosen, among)
    orders = found.flatMap(({ place, order }) => (order === undefined ? [] : [[place, order] as const]))
    tell(found)
    if (header) yield header
    for (const row of rest) yield written(row)
  }
  const written = (row: TableRow): TableRow =>
    orders.length === 0
      ? row
      : {
          ...row,
          cells: orders.reduce(
            (cells, [place, order]) => cells.with(place, reordered(cells[place]!, order)),
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

/** Columns of dates, from left to right: of dates alone, or where a person speaks of dates, of dates above all. */
function datesIn(
  header: TableRow | undefined,
  rows: readonly TableRow[],
  chosen: DayOrder | undefined,
  among: readonly DayOrder[],
) {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length))
  return Array.from({ length: width }, (_, place): (DateColumn & { place: number })[] => {
    const name = header?.cells[place] || `column ${place + 1}`
    // A dash or a word for "none" is no date of another kind.
    const filled = rows.map(({ cells }) => cells[place] ?? '').filter((cell) => /\d/.test(cell))
    const dates = filled.map((cell) => dateIn(cell, name)).filter((match) => match !== undefined)
    const enough = chosen === undefined ? filled.length : filled.length / 2
    if (dates.length === 0 || dates.length < enough) return []
    const fits = among.filter((order) => dates.every((match) => partsOf(match, order)))
    const isChosen = chosen !== undefined && (fits.length === 0 || fits.includes(chosen))
    const order = isChosen ? chosen : provenOf(fits, dates)
    const by = order && (isChosen ? 'choice' : 'proof')
    return [{ place, name, seen: telling(dates), order, by }]
  }).flat()
}

/** A cell as a date that some order can be of. */
function dateIn(cell: string, name: string): RegExpExecArray | undefined {
  const match = DATE.exec(cell.trim())
  if (!match || !dayOrders.some((order) => partsOf(match, order))) return undefined
  return match[THIRD]!.length === 4 || match[CLOCK_PLACE] !== undefined || OF_TIME.test(name) ? match : undefined
}

/** The one order that dates can be of; where a year of two digits could stand first or last, the one in which years are few and days many. */
function provenOf(fits: readonly DayOrder[], dates: readonly RegExpExecArray[]): DayOrder | undefined {
  const valuesOf = (order: DayOrder, part: keyof Parts) =>
    new Set(dates.map((match) => match[places[order][part]])).size
  const told = fits.includes('ymd')
    ? fits.filter((order) => valuesOf(order, 'year') <= FEW_YEARS && valuesOf(order, 'day') >= MANY_DAYS)
    : fits
  return fits.length === 1 ? fits[0] : told.length === 1 ? told[0] : undefined
}

/** The date that shows most: one with a number above 12, which can be no month. */
const telling = (dates: readonly RegExpExecArray[]): string =>
  (dates.find((match) => Number(match[FIRST]) > 12 || Number(match[SECOND]) > 12) ?? dates[0]!)[0]

const padded = (cells: readonly string[], width: number): string[] =>
  cells.length >= width ? [...cells] : [...cells, ...Array<string>(width - cells.length).fill('')]
