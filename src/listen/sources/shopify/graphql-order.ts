import { type JsonObject, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import type { Json } from '../../decode/json.ts'

/** GraphQL's names of an order's fields, and REST's. */
const names: Record<string, string> = {
  createdAt: 'created_at',
  processedAt: 'processed_at',
  updatedAt: 'updated_at',
  cancelledAt: 'cancelled_at',
  cancelReason: 'cancel_reason',
  currencyCode: 'currency',
  displayFinancialStatus: 'financial_status',
  displayFulfillmentStatus: 'fulfillment_status',
  sourceName: 'source_name',
  discountCodes: 'discount_codes',
}

const money: Record<string, string> = {
  totalPriceSet: 'total_price',
  currentTotalPriceSet: 'current_total_price',
  totalDiscountsSet: 'total_discounts',
  totalTaxSet: 'total_tax',
}

/** An order of the GraphQL API in the form of the REST API, so that one reader serves both. Fields of other names stay as they are. */
export function restOrder(order: JsonObject): JsonObject {
  const rest: JsonObject = {}
  for (const [key, value] of Object.entries(order)) {
    if (key === 'id') rest.admin_graphql_api_id = value
    else if (money[key]) rest[money[key]] = shopAmount(order, key)
    else if (key === 'lineItems') rest.line_items = objectsAt(order, key).map(restLine)
    else if (key === 'fulfillments') rest.fulfillments = objectsAt(order, key).map(restParcel)
    else if (key === 'refunds') rest.refunds = objectsAt(order, key).map(restRefund)
    else if (key === 'shippingAddress') rest.shipping_address = addressOf(objectAt(order, key))
    else if (key === 'discountCodes') rest.discount_codes = codes(value)
    else if (key === 'displayFinancialStatus' || key === 'displayFulfillmentStatus' || key === 'cancelReason')
      rest[names[key]!] = typeof value === 'string' ? value.toLowerCase() : value
    else rest[names[key] ?? key] = value
  }
  return { currency: shopCurrency(order), ...rest }
}

const shopAmount = (object: JsonObject, path: string): Json => valueAt(object, `${path}.shopMoney.amount`) ?? null
const shopCurrency = (order: JsonObject): Json => valueAt(order, 'totalPriceSet.shopMoney.currencyCode') ?? null

const addressOf = (address: JsonObject | undefined): JsonObject => ({
  city: valueAt(address, 'city') ?? null,
  country_code: valueAt(address, 'countryCodeV2') ?? null,
})

const codes = (value: Json): Json =>
  Array.isArray(value) ? value.map((code) => (typeof code === 'string' ? { code } : code)) : value

function restLine(line: JsonObject): JsonObject {
  return {
    admin_graphql_api_id: line.id ?? null,
    product_id: valueAt(line, 'product.id') ?? valueAt(line, 'variant.product.id') ?? null,
    title: line.title ?? null,
    vendor: line.vendor ?? null,
    quantity: line.quantity ?? null,
    price: shopAmount(line, 'originalUnitPriceSet'),
    total_discount: shopAmount(line, 'totalDiscountSet'),
    discount_allocations: objectsAt(line, 'discountAllocations').map((one) => ({
      amount: shopAmount(one, 'allocatedAmountSet'),
    })),
  }
}

const lower = (object: JsonObject, path: string): Json => textAt(object, path)?.toLowerCase() ?? null

function restParcel(parcel: JsonObject): JsonObject {
  return {
    admin_graphql_api_id: parcel.id ?? null,
    status: lower(parcel, 'status'),
    created_at: parcel.createdAt ?? null,
    updated_at: parcel.updatedAt ?? null,
    tracking_number: valueAt(parcel, 'trackingInfo.0.number') ?? null,
    tracking_company: valueAt(parcel, 'trackingInfo.0.company') ?? null,
  }
}

/** GraphQL tells what was refunded in all; REST tells it by transactions. */
function restRefund(refund: JsonObject): JsonObject {
  const amount = shopAmount(refund, 'totalRefundedSet')
  return {
    admin_graphql_api_id: refund.id ?? null,
    created_at: refund.createdAt ?? null,
    note: refund.note ?? null,
    transactions:
      amount === null ? [] : [{ amount, currency: valueAt(refund, 'totalRefundedSet.shopMoney.currencyCode') ?? null }],
    refund_line_items: objectsAt(refund, 'refundLineItems').map((line) => ({
      quantity: line.quantity ?? null,
      restock_type: lower(line, 'restockType'),
      subtotal: shopAmount(line, 'subtotalSet'),
      line_item: { admin_graphql_api_id: valueAt(line, 'lineItem.id') ?? null },
    })),
  }
}
