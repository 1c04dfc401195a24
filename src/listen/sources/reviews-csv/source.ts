import { type CsvError, type Options, parse } from 'csv-parse'
import { fail, ok, ProblemError, type Result } from '../../../core/result.ts'
import { defineSource, type Opened, type SourceItem, type SourceOptions } from '../source.ts'
import { utf8Only } from '../utf8.ts'
import { chooseColumns } from './columns.ts'
import { rowReader } from './rows.ts'

/** Bytes in one row, at most: a quote that is never closed does not swallow the rest of the file. */
const LONGEST_ROW = 1_000_000

/** Any export of reviews as a table: columns by name or by --map (docs/sources.md). */
export const reviewsCsv = defineSource({
  id: 'reviews-csv',
  zh: '评价表格（CSV）',
  en: 'reviews as CSV',
  describe: {
    zh: '任何 UTF-8 的评价导出：按列名识别，或用 --map 指定；一行也可以同时带出订单。',
    en: 'Any UTF-8 export of reviews: columns are known by name or named by --map; a row may also carry its order.',
  },
  open,
})

async function open(stream: AsyncIterable<Uint8Array>, options: SourceOptions): Promise<Result<Opened>> {
  const table = await openTable(stream)
  const first = await table.next()
  if (first.done)
    return fail({
      code: 'header_missing',
      message: 'The file is empty.',
      remedy: 'The first line must name the columns.',
    })
  const header = first.value.cells.map((cell) => cell.trim())
  const columns = chooseColumns(header, options)
  if (!columns.ok) return columns
  return ok({ notes: columns.value.notes, rows: rowsOf(table, header, rowReader(columns.value, options.zone)) })
}

async function* rowsOf(
  table: AsyncIterable<TableRow>,
  header: readonly string[],
  read: (line: number, cells: readonly string[]) => SourceItem[],
): AsyncGenerator<SourceItem[]> {
  for await (const row of table) {
    const { line } = row
    if (row.cells.length === 1 && row.cells[0]!.trim() === '' && header.length > 1) continue
    else if (row.cells.length !== header.length) {
      const reason = `has ${row.cells.length} cells where the header has ${header.length}`
      yield [{ line, kind: 'voices', dead: { field: 'row', reason, record: row.cells } }]
    } else yield read(line, row.cells)
  }
}

interface TableRow {
  line: number
  cells: string[]
}

async function openTable(stream: AsyncIterable<Uint8Array>): Promise<AsyncGenerator<TableRow>> {
  const chunks = utf8Only(stream)
  const head = await chunks.next()
  const firstLine = head.done ? '' : head.value.toString('utf8').split('\n', 1)[0]!
  const options: Options = {
    bom: true,
    delimiter: delimiterOf(firstLine),
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n'],
    max_record_size: LONGEST_ROW,
  }
  return tableRows(withHead(head, chunks), options)
}

async function* withHead(head: IteratorResult<Buffer>, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (head.done) return
  yield head.value
  yield* rest
}

/** Rows are taken from the parser as it makes them: what it has read before an error is not lost with it. */
async function* tableRows(chunks: AsyncIterable<Buffer>, options: Options): AsyncGenerator<TableRow> {
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
  function* take(): Generator<TableRow> {
    for (const cells of ready) {
      yield { line, cells }
      line += 1 + cells.reduce((breaks, cell) => breaks + breaksIn(cell), 0)
    }
    ready = []
  }
  for await (const chunk of chunks) {
    await new Promise<void>((resolve) => parser.write(chunk, () => resolve()))
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
  return new ProblemError({
    code: 'csv',
    message: open
      ? `A quote that is opened near line ${line} is not closed within ${LONGEST_ROW / 1e6} MB.`
      : `The file is not a CSV table: ${error.message}.`,
    remedy: 'A quote within a quoted cell is written twice ("").',
    where: `line ${line}`,
  })
}

/** The character that divides the header line most often, outside quotes. */
function delimiterOf(line: string): string {
  const bare = line.replace(/"[^"]*"/g, '')
  const counts = [',', '\t', ';'].map((delimiter) => ({ delimiter, n: bare.split(delimiter).length }))
  return counts.reduce((most, one) => (one.n > most.n ? one : most)).delimiter
}
