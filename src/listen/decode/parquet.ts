import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { SchemaElement } from 'hyparquet'
import { ProblemError } from '../../core/result.ts'
import { fileProblem } from '../reasons/files.ts'
import type { TableRow } from './row.ts'

const ROWS_AT_ONCE = 10_000

/**
 * The rows of a Parquet file as texts, the names of its columns first. It is laid into a temporary file, since Parquet is read from its end,
 * and then read some rows at a time. Moments are ISO 8601 with `Z` where the file says that they are UTC, else local. Throws a ProblemError.
 */
export async function* parquetRows(pieces: AsyncIterable<Buffer>): AsyncGenerator<TableRow> {
  const file = path.join(tmpdir(), `daystar-${randomUUID()}.parquet`)
  try {
    await lay(pieces, file)
    yield* rowsIn(file)
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw new ProblemError(fileProblem('parquet_broken', { why: (error as Error).message }))
  } finally {
    await rm(file, { force: true })
  }
}

async function lay(pieces: AsyncIterable<Buffer>, file: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    for await (const piece of pieces) await handle.write(piece)
  } finally {
    await handle.close()
  }
}

async function* rowsIn(path: string): AsyncGenerator<TableRow> {
  const [{ asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects }, { compressors }] = await Promise.all([
    import('hyparquet/src/node.js') as Promise<
      typeof import('hyparquet') & { asyncBufferFromFile(path: string): Promise<never> }
    >,
    import('hyparquet-compressors'),
  ])
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  const columns = columnsOf(metadata.schema)
  yield { line: 1, cells: columns.map(({ name }) => name) }
  const total = Number(metadata.num_rows)
  for (let rowStart = 0; rowStart < total; rowStart += ROWS_AT_ONCE) {
    const rowEnd = Math.min(total, rowStart + ROWS_AT_ONCE)
    const rows = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd })
    for (const [index, row] of rows.entries())
      yield { line: rowStart + index + 2, cells: columns.map((column) => cellText(row[column.name], column)) }
  }
}

/** The root's own children; what is nested in them comes as one value. */
function columnsOf([root, ...rest]: SchemaElement[]): SchemaElement[] {
  const columns: SchemaElement[] = []
  let at = 0
  const skip = (element: SchemaElement) => {
    for (let child = element.num_children ?? 0; child > 0; child--) skip(rest[at++]!)
  }
  for (let child = root?.num_children ?? 0; child > 0; child--) {
    const element = rest[at++]!
    columns.push(element)
    skip(element)
  }
  return columns
}

function cellText(value: unknown, { logical_type }: SchemaElement): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) {
    const text = value.toISOString()
    if (logical_type?.type === 'DATE') return text.slice(0, 10)
    return logical_type?.type === 'TIMESTAMP' && !logical_type.isAdjustedToUTC
      ? text.slice(0, 19).replace('T', ' ')
      : text
  }
  if (typeof value !== 'object') return String(value)
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner))
}
