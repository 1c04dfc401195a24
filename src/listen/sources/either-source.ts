import { decodeText } from '../decode/text.ts'
import { rowOf } from './cells.ts'
import { defineJsonSource, type JsonSource } from './json-source.ts'
import type { Source } from './source.ts'
import { defineTableSource, type TableSource } from './table-source.ts'

type Shared = 'id' | 'zh' | 'en' | 'shelf' | 'describe' | 'webhook' | 'pull'

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

export function defineFlatSource({ unwrap, form, mapping, leftOut, requires, read, ...source }: FlatSource): Source {
  return {
    ...defineEitherSource({
      ...source,
      json: {
        unwrap,
        mapping,
        leftOut,
        requires,
        read: (object, context) => {
          const row = rowOf(object)
          return read(row, context, [row])
        },
      },
      table: { form, mapping, leftOut, requires, read },
    }),
    mapping,
    leftOut,
  }
}

/** An object, a list, or either of them wrapped in a call (JSONP). */
const JSON_BEGINS = /^\s*(?:[\w$.]{1,100}\s*\(\s*)?[[{]/
const ENOUGH = 200

/** Whether a stream begins as JSON does, how it was encoded, and the whole of it as UTF-8. */
export async function beginning(stream: AsyncIterable<Uint8Array>) {
  const text = decodeText(stream)
  const chunks = text.chunks[Symbol.asyncIterator]()
  let head = ''
  let done = false
  while (!done && head.trim().length < ENOUGH && head.length < 65_536) {
    const next = await chunks.next()
    if (next.done) done = true
    else head += next.value
  }
  async function* bytes() {
    if (head !== '') yield Buffer.from(head)
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield Buffer.from(next.value)
  }
  return { isJson: JSON_BEGINS.test(head), encoding: text.encoding(), bytes: bytes() }
}
