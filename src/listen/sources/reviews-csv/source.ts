import { fail, ok, type Result } from '../../../core/result.ts'
import { fitter, openTable, type TableRow } from '../../decode/table.ts'
import { fileProblem } from '../../reasons/files.ts'
import { because } from '../../reasons/reason.ts'
import { placed } from '../../source/item.ts'
import { defineSource, type Opened, type SourceItem, type SourceOptions } from '../../source/source.ts'
import { chooseColumns, fieldNames } from './columns.ts'
import { rowReader } from './rows.ts'

/** Any export of reviews as a table: columns by name or by --map (docs/sources.md). */
export const reviewsCsv = defineSource({
  id: 'reviews-csv',
  zh: '评价表格（CSV）',
  en: 'reviews as CSV',
  shelf: 'table',
  broad: 0.6,
  targets: fieldNames,
  describe: {
    zh: '任何评价导出的表格：按列名识别，或用 --map 指定；一行也可以同时带出追评、商家回复和订单。',
    en: 'Any export of reviews as a table: columns are known by name or named by --map; a row may also carry its follow-up, the shop’s reply and its order.',
  },
  open,
})

async function open(stream: AsyncIterable<Uint8Array>, options: SourceOptions): Promise<Result<Opened>> {
  const table = openTable(stream, { dates: options.dates })
  const rows = table.rows[Symbol.asyncIterator]() as AsyncGenerator<TableRow>
  const first = await rows.next()
  if (first.done) return fail(fileProblem('empty', {}))
  const header = first.value.cells.map((cell) => cell.trim())
  const columns = chooseColumns(header, options)
  if (!columns.ok) return columns
  const speaker = header.find((name) => speakers.test(name))
  const isTold = 'speaker' in options.map || 'speaker' in options.set || options.ignore.includes(speaker ?? '')
  if (speaker !== undefined && !isTold) return isConversation(speaker)
  const reader = rowReader(columns.value, options.zone)
  // --set is among the columns already.
  const read = (line: number, cells: readonly string[]) => placed(line, reader(cells), undefined, {})
  return ok({
    notes: columns.value.notes,
    rows: rowsOf(rows, header, read),
    closing: table.notes,
    dates: table.dates,
    fields: () => columns.value.fields,
  })
}

/** Columns that say who speaks: in a review nobody but the customer does. */
const speakers =
  /^(?:发送方|发送者|发送人|发送者类型|发言人|说话人|说话人角色|消息方向|sender|sender_type|speaker|speaker_name|speaker_role|participantrole)$/i

const isConversation = (column: string) => fail(fileProblem('conversation_table', { column }, 'line 1'))

async function* rowsOf(
  table: AsyncIterable<TableRow>,
  header: readonly string[],
  read: (line: number, cells: readonly string[]) => SourceItem[],
): AsyncGenerator<SourceItem[]> {
  const fitted = fitter(header)
  for await (const row of table) {
    const { line } = row
    const cells = fitted(row.cells)
    if (cells === undefined) {
      const reason = because('cells', { found: row.cells.length, expected: header.length })
      yield [{ line, kind: 'voices', dead: { field: 'row', reason, record: row.cells } }]
    } else yield read(line, cells)
  }
}
