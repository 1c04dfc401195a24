import { hash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { localDay } from '../core/clock.ts'
import type { Analytics } from '../store/clickhouse/analytics.ts'
import { sql } from '../store/clickhouse/sql.ts'
import type { Kept } from './kinds.ts'
import { inPortions } from './known.ts'
import { type JoinedReturn, joinReturns, type OwnLine, type ReturnWord } from './returns/join.ts'
import type { WordsOf } from './returns/words.ts'
import type { Origin } from './rows.ts'

/** A version is a time in milliseconds with room behind it for so many records of the same millisecond. */
const TIES = 1_000

/** An order with when it reached us, in the order of arrival. */
export interface ArrivedOrder {
  source: string
  order: Kept<'orders'>
  receivedAt: number
}

/** What events tell of returns. */
export interface ToldReturns {
  /** Orders of which something new may have been told. */
  orders: ReadonlySet<string>
  wordsOf(orders: readonly string[]): Promise<WordsOf>
}
const noReturns: ToldReturns = { orders: new Set(), wordsOf: async () => () => [] }

interface State {
  version: number
  digest: string
  /** Lines that the store has or had, removed ones too. */
  lines: number
}

/**
 * The rows that bring the store to the latest state of each order. A record replaces what is there when its `updatedAt` (else its
 * arrival) is not earlier; an exact repeat writes nothing; lines that the new record no longer has are marked removed. Versions of
 * one order strictly grow, so the engine never has to choose between equals. Returns that come apart from their order are joined to it,
 * whichever comes first.
 */
export async function orderRows(
  analytics: Analytics,
  tenant: string,
  arrived: readonly ArrivedOrder[],
  returns: ToldReturns = noReturns,
) {
  const ids = arrived.map(({ order }) => order.id)
  const stored = await storedOrders(analytics, tenant, ids)
  const latest = new Map<string, { arrived: ArrivedOrder; state: State }>()
  for (const one of arrived) {
    const { order } = one
    const current = latest.get(order.id)?.state ?? stored.get(order.id)
    const digest = hash('sha256', JSON.stringify(order), 'base64url').slice(0, 22)
    const time = order.updatedAt ?? one.receivedAt
    if (current && (current.digest === digest || time < Math.floor(current.version / TIES))) continue
    const version = Math.max(time * TIES, (current?.version ?? 0) + 1)
    latest.set(order.id, { arrived: one, state: { version, digest, lines: order.lines.length } })
  }
  const waiting = [...returns.orders].filter((id) => !latest.has(id))
  const wordsOf = await returns.wordsOf([...latest.keys(), ...waiting])
  const written = [...latest.values()].flatMap(({ arrived, state }) =>
    rowsOf({ tenant, source: arrived.source }, arrived.order, state, {
      words: wordsOf({ ...arrived.order, simulated: arrived.order.simulated === true }),
      linesBefore: stored.get(arrived.order.id)?.lines ?? 0,
    }),
  )
  return [...written, ...(await joinedAnew(analytics, tenant, waiting, wordsOf))]
}

async function storedOrders(analytics: Analytics, tenant: string, ids: string[]): Promise<Map<string, State>> {
  const stored = new Map<string, State>()
  for (const portion of inPortions(ids)) {
    const rows = await analytics.query<{ id: string; newest: number; last: string; lines: number }>(
      sql`SELECT order_id AS id, max(version) AS newest, argMax(digest, version) AS last, max(line) + 1 AS lines
        FROM orders WHERE tenant = ${tenant} AND order_id IN ${portion} GROUP BY order_id`,
    )
    for (const row of rows)
      stored.set(row.id, { version: Number(row.newest), digest: row.last, lines: Number(row.lines) })
  }
  return stored
}

/** A line of an order as it is stored; the columns that a return does not change are carried over as they are. */
interface StoredLine extends OwnLine, JoinedReturn {
  order_id: string
  version: number
  currency: string
  simulated: number
}

/** The rows of stored orders of which a return has been told since they were written. */
async function joinedAnew(analytics: Analytics, tenant: string, ids: string[], wordsOf: WordsOf) {
  const rows: StoredLine[] = []
  for (const portion of inPortions(ids))
    rows.push(
      ...(await analytics.query<StoredLine>(
        sql`SELECT * FROM orders FINAL WHERE tenant = ${tenant} AND order_id IN ${portion} AND removed = 0 ORDER BY order_id, line`,
      )),
    )
  return [...Map.groupBy(rows, (row) => row.order_id)].flatMap(([id, lines]) => {
    const [first] = lines
    const words = wordsOf({ id, currency: first!.currency, simulated: first!.simulated === 1 })
    const joined = joinReturns(lines, words)
    const changes = joined.some((one, place) => !isDeepStrictEqual(one, returnOf(lines[place]!)))
    const version = Math.max(...lines.map((line) => Number(line.version))) + 1
    return changes ? lines.map((line, place) => ({ ...line, ...joined[place], version })) : []
  })
}

const returnOf = ({ returned_at, return_reason, refund_minor }: JoinedReturn): JoinedReturn => ({
  returned_at,
  return_reason,
  refund_minor,
})

interface Around {
  words: readonly ReturnWord[]
  linesBefore: number
}

function rowsOf(origin: Origin, order: Kept<'orders'>, state: State, { words, linesBefore }: Around) {
  const shared = orderColumns(origin, order, state)
  const own = order.lines.map((line, place) => ({
    ...shared,
    line: place,
    removed: 0,
    line_id: line.id ?? '',
    product_id: line.productId ?? '',
    category: line.category ?? '',
    quantity: line.quantity,
    amount_minor: line.amountMinor,
    own_returned_at: line.returnedAt ?? null,
    own_return_reason: line.returnReason ?? '',
    own_refund_minor: line.refundMinor ?? null,
  }))
  const joined = joinReturns(own, words)
  const lines = own.map((line, place) => ({ ...line, ...joined[place]! }))
  const gone = Array.from({ length: Math.max(0, linesBefore - lines.length) }, (_, place) => ({
    ...shared,
    line: lines.length + place,
    removed: 1,
  }))
  return [...lines, ...gone]
}

function orderColumns(origin: Origin, order: Kept<'orders'>, { version, digest }: State) {
  const day = (at: number | undefined): string | null => (at === undefined ? null : localDay(at, order.zone!))
  return {
    ...origin,
    order_id: order.id,
    version,
    digest,
    merchant_id: order.merchantId ?? '',
    customer_ref: order.customerRef ?? '',
    city: order.city ?? '',
    channel: order.channel ?? '',
    currency: order.currency,
    ordered_at: order.orderedAt,
    ordered_day: localDay(order.orderedAt, order.zone!),
    promised_at: order.promisedAt ?? null,
    promised_day: day(order.promisedAt),
    shipped_at: order.shippedAt ?? null,
    delivered_at: order.deliveredAt ?? null,
    delivered_day: day(order.deliveredAt),
    install_promised_at: order.installPromisedAt ?? null,
    install_promised_day: day(order.installPromisedAt),
    installed_at: order.installedAt ?? null,
    installed_day: day(order.installedAt),
    cancelled_at: order.cancelledAt ?? null,
    facts: JSON.stringify(order.facts),
    simulated: order.simulated ? 1 : 0,
  }
}
