import { fail, ok, type Result } from '../../core/result.ts'
import { columnName, fitter, openTable, type TableForm, type TableRow } from '../decode/table.ts'
import { columnsIn, fileProblem } from '../reasons/files.ts'
import { because, type Reason } from '../reasons/reason.ts'
import { type Constants, constantsOf, type Item, placed, type ReadContext } from './item.ts'
import { knownMap, knownSet } from './known-options.ts'
import type { FieldsMet, LeftOut, Mapping, Opened, Source, SourceItem, SourceOptions } from './source.ts'

/** A system that exports tables with a header line, always with the same columns. */
export interface TableSource extends Omit<Source, 'open' | 'mapping' | 'leftOut'> {
  /** Columns by name, however it is written (`columnName`). Every column that `read` looks at is here. */
  mapping: readonly Mapping[]
  leftOut: readonly LeftOut[]
  form?: TableForm
  /** Columns, in place of a header line that the file does not have. */
  header?: readonly string[]
  /** Columns that every such file has (`a|b`: one of them); where one lacks, the file is not of this system. */
  requires: readonly string[]
  /** Columns that no such file has; where there is one, the file is another system's that has much the same columns. */
  excludes?: readonly string[] | undefined
  /**
   * Where several rows make one record: columns (the first that holds something counts) whose value such rows share. They must stand
   * together; `read` then gets the first of them, and all. Rows that come back later are dead letters: they would replace the record.
   */
  togetherBy?: readonly string[]
  read(row: Row, context: ReadContext, rows: readonly Row[]): Item[]
}

/**
 * One row by its columns' names: the cell as it is written; undefined where it is blank or there is no such column. Of several names the
 * first that holds something.
 */
export type Row = (...names: string[]) => string | undefined

export function defineTableSource({
  form,
  header,
  requires,
  excludes = [],
  togetherBy,
  read,
  ...source
}: TableSource): Source {
  return {
    ...source,
    async open(stream, options): Promise<Result<Opened>> {
      const set = knownSet(options, source.settings)
      if (!set.ok) return set
      const table = openTable(stream, { ...form, dates: options.dates })
      const rows = table.rows[Symbol.asyncIterator]() as AsyncGenerator<TableRow>
      const named = header ?? (await headerOf(rows))
      if (named === undefined) return fail(fileProblem('empty', {}))
      const names = named.map(columnName)
      const looked = new Set([...source.mapping.map(({ from }) => from), ...requires.flatMap((one) => one.split('|'))])
      const map = knownMap(options, new Set([...looked].map(columnName)), new Set(names))
      if (!map.ok) return map
      const places = placesOf(names, options.map)
      const given = givenBy(options.set)
      const isGiven = (name: string) =>
        source.mapping.some(({ from, to }) => given.has(to) && columnName(from) === columnName(name))
      const lacking = requires.find(
        (one) => !one.split('|').some((name) => places.has(columnName(name)) || isGiven(name)),
      )
      const about = { system: { en: source.en, zh: source.zh }, source: source.id, columns: columnsIn(named) }
      if (lacking !== undefined)
        return fail(fileProblem('lacks_column', { column: lacking.replaceAll('|', '" or "'), ...about }, 'line 1'))
      const foreign = excludes.find((name) => places.has(columnName(name)))
      if (foreign !== undefined) return fail(fileProblem('foreign_column', { column: foreign, ...about }, 'line 1'))
      const context = { zone: options.zone, settings: options.set }
      const each = (rows: readonly Row[]) => read(rows[0]!, context, rows)
      const fields = fieldsIn(named, source, options.map)
      const found = groups(readRows(rows, named, places), togetherBy)
      return ok({
        notes: header ? [] : notesOn(fields),
        rows: itemsOf(found, each, constantsOf(options, source.settings)),
        closing: table.notes,
        dates: table.dates,
        // Without a header line the names are ours, and prove nothing of the file.
        ...(!header && { fields: () => fields }),
      })
    },
  }
}

async function headerOf(rows: AsyncGenerator<TableRow>): Promise<string[] | undefined> {
  const first = await rows.next()
  return first.done ? undefined : first.value.cells.map((cell) => cell.trim())
}

