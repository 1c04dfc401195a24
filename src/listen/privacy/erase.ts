import { setTimeout as sleep } from 'node:timers/promises'
import { fail, ok, type Result } from '../../core/result.ts'
import type { TenantId } from '../../core/tenant.ts'
import { releaseOf } from '../../store/clickhouse/analytics.ts'
import { markedTables, whileWriting } from '../../store/clickhouse/marks.ts'
import { forgetMutations, mutate } from '../../store/clickhouse/mutate.ts'
import { ident, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Stores } from '../../store/open.ts'
import type { Kept } from '../kinds.ts'
import { AMENDING, ERASING, REREADING, underLock } from '../lock.ts'
import { type Belonging, belongs, detachOrder } from './belonging.ts'
import { type Counts, eraseBeside } from './erase-beside.ts'
import { conditionsFor, findBelonging, inboxBelonging, mentionConditions } from './find.ts'

export interface Erasing {
  tenant: TenantId
  /** As a person typed it. */
  reference: string
  /** Keeps the customer's orders, without whose they are. */
  keepOrders: boolean
}

const PATIENCE_MS = 60_000

/**
 * Removes one customer from every store, and answers what was removed. The inbox goes first, so that nothing is read from it any more;
 * what the reader has in its hands is waited for; then the analytic store, where no rewriting is under way; then everything that was made
 * of the customer's words. Doing it again removes what a failure in the middle has left. Problem `erasing_waits`.
 */
export async function eraseCustomer(
  stores: Stores,
  erasing: Erasing,
): Promise<Result<{ counts: Counts; belonging: Belonging }>> {
  return underLock(stores, ERASING, async () => {
    const first = await findBelonging(stores, erasing.tenant, erasing.reference)
    const { records, unread } = await eraseFromInbox(stores, first, erasing.keepOrders)
    if (!(await areRead(stores, unread))) return fail(WAITS)
    return underLock(stores, REREADING, () =>
      underLock(stores, AMENDING, async () => {
        // Once more: the reader may have written in the meantime what it held.
        const belonging = await findBelonging(stores, erasing.tenant, erasing.reference)
        const beside = await eraseBeside(stores, belonging, erasing)
        const everyDay = new Map([[belonging.tenant as string, 'all' as const]])
        const rows = await whileWriting(stores.analytics, markedTables, everyDay, () =>
          eraseFromAnalytics(stores, belonging, erasing.keepOrders),
        )
        return ok({ counts: { ...rows, inbox: records, ...beside }, belonging })
      }),
    )
  })
}

const WAITS = {
  code: 'erasing_waits',
  message: 'Records of this customer are being read into the analytic store and could not be waited for.',
  remedy: 'See that ClickHouse answers (./daystar doctor), then ask again: what is erased already stays erased.',
}

/** Rewrites batches without the customer's records. A batch that holds nothing any more has nothing to be read. */
async function eraseFromInbox(stores: Stores, belonging: Belonging, keepOrders: boolean) {
  let records = 0
  const unread: string[] = []
  for (const { id } of await inboxBelonging(stores, belonging)) {
    const done = await stores.db.transaction().execute(async (tx) => {
      const row = await tx
        .selectFrom('inbox')
        .select(['kind', 'records', 'read_at'])
        .where('tenant', '=', belonging.tenant)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst()
      if (!row) return 0
      const before = JSON.parse(row.records) as Kept[]
      const mine = before.filter((record) => belongs(row.kind, record, belonging))
      const after =
        row.kind === 'orders' && keepOrders
          ? before.map((record) => (mine.includes(record) ? detachOrder(record as Kept<'orders'>) : record))
          : before.filter((record) => !mine.includes(record))
      if (row.read_at === null) unread.push(id)
      await tx
        .updateTable('inbox')
        .set({ records: JSON.stringify(after), count: after.length })
        .where('tenant', '=', belonging.tenant)
        .where('id', '=', id)
        .execute()
      return mine.length
    })
    records += done
  }
  return { records, unread }
}

/** The reader marks a batch read when what it took from it is written: until then it may hold the records as they were. */
async function areRead(stores: Stores, ids: readonly string[]): Promise<boolean> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(50)) {
    const { rows } = await stores.pg.query<{ n: number }>(
      'select count(*)::int as n from inbox where id = any($1::bigint[]) and read_at is null',
      [ids],
    )
    if (rows[0]!.n === 0) return true
    if (Date.now() > end) return false
  }
}

async function eraseFromAnalytics({ analytics }: Stores, belonging: Belonging, keepOrders: boolean): Promise<Counts> {
  const counts: Counts = {}
  const tables = {
    mentions: await mentionConditions(analytics, belonging),
    voices: await conditionsFor(analytics, 'voices', belonging),
    events: await conditionsFor(analytics, 'events', belonging),
    orders: await conditionsFor(analytics, 'orders', belonging),
  }
  for (const [table, conditions] of Object.entries(tables)) {
    counts[table] = 0
    for (const mine of conditions) {
      const condition = table === 'orders' && keepOrders ? sql`${mine} AND ${ATTACHED}` : mine
      const [row] = await analytics.query<{ n: number }>(
        sql`SELECT count() AS n FROM ${ident(table)} WHERE ${condition}`,
      )
      if (row!.n === 0) continue
      counts[table] += row!.n
      await mutate(analytics, table, change(table, condition, keepOrders))
    }
    // Rows that were replaced earlier are only marked as gone until the engine merges them away.
    if (releaseOf(analytics.version()) >= 23.11)
      await mutate(analytics, table, sql`ALTER TABLE ${ident(table)} APPLY DELETED MASK`)
    await forgetMutations(analytics, table)
  }
  return counts
}

/** Orders that still say something of whose they are: those that were kept before are left as they are. */
const ATTACHED = sql`(customer_ref != '' OR city != '' OR return_reason != '' OR facts != '{}')`

const change = (table: string, condition: Sql, keepOrders: boolean): Sql =>
  table === 'orders' && keepOrders
    ? sql`ALTER TABLE orders UPDATE customer_ref = '', city = '', return_reason = '', own_return_reason = '', facts = '{}' WHERE ${condition}`
    : sql`ALTER TABLE ${ident(table)} DELETE WHERE ${condition}`
