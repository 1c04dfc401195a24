import { ok, type Result } from '../../core/result.ts'
import { isObject, type JsonObject, valueAt } from '../decode/fields.ts'
import { type Document, documentsOf, type Json } from '../decode/json.ts'
import { decodeText } from '../decode/text.ts'
import { because } from '../reasons/reason.ts'
import { type Constants, constantsOf, type Item, placed, type ReadContext } from './item.ts'
import { knownSet } from './known-options.ts'
import { KnownPaths } from './paths.ts'
import type { FieldsMet, LeftOut, Mapping, Opened, Source, SourceItem } from './source.ts'

/** A system that exports JSON: one object, a list, an envelope with a list, or one object a line. */
export interface JsonSource extends Omit<Source, 'open' | 'mapping' | 'leftOut'> {
  /** Paths within one object; see `Mapping`. Every field that `read` looks at is here. */
  mapping: readonly Mapping[]
  leftOut: readonly LeftOut[]
  /** The objects in one document, such as an envelope's list; without it the document itself. */
  unwrap?(document: JsonObject): JsonObject[]
  /** Paths of which each object has every one (`a|b`: one of them); where one lacks, the object is not of this system. */
  requires: readonly string[]
  /** Fields that no object of this system has; where there is one, it is another system's that has much the same fields. */
  excludes?: readonly string[] | undefined
  read(object: JsonObject, context: ReadContext): Item[]
}

export function defineJsonSource({ unwrap, requires, excludes, read, ...source }: JsonSource): Source {
  const itemsOf = (object: JsonObject, context: ReadContext) =>
    objectItems({ en: source.en, requires, excludes, read }, object, context)
  return {
    ...source,
    async open(stream, options): Promise<Result<Opened>> {
      const set = knownSet(options, source.settings)
      if (!set.ok) return set
      const text = decodeText(stream)
      const paths = new KnownPaths([...source.mapping, ...source.leftOut].map(({ from }) => from))
      const each = (object: JsonObject) => {
        paths.watch(object)
        return itemsOf(object, { zone: options.zone, settings: options.set })
      }
      const constants = constantsOf(options, source.settings)
      const rows = rowsOf(documentsOf(text.chunks), unwrap ?? ((document) => [document]), each, constants)
      const fields = () => fieldsIn(paths, source)
      return ok({ notes: [], rows, fields, closing: () => closing(fields(), text.encoding()) })
    },
  }
}

type Reading = Pick<JsonSource, 'en' | 'requires' | 'excludes' | 'read' | 'unwrap'>

function objectItems(reading: Reading, object: JsonObject, context: ReadContext): Item[] {
  const { en, requires, excludes = [], read } = reading
  const lacking = requires.find((paths) => paths.split('|').every((path) => valueAt(object, path) === undefined))
  const foreign = excludes.find((path) => valueAt(object, path) !== undefined)
  if (foreign !== undefined) return [{ dead: { field: foreign, reason: because('of_another_system', { system: en }) } }]
  if (lacking === undefined) return read(object, context)
  const field = lacking.replaceAll('|', ' or ')
  return [{ dead: { field, reason: because('not_of_system', { system: en }) } }]
}

/** What a delivery or an answer of a JSON source's system holds: the same as a file with this one document would. */
export function itemsIn(reading: Reading, payload: Json, context: ReadContext): Item[] {
  const documents = (Array.isArray(payload) ? payload : [payload]).filter(isObject)
  const objects = documents.flatMap((document) => reading.unwrap?.(document) ?? [document])
  return objects.flatMap((object) => objectItems(reading, object, context))
}

async function* rowsOf(
  documents: AsyncIterable<Document>,
  unwrap: (document: JsonObject) => JsonObject[],
  read: (object: JsonObject) => Item[],
  constants: Constants,
): AsyncGenerator<SourceItem[]> {
  for await (const { line, value, reason, text } of documents) {
    if (reason !== undefined) yield [{ line, kind: 'voices', dead: { field: '', reason, record: text } }]
    else for (const object of unwrap(value as JsonObject)) yield placed(line, read(object), object as Json, constants)
  }
}

const fieldsIn = (paths: KnownPaths, { mapping, leftOut }: Pick<JsonSource, 'mapping' | 'leftOut'>): FieldsMet => ({
  used: mapping.filter(({ from }) => paths.met(from)),
  unused: paths.unknown(),
  left: leftOut.map(({ from }) => from).filter((from) => paths.met(from)),
})

function closing({ unused, left }: FieldsMet, encoding: string | undefined): string[] {
  return [
    ...(encoding === undefined || encoding === 'utf-8' ? [] : [`read as ${encoding.toUpperCase()}`]),
    ...(unused.length > 0 ? [`fields not used: ${unused.join(', ')}`] : []),
    ...(left.length > 0 ? [`fields left out on purpose: ${left.join(', ')}`] : []),
  ]
}
