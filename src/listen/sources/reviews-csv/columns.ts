import { fail, ok, type Result } from '../../../core/result.ts'
import { columnName } from '../../decode/table.ts'
import { columnsIn, fileProblem } from '../../reasons/files.ts'
import type { FieldsMet, SourceOptions } from '../../source/source.ts'
import { nameWithoutUnit, reviewWords, type Vocabulary, vocabulary } from './vocabulary.ts'

/** Fields of the voice that a column or a constant can fill. */
const voiceFields = [
  'id',
  'text',
  'rating',
  'ratingMin',
  'ratingMax',
  'at',
  'kind',
  'speaker',
  'lang',
  'metric',
  'orderId',
  'productId',
  'merchantId',
  'category',
  'customerRef',
  'conversation',
  'turn',
  'city',
  'channel',
] as const
/** Fields of the row's order. `amount` and `refund` are in major units, `returned` is yes or no where no column says when; `order.facts.NAME` and `facts.NAME` are any further facts. */
const orderFields = [
  'id',
  'currency',
  'orderedAt',
  'promisedAt',
  'shippedAt',
  'deliveredAt',
  'installPromisedAt',
  'installedAt',
  'cancelledAt',
  'updatedAt',
  'amount',
  'quantity',
  'productId',
  'category',
  'returned',
  'returnedAt',
  'returnReason',
  'refund',
  'customerRef',
  'merchantId',
  'city',
  'channel',
] as const
const productFields = ['title', 'merchantName'] as const
/** What else the row says: a headline over the text, what the customer added later, what the shop answered. */
const furtherFields = ['title', 'followUp.text', 'followUp.at', 'reply.text', 'reply.at'] as const
/** Every field that a column or a constant can fill, beside `facts.NAME` and `order.facts.NAME`. */
export const fieldNames: readonly string[] = [
  ...voiceFields,
  ...furtherFields,
  ...orderFields.map((field) => `order.${field}`),
  ...productFields.map((field) => `product.${field}`),
]
const known = new Set(fieldNames)
const isField = (field: string): boolean => known.has(field) || /^(?:order\.)?facts\.[\p{L}\p{N}_-]{1,60}$/u.test(field)

const reviews = vocabulary(reviewWords)

export interface Columns {
  /** Field → place of its column. */
  places: Map<string, number>
  /** Field → value, the same in every row. */
  constants: Record<string, string>
  notes: string[]
  fields: FieldsMet
}

/** Decides which column is which field: constants first, then what the user says, then the column's name. */
export function chooseColumns(
  header: readonly string[],
  { map, set, ignore }: SourceOptions,
  words: Vocabulary = reviews,
): Result<Columns> {
  for (const field of [...Object.keys(map), ...Object.keys(set)])
    if (!isField(field)) return fail(fileProblem('field_unknown', { field, fields: [...known].join(', ') }, 'line 1'))
  const places = new Map<string, number>()
  for (const [field, column] of Object.entries(map)) {
    const place = header.indexOf(column)
    if (place < 0) return fail(fileProblem('column_missing', { column, columns: columnsIn(header) }, 'line 1'))
    places.set(field, place)
  }
  const ignored = new Set(
    [...header.keys()].filter((place) => ignore.some((pattern) => matches(header[place]!, pattern))),
  )
  guess(
    header,
    places,
    words,
    (field, place) => field in set || ignored.has(place) || [...places.values()].includes(place),
  )
  const lacking = whatLacks(header, places, set)
  const fields = fieldsIn(header, places, ignored)
  return lacking ?? ok({ places, constants: set, notes: [...notesOn(fields), ...notesOnReturns(places, set)], fields })
}

function guess(
  header: readonly string[],
  places: Map<string, number>,
  { fieldsOf, rank }: Vocabulary,
  skip: (field: string, place: number) => boolean,
): void {
  const known = header.flatMap((written, place) => {
    const name = [columnName(written), nameWithoutUnit(written)].find((one) => fieldsOf.has(one))
    return name === undefined ? [] : [{ place, name }]
  })
  known.sort((a, b) => rank.get(a.name)! - rank.get(b.name)! || a.place - b.place)
  for (const { place, name } of known) {
    const field = fieldsOf.get(name)!.find((one) => !places.has(one) && !skip(one, place))
    if (field !== undefined) places.set(field, place)
  }
}

function whatLacks(
  header: readonly string[],
  places: Map<string, number>,
  set: Record<string, string>,
): Result<never> | undefined {
  const has = (field: string) => places.has(field) || field in set
  const columns = columnsIn(header)
  if (!places.has('text') && !places.has('rating')) return fail(fileProblem('no_text_or_rating', { columns }, 'line 1'))
  if (!has('at')) return fail(fileProblem('no_time_column', { columns }, 'line 1'))
  const ofOrder = [...places.keys(), ...Object.keys(set)].find((field) => field.startsWith('order.'))
  if (ofOrder && !places.has('order.id')) return fail(fileProblem('order_without_id', { field: ofOrder }, 'line 1'))
  if (ofOrder && !has('order.orderedAt')) return fail(fileProblem('order_without_time', {}, 'line 1'))
}

function fieldsIn(header: readonly string[], places: Map<string, number>, ignored: Set<number>): FieldsMet {
  const taken = new Set(places.values())
  return {
    used: [...places].map(([to, place]) => ({ from: header[place]!, to })),
    unused: header.filter((_, place) => !taken.has(place) && !ignored.has(place)),
    left: [...ignored].map((place) => header[place]!),
  }
}

function notesOn({ used, unused, left }: FieldsMet): string[] {
  const notes = [`columns used: ${used.map(({ from, to }) => `${to} ← ${from}`).join(', ')}`]
  if (left.length > 0) notes.push(`columns ignored as asked: ${left.join(', ')}`)
  if (unused.length > 0) notes.push(`columns not used: ${unused.join(', ')}`)
  return notes
}

/** What a reader of the figures must know of returns that have no time. */
function notesOnReturns(places: ReadonlyMap<string, number>, set: Record<string, string>): string[] {
  const has = (field: string) => places.has(field) || field in set
  if (!has('order.returned')) return []
  const assumed =
    'returns without a time count as asked for right after the row’s own review where that came within seven days of delivery, else at delivery'
  const uncounted =
    'no column says when orders were delivered: returns are counted only of delivered orders, so none will be (--map order.deliveredAt=COLUMN)'
  return [...(has('order.returnedAt') ? [] : [assumed]), ...(has('order.deliveredAt') ? [] : [uncounted])]
}

const matches = (name: string, pattern: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
