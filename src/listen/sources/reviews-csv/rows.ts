import { isMasked, parseMoney, parseNumber, parseRating, parseTime, type Scale } from '../../decode/values.ts'
import type { SourceItem } from '../source.ts'
import type { Columns } from './columns.ts'

type Fields = Record<string, unknown>

/**
 * Makes of a row its voice, its order where `order.id` is given, and its product where a title is. What cannot be converted is left as
 * it is written, so that it is refused with its field and value, and can be seen and mended.
 */
export function rowReader(
  { places, constants }: Columns,
  zone: string,
): (line: number, cells: readonly string[]) => SourceItem[] {
  const scale = scaleOf(constants)
  const currency = /^[A-Z]{3}$/.test(constants['order.currency'] ?? '') ? constants['order.currency']! : 'CNY'
  const fields = [...new Set([...places.keys(), ...Object.keys(constants)])].map((field) => {
    const convert = converterOf(field, zone, scale, currency)
    const place = places.get(field)
    const constant = field in constants ? convert(constants[field]!) : undefined
    return {
      field,
      valueIn: (cells: readonly string[]) => (field in constants ? constant : cellValue(cells[place!]!, convert)),
    }
  })
  const seenProducts = new Map<string, string>()

  return (line, cells) => {
    const voice: Fields = {}
    const order: Fields = {}
    const product: Fields = {}
    for (const { field, valueIn } of fields) {
      const value = valueIn(cells)
      if (value === undefined) continue
      if (field.startsWith('order.')) order[field.slice(6)] = value
      else if (field.startsWith('product.')) product[field.slice(8)] = value
      else voice[field] = value
    }
    voice.productId ??= product.title
    if (order.id !== undefined) voice.orderId ??= order.id
    const items: SourceItem[] = []
    if (isNewProduct(seenProducts, voice, product))
      items.push({ line, kind: 'products', record: productOf(voice, product) })
    if (order.id !== undefined) items.push({ line, kind: 'orders', record: orderOf(voice, order) })
    items.push({ line, kind: 'voices', record: voice })
    return items
  }
}

type Convert = (text: string) => unknown

function converterOf(field: string, zone: string, scale: Scale, currency: string): Convert {
  const name = field.replace(/^(order|product)\./, '')
  if (name === 'at' || name.endsWith('At')) return (text) => parseTime(text, zone) ?? text
  if (name.startsWith('facts.')) return (text) => parseNumber(text) ?? text
  switch (name) {
    case 'rating':
      return (text) => parseRating(text, scale) ?? text
    case 'amount':
    case 'refund':
      return (text) => parseMoney(text, currency) ?? text
    case 'ratingMin':
    case 'ratingMax':
    case 'turn':
    case 'quantity':
      return (text) => parseNumber(text) ?? text
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

function orderOf(voice: Fields, order: Fields): Fields {
  const { amount, quantity, productId, category, returnedAt, returnReason, refund, ...rest } = order
  const facts: Fields = {}
  const whole: Fields = {}
  for (const [field, value] of Object.entries(rest))
    if (field.startsWith('facts.')) facts[field.slice(6)] = value
    else whole[field] = value
  const line = {
    productId: productId ?? voice.productId,
    category: category ?? voice.category,
    quantity,
    amountMinor: amount,
    returnedAt,
    returnReason,
    refundMinor: refund,
  }
  const { customerRef, merchantId, city, channel } = voice
  return { customerRef, merchantId, city, channel, ...whole, facts, lines: [line] }
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
