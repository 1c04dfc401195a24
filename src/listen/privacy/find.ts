import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { ident, join, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Stores } from '../../store/open.ts'
import type { Kept, RecordKind } from '../kinds.ts'
import type { Key } from '../known.ts'
import { type Belonging, belongs, namesOf } from './belonging.ts'

/** Ids in one statement, at most: a customer with more of them takes several. */
const PORTION = 5_000

/** Everything of one customer that the stores know of, looked for by reference, and by what the reference leads to. */
export async function findBelonging(stores: Stores, tenant: TenantId, reference: string): Promise<Belonging> {
  const names = namesOf(reference)
  const found = { conversations: new Set<string>(), sessions: new Set<string>(), orders: new Set<string>() }
  await addStored(stores.analytics, tenant, names, found)
  for (const { kind, records } of await inboxOf(stores, tenant, names))
    for (const record of records) if (names.includes(customerOf(record))) addLinks(kind, record, found)
  const without = { tenant, names, ...found, voices: [] }
  const conditions = await conditionsFor(stores.analytics, 'voices', without)
  const voices = await collect<Key & { text: string }>(conditions, (condition) =>
    stores.analytics.query(sql`SELECT id, day, text FROM voices WHERE ${condition} LIMIT 1 BY id, day`),
  )
  return { ...without, voices: distinct(voices) }
}

type Links = { conversations: Set<string>; sessions: Set<string>; orders: Set<string> }

async function addStored(
  analytics: Analytics,
  tenant: TenantId,
  names: readonly string[],
  found: Links,
): Promise<void> {
  const mine = sql`tenant = ${tenant} AND customer_ref IN ${names}`
  const ask = async (column: string, table: string) =>
    (
      await analytics.query<{ x: string }>(
        sql`SELECT DISTINCT ${ident(column)} AS x FROM ${ident(table)} WHERE ${mine} AND ${ident(column)} != ''`,
      )
    ).map(({ x }) => x)
  for (const x of await ask('conversation', 'voices')) found.conversations.add(x)
  for (const x of await ask('session', 'events')) found.sessions.add(x)
  for (const table of ['voices', 'events', 'orders']) for (const x of await ask('order_id', table)) found.orders.add(x)
}

function addLinks(kind: RecordKind, record: Kept, found: Links): void {
  const { conversation, session, orderId, id } = record as { [field: string]: unknown } as Record<
    string,
    string | undefined
  >
  if (conversation) found.conversations.add(conversation)
  if (session) found.sessions.add(session)
  if (kind === 'orders') found.orders.add(id!)
  else if (orderId) found.orders.add(orderId)
}

const customerOf = (record: Kept): string => (record as { customerRef?: string }).customerRef ?? ''

export interface InboxBatch {
  id: string
  kind: RecordKind
  records: Kept[]
}

/** Batches of the inbox, read or not, in which one of these strings stands as a JSON value. */
async function inboxOf(stores: Stores, tenant: TenantId, values: Iterable<string>): Promise<InboxBatch[]> {
  const batches: InboxBatch[] = []
  const all = [...values]
  for (let at = 0; at < all.length; at += PORTION) {
    const needles = all.slice(at, at + PORTION).map((value) => JSON.stringify(value))
    const { rows } = await stores.pg.query<{ id: string; kind: RecordKind; records: string }>(
      `select id, kind, records from inbox where tenant = $1 and exists (select 1 from unnest($2::text[]) as n where strpos(records, n) > 0)`,
      [tenant, needles],
    )
    for (const { id, kind, records } of rows) batches.push({ id, kind, records: JSON.parse(records) })
  }
  return batches
}

/** The batches of the inbox that hold a record of the customer. */
export async function inboxBelonging(stores: Stores, belonging: Belonging): Promise<InboxBatch[]> {
  const { names, conversations, sessions, orders } = belonging
  const batches = await inboxOf(stores, belonging.tenant, new Set([...names, ...conversations, ...sessions, ...orders]))
  const byId = new Map(batches.map((batch) => [batch.id, batch]))
  return [...byId.values()].filter(({ kind, records }) => records.some((record) => belongs(kind, record, belonging)))
}

const links = {
  voices: { conversation: 'conversations', order_id: 'orders' },
  events: { session: 'sessions', order_id: 'orders' },
  orders: { order_id: 'orders' },
  mentions: { order_id: 'orders' },
} as const

/**
 * Which rows of a table are the customer's, as conditions that each fit into a statement. They hold hashes in the place of references:
 * a change of a table keeps its condition on disk for a while.
 */
export async function conditionsFor(
  analytics: Analytics,
  table: keyof typeof links,
  belonging: Omit<Belonging, 'voices'>,
): Promise<Sql[]> {
  const { tenant, names } = belonging
  const conditions = [sql`tenant = ${tenant} AND sipHash64(customer_ref) IN ${await hashesOf(analytics, names)}`]
  for (const [column, of] of Object.entries(links[table])) {
    const ids = [...belonging[of]]
    for (let at = 0; at < ids.length; at += PORTION) {
      const hashes = await hashesOf(analytics, ids.slice(at, at + PORTION))
      conditions.push(sql`tenant = ${tenant} AND customer_ref = '' AND sipHash64(${ident(column)}) IN ${hashes}`)
    }
  }
  return conditions
}

/** Mentions of the customer's voices, by their keys: those of voices that name nobody have no other way to be found. */
export async function mentionConditions(analytics: Analytics, belonging: Belonging): Promise<Sql[]> {
  const conditions = await conditionsFor(analytics, 'mentions', belonging)
  for (let at = 0; at < belonging.voices.length; at += PORTION) {
    const ids = belonging.voices.slice(at, at + PORTION).map(({ id }) => id)
    // The id alone would do harm where it was given out anew, to another customer.
    conditions.push(
      sql`tenant = ${belonging.tenant} AND customer_ref = '' AND sipHash64(voice_id) IN ${await hashesOf(analytics, ids)}`,
    )
  }
  return conditions
}

async function hashesOf(analytics: Analytics, values: readonly string[]): Promise<bigint[]> {
  const rows = await analytics.query<{ h: string }>(
    sql`SELECT toString(sipHash64(x)) AS h FROM (SELECT arrayJoin([${join(values)}]) AS x)`,
  )
  return rows.map(({ h }) => BigInt(h))
}

export async function collect<T>(conditions: readonly Sql[], ask: (condition: Sql) => Promise<T[]>): Promise<T[]> {
  const rows: T[] = []
  for (const condition of conditions) rows.push(...(await ask(condition)))
  return rows
}

const distinct = <T extends Key>(rows: readonly T[]): T[] => [
  ...new Map(rows.map((row) => [`${row.day} ${row.id}`, row])).values(),
]
