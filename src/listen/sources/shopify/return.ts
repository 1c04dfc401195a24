import { type JsonObject, objectAt, objectsAt, textAt } from '../../decode/fields.ts'
import { timeAt } from '../../decode/times.ts'
import { happened, partsOf, theOnly } from '../../happenings/happened.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { bareId, idAt } from './ids.ts'

const byStatus: Record<string, string> = {
  requested: 'return_requested',
  open: 'return_approved',
  declined: 'return_declined',
  canceled: 'return_cancelled',
  cancelled: 'return_cancelled',
  closed: 'return_received',
}

/**
 * A return, by GraphQL (`returnReasonNote`, `customerNote`) or by webhook (`return_reason_note`, `customer_note`). Neither names the moment
 * in all versions: `at` is then the moment of the webhook, or is left open.
 */
export function readReturn(object: JsonObject, _context: ReadContext, sentAt?: number): Item[] {
  const id = idAt(object)
  const status = (textAt(object, 'status') ?? 'requested').toLowerCase()
  const lines = [...objectsAt(object, 'returnLineItems'), ...objectsAt(object, 'return_line_items')]
  const name = byStatus[status] ?? 'return_requested'
  const at = timeOf(object, name) ?? sentAt
  const orderId = bareId(
    textAt(object, 'order.admin_graphql_api_id') ?? textAt(object, 'order.id') ?? textAt(object, 'order_id'),
  )
  const shared = { at, orderId }
  const eventId = id && `shopify-return-${id}-${status}`
  const parts =
    name === 'return_received'
      ? partsOf(
          'item_returned',
          { ...shared, id: eventId },
          lines.map((line) => ({
            key: idAt(line),
            productId: productOf(line),
            lineId: orderLineOf(line),
            quantity: Number(textAt(line, 'quantity')) || undefined,
            reason_code: reasonOf(line),
          })),
        )
      : []
  const reasons = [...new Set(lines.map((line) => reasonOf(line)).filter(Boolean))]
  return [
    {
      event: {
        ...shared,
        ...happened(name),
        id: eventId,
        productId: theOnly(lines.map(productOf)),
        props: {
          itemised: parts.length > 0 || undefined,
          line_id: theOnly(lines.map(orderLineOf)),
          return_name: textAt(object, 'name'),
          status_raw: textAt(object, 'status'),
          reason_code: reasons.join('、') || undefined,
          quantity: lines.reduce((sum, line) => sum + (Number(textAt(line, 'quantity')) || 0), 0),
          decline_reason: textAt(object, 'decline.reason'),
        },
      },
    },
    ...parts,
    ...lines.flatMap((line) => wordsOf(line, shared)),
    ...shopsWords(object, shared),
  ]
}

const productOf = (line: JsonObject): string | undefined =>
  bareId(
    textAt(line, 'fulfillmentLineItem.lineItem.product.id') ??
      textAt(line, 'fulfillment_line_item.line_item.product_id'),
  )

/** The line of the order that a line of a return is about: a webhook names it, and not its product. */
const orderLineOf = (line: JsonObject): string | undefined =>
  idAt(objectAt(line, 'fulfillmentLineItem.lineItem') ?? objectAt(line, 'fulfillment_line_item.line_item'))

const reasonOf = (line: JsonObject): string | undefined =>
  (
    textAt(line, 'returnReason') ??
    textAt(line, 'return_reason') ??
    textAt(line, 'returnReasonDefinition.handle') ??
    textAt(line, 'return_reason_definition.handle')
  )?.toLowerCase()

function timeOf(object: JsonObject, name: string): unknown {
  const paths: Record<string, string[]> = {
    return_received: ['closedAt', 'closed_at'],
    return_approved: ['requestApprovedAt', 'request_approved_at'],
  }
  for (const path of [...(paths[name] ?? []), 'createdAt', 'created_at', 'requested_at']) {
    const at = timeAt(object, path, 'UTC')
    if (at !== undefined) return at
  }
}

/** A line's note of the reason and the customer's own note; one text where both say the same. */
function wordsOf(line: JsonObject, shared: { at: unknown; orderId?: string }): Item[] {
  const id = idAt(line)
  const notes = new Set(
    ['returnReasonNote', 'return_reason_note', 'customerNote', 'customer_note'].map((path) => textAt(line, path)),
  )
  const item = 'fulfillmentLineItem.lineItem'
  return [...notes]
    .filter((text) => text !== undefined)
    .map((text, place) => ({
      voice: {
        ...shared,
        id: id && `shopify-return-line-${id}${place > 0 ? `.${place}` : ''}`,
        kind: 'return_reason' as const,
        text,
        productId: productOf(line),
        facts: {
          reason_code: reasonOf(line),
          sku: textAt(line, `${item}.sku`) ?? textAt(line, 'fulfillment_line_item.line_item.sku'),
          quantity: Number(textAt(line, 'quantity')) || undefined,
        },
      },
    }))
}

/** What the shop answers to a request that it declines. */
function shopsWords(object: JsonObject, shared: { at: unknown; orderId?: string }): Item[] {
  const note = textAt(object, 'decline.note')
  const id = idAt(object)
  if (note === undefined) return []
  const conversation = id && `shopify-return-${id}`
  return [
    {
      voice: {
        ...shared,
        id: id && `shopify-decline-${id}`,
        kind: 'return_reason',
        speaker: 'agent',
        text: note,
        conversation,
      },
    },
  ]
}
