import { fail, ok, type Result } from '../../core/result.ts'
import { openTable, type TableForm, type TableRow } from '../decode/table.ts'
import { constantsOf, type Item, placed, type ReadContext } from './item.ts'
import type { LeftOut, Mapping, Opened, Source, SourceItem, SourceOptions } from './source.ts'

/** A system that exports tables with a header line, always with the same columns. */
export interface TableSource extends Omit<Source, 'open' | 'mapping' | 'leftOut'> {
  /** Columns by name, whatever their case and outer spaces. Every column that `read` looks at is here. */
  mapping: readonly Mapping[]
  leftOut: readonly LeftOut[]
  form?: TableForm
  /** Columns, in place of a header line that the file does not have. */
  header?: readonly string[]
  /** Columns that every such file has (`a|b`: one of them); where one lacks, the file is not of this system. */
  requires: readonly string[]
  read(row: Row, context: ReadContext): Item[]
}

/**
 * One row by its columns' names: the cell as it is written; undefined where it is blank or there is no such column. Of several names the
 * first that holds something.
 */
export type Row = (...names: string[]) => string | undefined

export function defineTableSource({ form, header, requires, read, ...source }: TableSource): Source {
  return {
    ...source,
    async open(stream, options): Promise<Result<Opened>> {
      const table = openTable(stream, form)
      const rows = table.rows[Symbol.asyncIterator]() as AsyncGenerator<TableRow>
      const named = header ?? (await headerOf(rows))
      if (named === undefined) return fail(EMPTY)
      const names = named.map(plainName)
      const lacking = requires.find((one) => !one.split('|').some((name) => names.includes(plainName(name))))
      if (lacking !== undefined) return fail(notThisSystem(source, lacking, named))
      const each = (row: Row) => read(row, { zone: options.zone })
      const notes = header ? [] : notesOn(named, source)
      return ok({ notes, rows: rowsOf(rows, names, each, options), closing: table.notes })
    },
  }
}

const EMPTY = { code: 'header_missing', message: 'The file is empty.', remedy: 'The first line must name the columns.' }

function notThisSystem({ en, id }: Pick<Source, 'en' | 'id'>, lacking: string, header: readonly string[]) {
  return {
    code: 'columns_unknown',
    message: `The file has no column "${lacking.replaceAll('|', '" or "')}", as files of ${en} have. Its columns are: ${header.join(', ')}.`,
    remedy: `Look whether ${id} is the right source; any table of reviews can come in by reviews-csv with --map.`,
    where: 'line 1',
  }
}

async function headerOf(rows: AsyncGenerator<TableRow>): Promise<string[] | undefined> {
  const first = await rows.next()
  return first.done ? undefined : first.value.cells.map((cell) => cell.trim())
}

export const plainName = (name: string): string =>
  name
    .replace(/^\ufeff/, '')
    .trim()
    .toLowerCase()

function notesOn(header: readonly string[], { mapping, leftOut }: Pick<TableSource, 'mapping' | 'leftOut'>): string[] {
  const used = new Set(mapping.map(({ from }) => plainName(from)))
  const left = new Set(leftOut.map(({ from }) => plainName(from)))
  const named = header.filter((name) => name !== '')
  const unused = named.filter((name) => !used.has(plainName(name)) && !left.has(plainName(name)))
  const onPurpose = named.filter((name) => left.has(plainName(name)))
  return [
    `columns used: ${named.filter((name) => used.has(plainName(name))).join(', ')}`,
    ...(unused.length > 0 ? [`columns not used: ${unused.join(', ')}`] : []),
    ...(onPurpose.length > 0 ? [`columns left out on purpose: ${onPurpose.join(', ')}`] : []),
  ]
}

async function* rowsOf(
  rows: AsyncIterable<TableRow>,
  names: readonly string[],
  read: (row: Row) => Item[],
  options: SourceOptions,
): AsyncGenerator<SourceItem[]> {
  const constants = constantsOf(options)
  const places = new Map([...names.entries()].reverse().map(([place, name]) => [name, place]))
  for await (const { line, cells } of rows) {
    if (cells.length === 1 && cells[0]!.trim() === '' && names.length > 1) continue
    if (cells.length !== names.length) {
      const reason = `has ${cells.length} cells where the header has ${names.length}`
      yield [{ line, kind: 'voices', dead: { field: 'row', reason, record: cells } }]
      continue
    }
    const row: Row = (...wanted) => {
      for (const name of wanted) {
        const place = places.get(plainName(name))
        if (place !== undefined && cells[place]!.trim() !== '') return cells[place]
      }
    }
    const raw = () => Object.fromEntries(names.map((name, place) => [name, cells[place]]))
    const items = read(row)
    yield placed(line, items, items.some((item) => 'dead' in item) ? raw() : undefined, constants)
  }
}
