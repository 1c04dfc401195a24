/** What is read of Vendure's entities: only these fields, so that the mapping can be tested without a shop. */
export interface VendureOrder {
  id: string | number
  code: string
  state: string
  currencyCode: string
  orderPlacedAt?: Date | null
  createdAt?: Date
  updatedAt?: Date
  customer?: { id: string | number } | null
  shippingAddress?: { city?: string | null; countryCode?: string | null } | null
  couponCodes?: readonly string[]
  totalWithTax?: number
  shippingWithTax?: number
  lines: readonly {
    quantity: number
    proratedLinePriceWithTax: number
    orderPlacedQuantity?: number
    proratedUnitPriceWithTax?: number
    productVariant?: { id: string | number; productId?: string | number; name?: string; sku?: string } | null
  }[]
}

export interface VendureRefund {
  id: string | number
  total: number
  reason?: string | null
}

export interface VendureReview {
  id: string | number
  body?: string | null
  summary?: string | null
  rating?: number | null
  createdAt: Date
  productId?: string | number
  customerId?: string | number
}

/** A change of an order's state, and when it happened (epoch milliseconds). */
export interface Transition {
  to: string
  at: number
}

export interface MoneyForm {
  /** Decimal places of the shop's integers: the `precision` of its MoneyStrategy. Vendure's own is 2 for every currency. */
  precision: number
}

export interface Told {
  kind: 'orders' | 'events' | 'voices' | 'products'
  record: Record<string, unknown>
}

/**
 * The shop's integer as the currency's minor units: with precision 2, 150000 of JPY is 1500 yen, and 1234 of EUR is 1234 cents. Halves are
 * rounded away from zero.
 */
export function minorUnits(value: number, currency: string, { precision }: MoneyForm): number {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  if (digits >= precision) return value * 10 ** (digits - precision)
  return Math.sign(value) * Math.round(Math.abs(value) / 10 ** (precision - digits))
}

const eventNames: Record<string, { name: string; touchpoint: string }> = {
  PaymentAuthorized: { name: 'order_completed', touchpoint: 'trade.pay' },
  PaymentSettled: { name: 'payment_succeeded', touchpoint: 'trade.pay' },
  PartiallyShipped: { name: 'shipment_shipped', touchpoint: 'fulfil.ship' },
  Shipped: { name: 'shipment_shipped', touchpoint: 'fulfil.ship' },
  Delivered: { name: 'shipment_delivered', touchpoint: 'fulfil.deliver' },
  Cancelled: { name: 'order_cancelled', touchpoint: 'trade.pay' },
}

/** What a change of an order's state tells: the order as it now is, and the event. Nothing before the order was placed. */
export function ofOrder(order: VendureOrder, history: readonly Transition[], now: Transition, form: MoneyForm): Told[] {
  const placedAt = order.orderPlacedAt?.getTime()
  if (placedAt === undefined) return []
  const customerRef = order.customer ? String(order.customer.id) : undefined
  const event = eventNames[now.to]
  return [
    ...order.lines.flatMap(productOf),
    { kind: 'orders', record: orderRecord(order, placedAt, [...history, now], now.at, form) },
    ...(event === undefined
      ? []
      : [
          {
            kind: 'events' as const,
            record: tidy({
              ...event,
              id: `vendure-${order.code}-${now.to}`,
              at: now.at,
              orderId: order.code,
              customerRef,
              props: { status_raw: now.to },
            }),
          },
        ]),
  ]
}

/**
 * A line from which all was taken is not part of the order any more. Where all was taken from every line, the order was cancelled: it then is
 * what had been ordered.
 */
function linesOf({ lines }: VendureOrder) {
  const left = lines.map((line) => ({
    productId: productId(line),
    quantity: line.quantity,
    amount: line.proratedLinePriceWithTax,
  }))
  const placed = lines.map((line) => {
    const { orderPlacedQuantity: quantity = 0, proratedUnitPriceWithTax: unit = 0 } = line
    return { productId: productId(line), quantity, amount: quantity * unit }
  })
  return (left.some(isThere) ? left : placed).filter(isThere)
}

const isThere = ({ quantity }: { quantity: number }): boolean => quantity > 0

function orderRecord(
  order: VendureOrder,
  orderedAt: number,
  transitions: readonly Transition[],
  updatedAt: number,
  form: MoneyForm,
) {
  const currency = order.currencyCode
  const money = (value: number | undefined) => (value === undefined ? undefined : minorUnits(value, currency, form))
  const first = (...states: string[]) => {
    const times = transitions.filter(({ to }) => states.includes(to)).map(({ at }) => at)
    return times.length > 0 ? Math.min(...times) : undefined
  }
  return tidy({
    id: order.code,
    currency,
    orderedAt,
    updatedAt,
    shippedAt: first('PartiallyShipped', 'Shipped'),
    deliveredAt: first('Delivered'),
    cancelledAt: first('Cancelled'),
    customerRef: order.customer ? String(order.customer.id) : undefined,
    city: order.shippingAddress?.city || undefined,
    channel: 'vendure',
    lines: linesOf(order).map(({ amount, ...line }) => tidy({ ...line, amountMinor: money(amount) })),
    facts: tidy({
      state: order.state,
      total_minor: money(order.totalWithTax),
      shipping_minor: money(order.shippingWithTax),
      country: order.shippingAddress?.countryCode || undefined,
      coupons: order.couponCodes?.join('、').slice(0, 200) || undefined,
    }),
  })
}

type Line = VendureOrder['lines'][number]

const productId = ({ productVariant }: Line): string | undefined =>
  productVariant ? String(productVariant.productId ?? productVariant.id) : undefined

function productOf(line: Line): Told[] {
  const id = productId(line)
  const title = line.productVariant?.name
  return id && title ? [{ kind: 'products', record: { id, title: title.slice(0, 300) } }] : []
}

/** Money that went back. The reason is the shop's note, so it is a fact and nobody's voice. */
export function ofRefund(
  refund: VendureRefund,
  order: Pick<VendureOrder, 'code' | 'currencyCode' | 'customer'>,
  now: Transition,
  form: MoneyForm,
): Told[] {
  const name = now.to === 'Settled' ? 'order_refunded' : now.to === 'Failed' ? 'refund_failed' : undefined
  if (name === undefined) return []
  const props = tidy({
    refundMinor: minorUnits(refund.total, order.currencyCode, form),
    currency: order.currencyCode,
    reason_code: refund.reason || undefined,
  })
  const customerRef = order.customer ? String(order.customer.id) : undefined
  return [
    {
      kind: 'events',
      record: tidy({
        id: `vendure-refund-${refund.id}-${now.to}`,
        name,
        touchpoint: 'aftersale.refund',
        at: now.at,
        orderId: order.code,
        customerRef,
        props,
      }),
    },
  ]
}

/** A review of a plugin that keeps reviews; a review needs words or a rating. */
export function ofReview(review: VendureReview): Told[] {
  const text = [review.summary, review.body].filter((part) => part?.trim()).join('\n')
  if (text === '' && typeof review.rating !== 'number') return []
  const id = (value: string | number | undefined) => (value === undefined ? undefined : String(value))
  return [
    {
      kind: 'voices',
      record: tidy({
        id: `vendure-review-${review.id}`,
        kind: 'review',
        text,
        rating: review.rating ?? undefined,
        at: review.createdAt.getTime(),
        productId: id(review.productId),
        customerRef: id(review.customerId),
      }),
    },
  ]
}

/** Without the fields that hold nothing. */
function tidy(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
}
