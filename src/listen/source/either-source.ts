import { rowOf } from '../cells/cells.ts'
import { JSON_BEGINS } from '../decode/json.ts'
import { buffers, decodeText } from '../decode/text.ts'
import { defineJsonSource, type JsonSource } from './json-source.ts'
import type { Source } from './source.ts'
import { defineTableSource, type TableSource } from './table-source.ts'

type Shared = 'id' | 'zh' | 'en' | 'shelf' | 'describe' | 'broad' | 'settings' | 'webhook' | 'pull'

/** A system that exports JSON as well as tables: the file's beginning says which one it is. */
export interface EitherSource extends Pick<Source, Shared> {
  json: Omit<JsonSource, Shared>
  table: Omit<TableSource, Shared>
}

export function defineEitherSource({ json, table, ...source }: EitherSource): Source {
  const asJson = defineJsonSource({ ...source, ...json })
  const asTable = defineTableSource({ ...source, ...table })
  return {
    ...source,
    mapping: [...json.mapping, ...table.mapping],
    leftOut: [...json.leftOut, ...table.leftOut],
    async open(stream, options) {
      const { isJson, encoding, bytes } = await beginning(stream)
      const opened = await (isJson ? asJson : asTable).open(bytes, options)
      if (!opened.ok || encoding === undefined || encoding === 'utf-8') return opened
      return {
        ...opened,
        value: { ...opened.value, notes: [`read as ${encoding.toUpperCase()}`, ...opened.value.notes] },
      }
    },
  }
}

/** A system whose objects are flat, so that an object and a row are the same: columns are named as fields are. */
export type FlatSource = Omit<TableSource, 'header'> & Pick<JsonSource, 'unwrap'>

export function defineFlatSource({
  unwrap,
  form,
  mapping,
  leftOut,
  requires,
  excludes,
  read,
  ...source
}: FlatSource): Source {
  return {
    ...defineEitherSource({
      ...source,
      json: {
        unwrap,
        mapping,
        leftOut,
        requires,
        excludes,
        read: (object, context) => {
          const row = rowOf(object)
          return read(row, context, [row])
        },
      },
      table: { form, mapping, leftOut, requires, excludes, read },
    }),
    mapping,
    leftOut,
  }
}

const ENOUGH = 200

/** Excel workbooks (new and old) and Parquet: tables that are no text. */
const BINARY = ['504b0304', '50415231', 'd0cf11e0']

/** Whether a stream begins as JSON does, how its text was encoded, and the whole of it: text as UTF-8, workbooks and Parquet as they are. */
export async function beginning(stream: AsyncIterable<Uint8Array>) {
  const pieces = buffers(stream)[Symbol.asyncIterator]()
  const raw = await enough(pieces, Buffer.alloc(0), (head) => head.length >= 8)
  if (BINARY.includes(raw.toString('hex', 0, 4)))
    return { isJson: false, encoding: undefined, bytes: rest(raw, pieces) }
  const text = decodeText(rest(raw, pieces))
  const chunks = encoded(text.chunks)
  const head = await enough(chunks, Buffer.alloc(0), (found) => found.toString().trim().length >= ENOUGH)
  return { isJson: JSON_BEGINS.test(head.toString()), encoding: text.encoding(), bytes: rest(head, chunks) }
}

type Pieces = AsyncIterator<Buffer>

/** Pieces joined until they are enough, or too much to look at. */
async function enough(pieces: Pieces, head: Buffer, isEnough: (head: Buffer) => boolean): Promise<Buffer> {
  let found = head
  while (!isEnough(found) && found.length < 65_536) {
    const next = await pieces.next()
    if (next.done) break
    found = Buffer.concat([found, next.value])
  }
  return found
}

async function* rest(head: Buffer, pieces: Pieces): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value
}

async function* encoded(chunks: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk)
}
