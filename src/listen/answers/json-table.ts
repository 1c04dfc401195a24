import { ProblemError } from '../../core/result.ts'
import { isObject, type JsonObject } from '../decode/fields.ts'
import { documentsOf, type Json } from '../decode/json.ts'
import type { Table, TableRow } from '../decode/table.ts'
import { type Bytes, decodeText } from '../decode/text.ts'
import { fileProblem } from '../reasons/files.ts'
import { toldReason } from '../reasons/reason.ts'

/** Objects looked at before it is decided what the columns are. */
const AHEAD = 200

/**
 * Flat objects as a table: a column a key, an empty cell where an object lacks it. The first 200 name the columns; an object with a key that
 * none of these had gives a row too long for the header, which is refused rather than cut. `unwrap` takes the objects out of a document.
 * Throws a ProblemError where a document is no JSON: of one that breaks off nothing can be kept.
 */
export function jsonTable(bytes: Bytes, unwrap: (document: JsonObject) => JsonObject[]): Table {
  return { notes: () => [], dates: () => [], rows: rowsOf(bytes, unwrap) }
}

async function* rowsOf(bytes: Bytes, unwrap: (document: JsonObject) => JsonObject[]): AsyncGenerator<TableRow> {
  const objects = objectsOf(bytes, unwrap)
  const ahead: Placed[] = []
  while (ahead.length < AHEAD) {
    const next = await objects.next()
    if (next.done) break
    ahead.push(next.value)
  }
  if (ahead.length === 0) return
  const header = [...new Set(ahead.flatMap(({ object }) => Object.keys(object)))]
  const row = ({ line, object }: Placed): TableRow => {
    const more = Object.keys(object).filter((key) => !header.includes(key))
    return { line, cells: [...header, ...more].map((key) => cellOf(object[key])) }
  }
  yield { line: ahead[0]!.line, cells: header }
  for (const one of ahead) yield row(one)
  for await (const one of objects) yield row(one)
}

interface Placed {
  line: number
  object: JsonObject
}

async function* objectsOf(bytes: Bytes, unwrap: (document: JsonObject) => JsonObject[]): AsyncGenerator<Placed> {
  for await (const { line, value, reason } of documentsOf(decodeText(bytes).chunks)) {
    if (reason !== undefined) {
      const { words } = toldReason(reason)
      throw new ProblemError(fileProblem('json_broken', { why: words }, `line ${line}`))
    }
    if (isObject(value)) for (const object of unwrap(value)) yield { line, object }
  }
}

function cellOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(cellOf).join('、')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
