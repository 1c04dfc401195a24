import { ok, type Result } from '../../core/result.ts'
import { type JsonObject, valueAt } from '../decode/fields.ts'
import { type Document, documentsOf, type Json } from '../decode/json.ts'
import { decodeText } from '../decode/text.ts'
import { type Constants, constantsOf, type Item, placed, type ReadContext } from './item.ts'
import { KnownPaths } from './paths.ts'
import type { LeftOut, Mapping, Opened, Source, SourceItem, SourceOptions } from './source.ts'

/** A system that exports JSON: one object, a list, an envelope with a list, or one object a line. */
export interface JsonSource extends Omit<Source, 'open' | 'mapping' | 'leftOut'> {
  /** Paths within one object; see `Mapping`. Every field that `read` looks at is here. */
  mapping: readonly Mapping[]
  leftOut: readonly LeftOut[]
  /** The objects in one document, such as an envelope's list; without it the document itself. */
  unwrap?(document: JsonObject): JsonObject[]
  /** Paths of which each object has every one; where one lacks, the object is not of this system. */
  requires: readonly string[]
  read(object: JsonObject, context: ReadContext): Item[]
}

export function defineJsonSource({ unwrap, requires, read, ...source }: JsonSource): Source {
  const itemsOf = (object: JsonObject, context: ReadContext): Item[] => {
    const lacking = requires.find((path) => valueAt(object, path) === undefined)
    return lacking === undefined
      ? read(object, context)
      : [{ dead: { field: lacking, reason: `is missing: this is not a record of ${source.en}` } }]
  }
  return {
    ...source,
    async open(stream, options): Promise<Result<Opened>> {
      const text = decodeText(stream)
      const paths = new KnownPaths([...source.mapping, ...source.leftOut].map(({ from }) => from))
      const each = (object: JsonObject) => {
        paths.watch(object)
        return itemsOf(object, { zone: options.zone })
      }
      const rows = rowsOf(documentsOf(text.chunks), unwrap ?? ((document) => [document]), each, options)
      return ok({ notes: [], rows, closing: () => closing(paths, source.leftOut, text.encoding()) })
    },
  }
}

async function* rowsOf(
  documents: AsyncIterable<Document>,
  unwrap: (document: JsonObject) => JsonObject[],
  read: (object: JsonObject) => Item[],
  options: SourceOptions,
): AsyncGenerator<SourceItem[]> {
  const constants: Constants = constantsOf(options)
  for await (const { line, value, reason, text } of documents) {
    if (reason !== undefined) yield [{ line, kind: 'voices', dead: { field: '', reason, record: text } }]
    else for (const object of unwrap(value as JsonObject)) yield placed(line, read(object), object as Json, constants)
  }
}

function closing(paths: KnownPaths, leftOut: readonly LeftOut[], encoding: string | undefined): string[] {
  const unknown = paths.unknown()
  return [
    ...(encoding === undefined || encoding === 'utf-8' ? [] : [`read as ${encoding.toUpperCase()}`]),
    ...(unknown.length > 0 ? [`fields not used: ${unknown.join(', ')}`] : []),
    ...(leftOut.length > 0 ? [`fields left out on purpose: ${leftOut.map(({ from }) => from).join(', ')}`] : []),
  ]
}
