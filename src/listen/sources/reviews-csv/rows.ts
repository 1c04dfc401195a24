import { isRounded, markOf, ROUNDED } from '../../cells/cells.ts'
import { currencyOf, minorOf } from '../../decode/money.ts'
import { isMasked, parseNumber, parseRating, parseTime, type Scale } from '../../decode/values.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { replyOf, saidOf, thread, titled, type VoiceDraft } from '../../talk/thread.ts'
import type { Columns } from './columns.ts'

type Fields = Record<string, unknown>

/**
 * Makes of a row its voice with what followed it, its order where `order.id` is given, and its product where a title is. What cannot be converted is left as
 * it is written, so that it is refused with its field and value, and can be seen and mended.
 */
export function rowReader({ places, constants }: Columns, zone: string): (cells: readonly string[]) => Item[] {
  const scale = scaleOf(constants)
  const fields = [...new Set([...places.keys(), ...Object.keys(constants)])].map((field) => {
    const convert = converterOf(field, zone, scale)
    const place = places.get(field)
    const constant = field in constants ? convert(constants[field]!) : undefined
    return {
      field,
      valueIn: (cells: readonly string[]) => (field in constants ? constant : cellValue(cells[place!]!, convert)),
    }
  })
  const seenProducts = new Map<string, string>()

  return (cells) => {
    const voice: Fields = {}
    const order: Fields = {}
    const product: Fields = {}
    const further: Fields = {}
    for (const { field, valueIn } of fields) {
      const value = valueIn(cells)
      if (value === undefined) continue
      if (field.startsWith('order.')) order[field.slice(6)] = value
      else if (field.startsWith('product.')) product[field.slice(8)] = value
      else if (isFurther.test(field)) further[field] = value
      else voice[field] = value
    }
    const rounded = roundedIn(voice, order)
    if (rounded !== undefined) return [{ dead: { ...ROUNDED, field: rounded } }]
    voice.productId ??= product.title
    if (order.id !== undefined) voice.orderId ??= order.id
    const items: Item[] = []
    if (isNewProduct(seenProducts, voice, product)) items.push({ product: productOf(voice, product) })
    if (order.id !== undefined) items.push({ order: orderOf(voice, order) })
    items.push(...voicesOf(voice, further))
    return items
  }
}

const ids = ['id', 'orderId', 'productId', 'merchantId', 'customerRef', 'conversation']

/** The first id that a spreadsheet rounded: it would join strangers. */
function roundedIn(voice: Fields, order: Fields): string | undefined {
  const isLost = (value: unknown) => typeof value === 'string' && isRounded(value.trim())
  if (isLost(order.id)) return 'order.id'
  return ids.find((field) => isLost(voice[field]))
}

const isFurther = /^(?:title$|facts\.|followUp\.|reply\.)/

