import { type CsvError, type Options, parse } from 'csv-parse'
import { ProblemError } from '../../core/result.ts'
import { fileProblem } from '../reasons/files.ts'
import { type DateColumn, type DayOrder, withDayOrder } from './day-order.ts'
import { parquetRows } from './parquet.ts'
import type { TableRow } from './row.ts'
import { type Bytes, buffers, decodeText } from './text.ts'
import { belowTitles } from './titles.ts'
import { workbookRows } from './workbook.ts'

/** Characters in one row, at most: a quote that is never closed does not swallow the rest of the file. */
const LONGEST_ROW = 1_000_000

export type { TableRow } from './row.ts'

export interface Table {
  /** What a person should know of how it was read, such as its encoding. */
  notes(): string[]
  /** Its columns of dates whose order somebody has to know. */
  dates(): readonly DateColumn[]
  rows: AsyncIterable<TableRow>
}

export interface TableForm {
  /** What divides cells; without it, the character that divides the first line most often. */
  delimiter?: Delimiter
  /** False where a quote is a character like any other (Snowplow), `commas` where it is one between tabs alone (Amazon’s reports). */
  quoted?: boolean | 'commas'
  /** In which order dates such as 3/2/26 are written, where a person said it. */
  dates?: DayOrder | undefined
}

type Delimiter = ',' | '\t' | ';' | '|'

/**
 * The rows of a table, by what the file is: an Excel workbook, Parquet, or text in any of the encodings of `decodeText`. The first row names
 * the columns, as a rule; rows of nothing but blanks are left out. Throws a ProblemError where it cannot be read on.
 */
export function openTable(stream: Bytes, form: TableForm = {}): Table {
  const notes: string[] = []
  let dates: readonly DateColumn[] = []
  const rows = withDayOrder(
    rowsOfAny(stream, form, (note) => notes.push(note)),
    form.dates,
    (found) => {
      dates = found
    },
  )
  return { notes: () => [...notes, ...dates.map(noteOn)], dates: () => dates, rows }
}

const orders = { dmy: 'the day stands first', mdy: 'the month stands first', ymd: 'the year stands first' } as const

/** What a person should know of a column of dates. */
export function noteOn({ name, seen, order, by }: DateColumn): string {
  if (order === undefined)
    return `dates of ${name}, such as ${seen}: nothing shows what stands first, so they are not read: say --dates dmy, mdy or ymd`
  return `dates of ${name}, such as ${seen}: ${orders[order]}, as ${by === 'choice' ? 'was said' : 'the file’s own days prove'}`
}

const isBlank = (cell: string): boolean => cell.trim() === ''

async function* rowsOfAny(stream: Bytes, form: TableForm, say: (note: string) => void): AsyncGenerator<TableRow> {
  const pieces = buffers(stream)[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    head = Buffer.concat([head, next.value])
    if (head.length >= 8) break
  }
  async function* all() {
    if (head.length > 0) yield head
    yield* { [Symbol.asyncIterator]: () => pieces }
  }
  const magic = head.toString('latin1', 0, 4)
  if (magic === 'PK\x03\x04') return yield* belowTitles(workbookRows(all(), say), say)
  if (magic === 'PAR1') return yield* parquetRows(all())
  if (magic === '\xd0\xcf\x11\xe0') throw new ProblemError(fileProblem('old_workbook', {}))
  const { encoding, chunks } = decodeText(all())
  yield* belowTitles(rowsOf(chunks, form), say)
  const read = encoding()
  if (read !== undefined && read !== 'utf-8') say(`read as ${read.toUpperCase()}`)
}

/** So many lines show what divides cells: a title above a table has nothing to divide. */
const LINES = 5

async function* rowsOf(chunks: AsyncIterable<string>, form: TableForm): AsyncGenerator<TableRow> {
  const iterator = chunks[Symbol.asyncIterator]()
  let head = ''
  let done = false
  while (!done && !hasLines(head) && head.length < LONGEST_ROW) {
    const next = await iterator.next()
    if (next.done) done = true
    else head += next.value
  }
  const rest = { [Symbol.asyncIterator]: () => iterator }
  const lines = head.split(/[\r\n]/).filter((line) => !isBlank(line))
  const first = lines[0] ?? ''
  // Excel may be told by a line of its own what divides cells.
  const told = /^\ufeff?"?sep=([,;\t|])"?$/i.exec(first)?.[1] as Delimiter | undefined
  const delimiter = form.delimiter ?? told ?? delimiterOf(lines.slice(0, LINES))
  const bare = form.quoted === false || (form.quoted === 'commas' && delimiter === '\t')
  const options: Options = {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    // Old programs of the Mac end lines so.
    record_delimiter: head.includes('\n') ? ['\r\n', '\n'] : ['\r'],
    max_record_size: LONGEST_ROW,
    ...(bare && { quote: null, escape: null }),
  }
  yield* parsedRows(head, rest, options, told === undefined ? 0 : 1)
}

