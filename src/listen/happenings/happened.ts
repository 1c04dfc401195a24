import { type EventName, eventKindOf } from '../../core/event-names.ts'

/** An event's name with the touchpoint at which it happens. */
export const happened = (name: EventName | (string & {})) => ({ name, touchpoint: eventKindOf(name)?.touchpoint })

/** How many pieces the lines hold together; undefined where none says. */
export const pieces = (counts: readonly (string | undefined)[]): number | undefined => {
  const numbers = counts
    .filter((count) => count !== undefined)
    .map(Number)
    .filter(Number.isFinite)
  return numbers.length > 0 ? numbers.reduce((sum, count) => sum + Math.abs(count), 0) : undefined
}

/** Different texts in one, for a fact; undefined where there is none. */
export const joined = (texts: readonly (string | undefined)[], most = 2_000): string | undefined =>
  [...new Set(texts.filter((text) => text !== undefined && text !== ''))].join('、').slice(0, most) || undefined

/** One product of a return or refund of several. */
export interface Part {
  /** What tells it from the others of the same return or refund. */
  key: string | undefined
  productId: string | undefined
  /** The line of the order that it was, as the order's record numbers it. */
  lineId?: string | undefined
  quantity?: number
  refundMinor?: number
  currency?: string
  /** In major units, where the currency is not known. */
  amount?: string
  goodsBack?: boolean
  reason_code?: string
  /** The reason in words. */
  note?: string
}

/**
 * A return or refund of several products as an event for each, so that each finds its line of the order; none where there is but one
 * product, which the event for the whole then names. The event for the whole is to say `itemised` where these are there.
 */
export function partsOf(
  name: 'item_returned' | 'item_refunded',
  whole: { id: string | undefined; at: unknown; orderId?: string; customerRef?: string },
  parts: readonly Part[],
): { event: Record<string, unknown> }[] {
  const { id, ...about } = whole
  const names = parts.map(({ lineId, productId }) => lineId ?? productId)
  if (new Set(names).size < 2 || names.includes(undefined)) return []
  return parts.map(({ key, productId, lineId, goodsBack, ...props }) => ({
    event: {
      ...about,
      ...happened(name),
      id: id && key && `${id}-${key}`,
      productId,
      props: { ...props, line_id: lineId, goods_back: goodsBack || undefined },
    },
  }))
}

/** The one value that all share; undefined where they differ. */
export function theOnly(values: readonly (string | undefined)[]): string | undefined {
  const different = new Set(values)
  return different.size === 1 ? [...different][0] : undefined
}

/**
 * The version of an order that only tracking code tells: whatever the shop itself says of it is newer, so that it never replaces returns and
 * refunds that the shop knows of.
 */
export const OLDEST_STATE = Date.UTC(1990, 0, 1)
