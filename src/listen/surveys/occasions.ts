import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { DAY_MS, type InvitationRule, type Occasion, STALE_MS } from './invitations.ts'

/** An occasion with what is known of the customer when it comes, so that those who answer can be compared with those who were asked. */
export interface Occurrence extends Occasion {
  orderId: string
  productId: string
  merchantId: string
  category: string
  city: string
  valueMinor: number | null
  currency: string
  /** True for a first order; null where no order is known. */
  newCustomer: boolean | null
}

/** `first` is −1 for a first order, 1 for a later one, 0 where no order is known. */
type Row = Omit<Occurrence, 'surveyId' | 'newCustomer' | 'dueAt'> & { at: number; first: number }

const HOUR_MS = 3_600_000
const MOST = 20_000
/** A conversation is taken as one as long as its turns lie within this time. */
const LONGEST_TALK_DAYS = 3

/**
 * What calls for an invitation by a rule and has come due by `now`, after `since`. Customers without a reference cannot be invited. Reads
 * orders and conversations as they are known now; asking again finds the same occasions by the same keys.
 */
export async function occasionsOf(
  analytics: Analytics,
  tenant: TenantId,
  survey: { id: string; rule: InvitationRule },
  { since, now }: { since: number; now: number },
): Promise<Occurrence[]> {
  const { rule } = survey
  const from = Math.max(since, now - STALE_MS)
  const wait = waitOf(rule)
  const asked = { tenant, rule, from: from - wait, to: now - wait, now }
  const rows = await analytics.query<Row>(questionOf(asked))
  return rows.map(({ at, first, ...row }) => ({
    ...row,
    surveyId: survey.id,
    dueAt: at + wait,
    newCustomer: first === 0 ? null : first < 0,
  }))
}

function waitOf({ trigger }: InvitationRule): number {
  switch (trigger.kind) {
    case 'delivered':
    case 'churned':
      return trigger.afterDays * DAY_MS
    case 'service':
      return trigger.afterHours * HOUR_MS
    case 'valuable':
      return 0
  }
}

interface Asked {
  tenant: TenantId
  rule: InvitationRule
  /** The occasion itself lies after `from` and not after `to`. */
  from: number
  to: number
  now: number
}

function questionOf(asked: Asked): Sql {
  switch (asked.rule.trigger.kind) {
    case 'delivered':
      return deliveries(asked)
    case 'service':
      return conversations(asked)
    case 'valuable':
      return valuable(asked, asked.rule.trigger)
    case 'churned':
      return churned(asked)
  }
}

/** One row an order: its dearest line stands for its category and product, its lines in its currency for its value. */
const orderFacts = sql`
  order_id, any(customer_ref) AS customer, argMax(product_id, amount_minor) AS product, argMax(category, amount_minor) AS kind_of_goods,
  any(merchant_id) AS merchant, any(city) AS town, sum(amount_minor) AS paid, any(currency) AS money, any(ordered_at) AS ordered,
  max(delivered_at) AS delivered`

const answerColumns = (key: Sql, at: Sql, first: Sql) => sql`
  ${key} AS key, customer AS customerRef, order_id AS orderId, product AS productId, merchant AS merchantId, kind_of_goods AS category,
  town AS city, paid AS valueMinor, money AS currency, ${at} AS at, ${first} AS first`

const ofCategories = ({ rule }: Asked): Sql =>
  rule.categories.length === 0 ? sql`1` : sql`category IN ${rule.categories}`

/** When each customer first ordered. */
const firstOrders = (tenant: TenantId): Sql => sql`
  SELECT customer_ref AS customer, min(ordered_at) AS first_ordered FROM orders FINAL
  WHERE tenant = ${tenant} AND removed = 0 AND customer_ref != '' GROUP BY customer`

function deliveries(asked: Asked): Sql {
  const { tenant, from, to } = asked
  return sql`
    SELECT ${answerColumns(sql`order_id`, sql`assumeNotNull(delivered)`, sql`if(first_ordered >= ordered, (-1), 1)`)}
    FROM (
      SELECT ${orderFacts} FROM orders FINAL
      WHERE tenant = ${tenant} AND removed = 0 AND customer_ref != '' AND cancelled_at IS NULL AND ${ofCategories(asked)}
        AND delivered_at > ${from} AND delivered_at <= ${to}
      GROUP BY order_id
    ) AS arrived
    GLOBAL ANY LEFT JOIN (${firstOrders(tenant)}) AS begun USING (customer)
    ORDER BY at, key LIMIT ${MOST}`
}