function fieldsIn(
  header: readonly string[],
  { mapping, leftOut }: Pick<TableSource, 'mapping' | 'leftOut'>,
  map: SourceOptions['map'],
): FieldsMet {
  const byHand = Object.entries(map).map(([to, from]) => ({ from, to }))
  const left = new Set(leftOut.map(({ from }) => columnName(from)))
  const named = header.filter((name) => name !== '')
  const used = named.flatMap((name) =>
    [...byHand, ...mapping]
      .filter(({ from }) => columnName(from) === columnName(name))
      .map(({ to }) => ({ from: name, to })),
  )
  const isUsed = new Set(used.map(({ from }) => from))
  const rest = named.filter((name) => !isUsed.has(name))
  return {
    used,
    unused: rest.filter((name) => !left.has(columnName(name))),
    left: named.filter((name) => left.has(columnName(name))),
  }
}

function notesOn({ used, unused, left }: FieldsMet): string[] {
  return [
    `columns used: ${[...new Set(used.map(({ from }) => from))].join(', ')}`,
    ...(unused.length > 0 ? [`columns not used: ${unused.join(', ')}`] : []),
    ...(left.length > 0 ? [`columns left out on purpose: ${left.join(', ')}`] : []),
  ]
}

/** Fields of records that a person gave for the whole file. */
const givenBy = (set: SourceOptions['set']): ReadonlySet<string> =>
  new Set(Object.keys(set).map((field) => (field.includes('.') ? field : `voice.${field}`)))

/**
 * Where each column stands, by its name: several places where several have it. A field that the user maps to a column is a name of it too, and
 * goes before a column that has that name.
 */
function placesOf(names: readonly string[], map: SourceOptions['map']): Map<string, readonly number[]> {
  const places = new Map<string, readonly number[]>()
  for (const [place, name] of names.entries()) places.set(name, [...(places.get(name) ?? []), place])
  for (const [field, column] of Object.entries(map)) {
    const found = places.get(columnName(column))
    if (found !== undefined) places.set(columnName(field), found)
  }
  return places
}

interface ReadRow {
  line: number
  row: Row
  raw(): unknown
}

type Found = { line: number; rows: ReadRow[] } | { line: number; dead: { field: string; reason: Reason }; raw: unknown }

async function* readRows(
  rows: AsyncIterable<TableRow>,
  header: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
): AsyncGenerator<ReadRow | Extract<Found, { dead: unknown }>> {
  const fitted = fitter(header)
  const known = new Map<string, readonly number[]>()
  const placesIn = (name: string): readonly number[] => {
    const found = known.get(name) ?? places.get(columnName(name)) ?? []
    known.set(name, found)
    return found
  }
  for await (const { line, cells: raw } of rows) {
    const cells = fitted(raw)
    if (cells === undefined) {
      const reason = because('cells', { found: raw.length, expected: header.length })
      yield { line, dead: { field: 'row', reason }, raw }
      continue
    }
    const row: Row = (...wanted) => {
      for (const name of wanted)
        for (const place of placesIn(name)) if (cells[place]!.trim() !== '') return cells[place]
    }
    yield { line, row, raw: () => Object.fromEntries(header.map((name, place) => [name, cells[place]])) }
  }
}

async function* groups(
  rows: AsyncIterable<ReadRow | Extract<Found, { dead: unknown }>>,
  togetherBy: readonly string[] | undefined,
): AsyncGenerator<Found> {
  const done = new Set<string>()
  let key: string | undefined
  let group: ReadRow[] = []
  const close = function* (): Generator<Found> {
    if (group.length > 0) yield { line: group[0]!.line, rows: group }
    if (key !== undefined) done.add(key)
    group = []
    key = undefined
  }
  for await (const found of rows) {
    if ('dead' in found) {
      yield found
      continue
    }
    const own = togetherBy && found.row(...togetherBy)?.trim()
    if (own === undefined || own !== key) yield* close()
    if (own !== undefined && done.has(own)) {
      const reason = because('rows_apart', { key: own })
      yield { line: found.line, dead: { field: togetherBy![0]!, reason }, raw: found.raw() }
      continue
    }
    key = own
    group.push(found)
  }
  yield* close()
}

async function* itemsOf(
  found: AsyncIterable<Found>,
  read: (rows: readonly Row[]) => Item[],
  constants: Constants,
): AsyncGenerator<SourceItem[]> {
  for await (const one of found) {
    if ('dead' in one) yield [{ line: one.line, kind: 'voices', dead: { ...one.dead, record: one.raw } }]
    else {
      const items = read(one.rows.map(({ row }) => row))
      yield placed(one.line, items, items.some((item) => 'dead' in item) ? rawOf(one.rows) : undefined, constants)
    }
  }
}

/** What a dead letter shows: the row, or the rows that make one record. */
const rawOf = (rows: readonly ReadRow[]): unknown => (rows.length === 1 ? rows[0]!.raw() : rows.map(({ raw }) => raw()))
