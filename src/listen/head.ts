import { Readable } from 'node:stream'
import { documentsOf } from './decode/json.ts'
import { openTable } from './decode/table.ts'
import { buffers, decodeText, type Encoding } from './decode/text.ts'
import { beginning } from './source/either-source.ts'
import { caught } from './source/source.ts'

/** The beginning of a file, to be looked at before it is read. */
export interface Head {
  bytes: Buffer
  /** True where `bytes` are the whole file. */
  whole: boolean
}

/** Bytes that are looked at, of a file of text. */
export const HEAD_BYTES = 1024 * 1024
/** Workbooks, Parquet and single large JSON documents can only be read whole. */
export const WHOLE_BYTES = 8 * 1024 * 1024
/** Rows or documents from which a source is guessed, and elements of each list in them. */
const ROWS = 100
const LIST = 20

/** The head of a stream, and the stream as it was. */
export async function headOf(
  stream: AsyncIterable<Uint8Array | string>,
  most = HEAD_BYTES,
): Promise<{ head: Head; stream: Readable }> {
  const pieces = buffers(stream as AsyncIterable<Uint8Array>)
  const found: Buffer[] = []
  let length = 0
  let ended = false
  while (length <= most && !ended) {
    const next = await pieces.next()
    if (next.done) ended = true
    else {
      found.push(next.value)
      length += next.value.length
    }
  }
  async function* again() {
    yield* found
    yield* pieces
  }
  const all = Buffer.concat(found)
  const whole = ended && length <= most
  return { head: { bytes: whole ? all : all.subarray(0, most), whole }, stream: Readable.from(again()) }
}

export type FileForm = Encoding | 'workbook' | 'parquet'

const magic = (bytes: Buffer): FileForm | undefined =>
  (({ 'PK\x03\x04': 'workbook', PAR1: 'parquet' }) as const)[bytes.toString('latin1', 0, 4)]

/** What a file is, the names in its first row where it is a table, and its text without a half last line (a workbook as it is). */
export async function lookAt({ bytes, whole }: Head) {
  const form = magic(bytes)
  const end = whole || form ? bytes.length : bytes.lastIndexOf('\n') + 1
  const text = end > 0 ? bytes.subarray(0, end) : bytes
  const isJson = !form && (await begins(text))
  const header = isJson ? undefined : (await firstRows(text, 1))[0]
  return { bytes: text, form: form ?? (await encodingOf(text)), isJson, header }
}

/**
 * A head that every source can try at a small price: the first rows of a workbook as CSV, the first documents of JSON with their lists cut
 * short, so that unpacking and long lists are paid for once.
 */
export async function small(head: Head): Promise<Buffer> {
  const { bytes, form, isJson } = await lookAt(head)
  if (form === 'workbook' || form === 'parquet')
    return Buffer.from((await firstRows(bytes, ROWS)).map((cells) => cells.map(quoted).join(',')).join('\n'))
  return isJson ? Buffer.from((await firstDocuments(bytes)).join('\n')) : bytes
}

const begins = async (bytes: Buffer): Promise<boolean> => {
  const found = await caught(() => beginning(inPieces(bytes)))
  return found.ok && found.value.isJson
}

async function firstDocuments(bytes: Buffer): Promise<string[]> {
  const found: string[] = []
  await caught(async () => {
    for await (const { value, text } of documentsOf(decodeText(inPieces(bytes)).chunks)) {
      found.push(value === undefined ? text.replaceAll('\n', ' ') : JSON.stringify(value, cutShort))
      if (found.length >= ROWS) break
    }
  })
  return found
}

const cutShort = (_: string, value: unknown): unknown => (Array.isArray(value) ? value.slice(0, LIST) : value)

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`

async function encodingOf(bytes: Buffer): Promise<Encoding | undefined> {
  const text = decodeText(inPieces(bytes))
  const done = await caught(async () => {
    for await (const _ of text.chunks) if (text.encoding()) break
  })
  return text.encoding() ?? (done.ok ? 'utf-8' : undefined)
}

async function firstRows(bytes: Buffer, most: number): Promise<string[][]> {
  const rows: string[][] = []
  await caught(async () => {
    for await (const { cells } of openTable(inPieces(bytes)).rows) if (rows.push(cells) >= most) break
  })
  return rows
}

const PIECE = 64 * 1024

/** In pieces, with room for others between them: who has seen enough stops. */
export async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += PIECE) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve))
    yield bytes.subarray(from, from + PIECE)
  }
}