/** Chats and calls whose last turn lies back so far. What they were about is known from the voice itself. */
function conversations(asked: Asked): Sql {
  const { tenant, from, to } = asked
  return sql`
    SELECT conversation AS key, who AS customerRef, an_order AS orderId, product AS productId, merchant AS merchantId,
      goods AS category, town AS city, NULL AS valueMinor, '' AS currency, last_at AS at, 0 AS first
    FROM (
      SELECT conversation, max(customer_ref) AS who, max(order_id) AS an_order, max(product_id) AS product,
        max(merchant_id) AS merchant, max(category) AS goods, max(city) AS town, max(at) AS last_at
      FROM voices
      WHERE tenant = ${tenant} AND kind IN ('chat', 'call') AND conversation != '' AND ${ofCategories(asked)}
        AND at > ${from - LONGEST_TALK_DAYS * DAY_MS} AND at <= ${asked.now}
      GROUP BY conversation
    )
    WHERE who != '' AND last_at > ${from} AND last_at <= ${to}
    ORDER BY at, key LIMIT ${MOST}`
}

/** The order that brought a customer over the threshold is not told apart from those after it: the latest one stands for them. */
function valuable(asked: Asked, trigger: { overMinor: number; currency: string; withinDays: number }): Sql {
  const { tenant, from, to, now } = asked
  return sql`
    SELECT customer AS key, customer AS customerRef, last_order AS orderId, last_product AS productId, last_merchant AS merchantId,
      last_goods AS category, last_town AS city, spent AS valueMinor, ${trigger.currency} AS currency, last_at AS at,
      if(orders_in_all = 1, (-1), 1) AS first
    FROM (
      SELECT customer_ref AS customer, sum(amount_minor) AS spent, max(ordered_at) AS last_at, uniq(order_id) AS orders_in_all,
        argMax(order_id, ordered_at) AS last_order, argMax(product_id, ordered_at) AS last_product,
        argMax(merchant_id, ordered_at) AS last_merchant, argMax(category, ordered_at) AS last_goods, argMax(city, ordered_at) AS last_town
      FROM orders FINAL
      WHERE tenant = ${tenant} AND removed = 0 AND customer_ref != '' AND cancelled_at IS NULL AND ${ofCategories(asked)}
        AND currency = ${trigger.currency} AND ordered_at > ${now - trigger.withinDays * DAY_MS} AND ordered_at <= ${now}
      GROUP BY customer
    )
    WHERE spent >= ${trigger.overMinor} AND last_at > ${from} AND last_at <= ${to}
    ORDER BY at, key LIMIT ${MOST}`
}

/** Customers whose last order lies back so far. Another order later makes it another occasion. */
function churned(asked: Asked): Sql {
  const { tenant, from, to } = asked
  return sql`
    SELECT concat(customer, ' ', last_order) AS key, customer AS customerRef, last_order AS orderId, last_product AS productId,
      last_merchant AS merchantId, last_goods AS category, last_town AS city, last_paid AS valueMinor, last_money AS currency,
      last_at AS at, if(orders_in_all = 1, (-1), 1) AS first
    FROM (
      SELECT customer_ref AS customer, max(ordered_at) AS last_at, uniq(order_id) AS orders_in_all,
        argMax(order_id, ordered_at) AS last_order, argMax(product_id, ordered_at) AS last_product,
        argMax(merchant_id, ordered_at) AS last_merchant, argMax(category, ordered_at) AS last_goods,
        argMax(city, ordered_at) AS last_town, argMax(amount_minor, ordered_at) AS last_paid, argMax(currency, ordered_at) AS last_money
      FROM orders FINAL
      WHERE tenant = ${tenant} AND removed = 0 AND customer_ref != '' AND cancelled_at IS NULL AND ${ofCategories(asked)}
      GROUP BY customer
    )
    WHERE last_at > ${from} AND last_at <= ${to}
    ORDER BY at, key LIMIT ${MOST}`
}