/** The voice, what the customer added later, and what the shop answered. Default praise that a platform wrote is nobody's text. */
function voicesOf(voice: Fields, further: Fields): Item[] {
  const said = saidOf(textOf(voice.text))
  const facts = Object.entries(further).flatMap(([field, value]) =>
    field.startsWith('facts.') ? [[field.slice(6), value] as const] : [],
  )
  const review: VoiceDraft = {
    ...voice,
    text: titled(textOf(further.title), said.text),
    facts: { ...said.facts, ...Object.fromEntries(facts) },
  }
  const id = textOf(voice.id)
  const { customerRef, city, channel, speaker } = voice
  const later = saidOf(textOf(further['followUp.text'])).text
  const followUp: VoiceDraft[] =
    later === undefined
      ? []
      : [
          {
            id: id && `${id}.follow-up`,
            kind: 'follow_up_review',
            customerRef,
            city,
            channel,
            speaker,
            text: later,
            // No earlier than the review itself: better a time that is said to be the review's than words that are refused.
            at: further['followUp.at'] ?? voice.at,
            ...(further['followUp.at'] === undefined && { facts: { time_of: 'review' } }),
          },
        ]
  const reply = replyOf(id && `${id}.reply`, textOf(further['reply.text']), further['reply.at'])
  const items = thread(review, [...followUp, ...reply])
  const silent = said.facts.default_praise && review.text === undefined && review.rating === undefined
  return silent ? [{ skipped: because('default_praise') }, ...items.slice(1)] : items
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

type Convert = (text: string) => unknown

function converterOf(field: string, zone: string, scale: Scale): Convert {
  const name = field.replace(/^(order|product|followUp|reply)\./, '')
  if (name === 'at' || name.endsWith('At')) return (text) => parseTime(text, zone) ?? text
  if (name.startsWith('facts.')) return (text) => parseNumber(text) ?? text
  switch (name) {
    case 'rating':
      return (text) => parseRating(text, scale) ?? text
    case 'ratingMin':
    case 'ratingMax':
    case 'turn':
    case 'quantity':
      return (text) => parseNumber(text) ?? text
    case 'returned':
      return (text) => markOf(text) ?? text
    case 'customerRef':
      return (text) => (isMasked(text) ? undefined : text)
    default:
      return (text) => text
  }
}

/** An empty cell is nothing said. A text keeps its spaces: it is stored as it was written. */
function cellValue(cell: string, convert: Convert): unknown {
  const trimmed = cell.trim()
  if (trimmed === '') return undefined
  const value = convert(trimmed)
  return value === trimmed ? cell : value
}

function scaleOf(constants: Record<string, string>): Scale {
  const fallback = constants.metric === 'nps' ? { min: 0, max: 10 } : { min: 1, max: 5 }
  return {
    min: parseNumber(constants.ratingMin ?? '') ?? fallback.min,
    max: parseNumber(constants.ratingMax ?? '') ?? fallback.max,
  }
}

/** In the row's own currency; in CNY where none is given. */
function orderOf(voice: Fields, order: Fields): Fields {
  const currency = currencyOf(order.currency) ?? 'CNY'
  const minor = (amount: unknown) => (typeof amount === 'string' ? minorOf(amount, currency) : amount)
  const { amount, quantity, productId, category, returned, returnedAt, returnReason, refund, ...rest } = order
  const facts: Fields = {}
  const whole: Fields = {}
  for (const [field, value] of Object.entries(rest))
    if (field.startsWith('facts.')) facts[field.slice(6)] = value
    else whole[field] = value
  const line = {
    productId: productId ?? voice.productId,
    category: category ?? voice.category,
    quantity,
    amountMinor: minor(amount),
    returnedAt: returnedAt ?? returnOf(returned, voice, order),
    returnReason,
    refundMinor: positive(minor(refund)),
  }
  const { customerRef, merchantId, city, channel } = voice
  return { customerRef, merchantId, city, channel, ...whole, facts, lines: [line] }
}

/** Some systems write what was paid back as a negative amount. */
const positive = (amount: unknown) => (typeof amount === 'number' ? Math.abs(amount) : amount)

const WEEK_MS = 7 * 86_400_000

/**
 * When an order of which the row says only that it came back was asked to be taken back: right after the row's own review, where that was
 * written within a week of the delivery, else at delivery. What is neither yes nor no stays as it is written, so that it is refused.
 */
function returnOf(returned: unknown, voice: Fields, { deliveredAt, orderedAt }: Fields): unknown {
  if (returned !== true) return returned === false ? undefined : returned
  const from = deliveredAt ?? orderedAt
  const isSoon =
    typeof voice.at === 'number' && typeof from === 'number' && voice.at >= from && voice.at < from + WEEK_MS
  return isSoon ? Number(voice.at) + 1 : from
}

/** A product is sent once a file, and again where its name has changed. */
function isNewProduct(seen: Map<string, string>, voice: Fields, product: Fields): boolean {
  const { productId } = voice
  const title = product.title
  if (typeof productId !== 'string' || typeof title !== 'string' || seen.get(productId) === title) return false
  // The catalogue takes a repeat well; what must stay bounded is the memory.
  if (seen.size >= 100_000) seen.clear()
  seen.set(productId, title)
  return true
}

function productOf({ productId, category, merchantId }: Fields, product: Fields): Fields {
  return { id: productId, category, merchantId, ...product }
}
