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
/** Rows of one answer of the engine, which holds an answer whole. */
const PAGE_ROWS = 20_000
/** A conversation is taken as one as long as its turns lie within this time. */
const LONGEST_TALK_DAYS = 3

/**
 * What calls for an invitation by a rule and has come due by `now`, after `since`, the first due first. Customers without a reference
 * cannot be invited. Reads orders and conversations as they are known now; asking again finds the same occasions by the same keys.
 */
export async function occasionsOf(
  analytics: Analytics,
  tenant: TenantId,
  survey: { id: string; rule: InvitationRule },
  { since, now, pageRows = PAGE_ROWS }: { since: number; now: number; pageRows?: number },
): Promise<Occurrence[]> {
  const { rule } = survey
  const from = Math.max(since, now - STALE_MS)
  const wait = waitOf(rule)
  const question = questionOf({ tenant, rule, from: from - wait, to: now - wait, now })
  const found: Occurrence[] = []
  for (;;) {
    const page = sql`${question} ORDER BY at, key LIMIT ${found.length}, ${pageRows}`
    const rows = await analytics.query<Row>(page)
    for (const { at, first, ...row } of rows)
      found.push({ ...row, surveyId: survey.id, dueAt: at + wait, newCustomer: first === 0 ? null : first < 0 })
    if (rows.length < pageRows) return found
  }
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

const answerColumns = (key: Sql, at: Sql) => sql`
  ${key} AS key, customer AS customerRef, order_id AS orderId, product AS productId, merchant AS merchantId, kind_of_goods AS category,
  town AS city, paid AS valueMinor, money AS currency, ${at} AS at, if(first_ordered >= ordered, (-1), 1) AS first`

const ofCategories = ({ rule }: Asked): Sql =>
  rule.categories.length === 0 ? sql`1` : sql`category IN ${rule.categories}`

/** Orders that stand and whose customer is known. */
const standing = (tenant: TenantId): Sql =>
  sql`tenant = ${tenant} AND removed = 0 AND customer_ref != '' AND cancelled_at IS NULL`

/** When each customer ordered first and last, whatever it was and in whatever currency. */
const bounds = (tenant: TenantId): Sql => sql`
  SELECT customer_ref AS customer, min(ordered_at) AS first_ordered, max(ordered_at) AS last_ordered FROM orders FINAL
  WHERE ${standing(tenant)} GROUP BY customer`

function deliveries(asked: Asked): Sql {
  const { tenant, from, to } = asked
  return sql`
    SELECT ${answerColumns(sql`order_id`, sql`assumeNotNull(delivered)`)}
    FROM (
      SELECT ${orderFacts} FROM orders FINAL
      WHERE ${standing(tenant)} AND ${ofCategories(asked)} AND delivered_at > ${from} AND delivered_at <= ${to}
      GROUP BY order_id
    ) AS arrived
    GLOBAL ANY LEFT JOIN (${bounds(tenant)}) AS history USING (customer)`
}

/**
 * Chats and calls in which a customer spoke and whose last turn, whoever said it, lies back so far. What they were about is known from
 * the turns themselves. Who the customer is, a customer's own turn says best: some systems write who is speaking into every turn.
 */
function conversations(asked: Asked): Sql {
  const { tenant, from, to } = asked
  return sql`
    SELECT conversation AS key, if(spoke != '', spoke, spoken_to) AS customerRef, an_order AS orderId, product AS productId,
      merchant AS merchantId, goods AS category, town AS city, NULL AS valueMinor, '' AS currency, last_at AS at, 0 AS first
    FROM (
      SELECT conversation, maxIf(customer_ref, speaker = 'customer') AS spoke, max(customer_ref) AS spoken_to,
        countIf(speaker = 'customer') AS said, max(order_id) AS an_order, max(product_id) AS product, max(merchant_id) AS merchant,
        maxIf(category, ${ofCategories(asked)}) AS goods, max(city) AS town, max(at) AS last_at, countIf(${ofCategories(asked)}) AS fitting
      FROM voices
      WHERE tenant = ${tenant} AND kind IN ('chat', 'call') AND conversation != ''
        AND at > ${from - LONGEST_TALK_DAYS * DAY_MS} AND at <= ${asked.now}
      GROUP BY conversation
    )
    WHERE said > 0 AND fitting > 0 AND spoken_to != '' AND last_at > ${from} AND last_at <= ${to}`
}

/**
 * Customers whose orders in one currency reach the sum. The order that brought a customer over it is not told apart from those after it:
 * the latest one stands for them, with what all of them cost as the value.
 */
function valuable(asked: Asked, trigger: { overMinor: number; currency: string; withinDays: number }): Sql {
  const { tenant, from, to, now } = asked
  return sql`
    SELECT ${answerColumns(sql`customer`, sql`ordered`)}
    FROM (
      SELECT customer, argMax(order_id, ordered_at) AS order_id, argMax(product, ordered_at) AS product,
        argMax(merchant, ordered_at) AS merchant, argMax(kind_of_goods, ordered_at) AS kind_of_goods, argMax(town, ordered_at) AS town,
        sum(amount) AS paid, any(money) AS money, max(ordered_at) AS ordered
      FROM (
        SELECT customer, order_id, product, merchant, kind_of_goods, town, money, paid AS amount, ordered AS ordered_at
        FROM (
          SELECT ${orderFacts} FROM orders FINAL
          WHERE ${standing(tenant)} AND ${ofCategories(asked)} AND currency = ${trigger.currency}
            AND ordered_at > ${now - trigger.withinDays * DAY_MS} AND ordered_at <= ${now}
          GROUP BY order_id
        )
      )
      GROUP BY customer
      HAVING paid >= ${trigger.overMinor} AND ordered > ${from} AND ordered <= ${to}
    ) AS spenders
    GLOBAL ANY LEFT JOIN (${bounds(tenant)}) AS history USING (customer)`
}

/**
 * Customers whose last order of all lies back so far. Another order later makes it another occasion; of two at the same moment the one
 * with the greater id is taken every time, since it is the key.
 */
function churned(asked: Asked): Sql {
  const { tenant, from, to } = asked
  return sql`
    SELECT ${answerColumns(sql`concat(customer, ' ', order_id)`, sql`ordered`)}
    FROM (
      SELECT ${orderFacts} FROM orders FINAL
      WHERE ${standing(tenant)} AND ${ofCategories(asked)} AND ordered_at > ${from} AND ordered_at <= ${to}
      GROUP BY order_id
      ORDER BY customer, ordered DESC, order_id DESC LIMIT 1 BY customer
    ) AS latest
    GLOBAL ANY LEFT JOIN (${bounds(tenant)}) AS history USING (customer)
    WHERE last_ordered = ordered`
}