/** Whether a text holds enough whole lines, from its first that is not blank. */
function hasLines(text: string): boolean {
  const begun = text.search(/\S/)
  return begun >= 0 && text.slice(begun).split('\n', LINES + 1).length > LINES
}

/** Rows are taken from the parser as it makes them: what it has read before an error is not lost with it. */
async function* parsedRows(
  head: string,
  rest: AsyncIterable<string>,
  options: Options,
  skipped: number,
): AsyncGenerator<TableRow> {
  let ready: string[][] = []
  const onRecord = (cells: string[]) => {
    ready.push(cells)
    return null
  }
  const parser = parse({ ...options, on_record: onRecord })
  let failure: CsvError | undefined
  parser.on('error', (error) => {
    failure = error as CsvError
  })
  let line = 1
  let toSkip = skipped
  function* take(): Generator<TableRow> {
    for (const cells of ready) {
      if (!cells.every(isBlank)) {
        if (toSkip > 0) toSkip--
        else yield { line, cells }
      }
      line += 1 + cells.reduce((breaks, cell) => breaks + breaksIn(cell), 0)
    }
    ready = []
  }
  async function* pieces() {
    if (head !== '') yield head
    yield* rest
  }
  for await (const piece of pieces()) {
    await new Promise<void>((resolve) => parser.write(piece, () => resolve()))
    yield* take()
    if (failure) throw notATable(failure, line)
  }
  await new Promise<void>((resolve) => parser.end(() => resolve()))
  yield* take()
  if (failure) throw notATable(failure, line)
}

const breaksIn = (cell: string): number => (cell.includes('\n') ? cell.split('\n').length - 1 : 0)

function notATable(error: CsvError, line: number): ProblemError {
  const open = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
  return new ProblemError(
    open
      ? fileProblem('quote_not_closed', { line, most: LONGEST_ROW / 1e6 }, `line ${line}`)
      : fileProblem('no_csv', { why: error.message }, `line ${line}`),
  )
}

/**
 * Makes rows as wide as their header: a comma at the end of each line makes no cell, nor does one that lacks where the header ends in columns
 * without a name. Undefined for a row of another width.
 */
export function fitter(header: readonly string[]): (cells: string[]) => string[] | undefined {
  const width = header.length
  const named = header.findLastIndex((name) => !isBlank(name)) + 1
  return (cells) => {
    if (cells.length === width) return cells
    if (cells.length > width) return cells.slice(width).every(isBlank) ? cells.slice(0, width) : undefined
    return cells.length >= named ? [...cells, ...Array<string>(width - cells.length).fill('')] : undefined
  }
}

/** A column's name without what people and programs write differently: width, case, marks that nobody sees, and what divides its words or frames them. */
export function columnName(name: string): string {
  let plain = columnNames.get(name)
  if (plain === undefined) {
    plain = plainColumn(name)
    // The same few hundred names are looked for in every file.
    if (columnNames.size < 20_000) columnNames.set(name, plain)
  }
  return plain
}
const columnNames = new Map<string, string>()

const plainColumn = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-.:()[\]"'\u200b-\u200d\u2060\ufeff]/g, '')

/** The character that divides the header line most often, outside quotes; where it has none at all, the first line under it that has two or more. */
function delimiterOf(lines: readonly string[]): Delimiter {
  for (const [place, line] of lines.entries()) {
    const bare = line.replace(/"[^"]*"/g, '')
    const counts = ([',', '\t', ';', '|'] as const).map((delimiter) => ({
      delimiter,
      n: bare.split(delimiter).length - 1,
    }))
    const most = counts.reduce((best, one) => (one.n > best.n ? one : best))
    if (most.n > (place === 0 ? 0 : 1)) return most.delimiter
  }
  return ','
}
