import type { TenantId } from '../../core/tenant.ts'
import { ident, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Stores } from '../../store/open.ts'
import type { Kept } from '../kinds.ts'
import { type Belonging, belongs, maskedNames } from './belonging.ts'
import { collect, conditionsFor, findBelonging, inboxBelonging, mentionConditions } from './find.ts'
import { opened } from './originals.ts'
import type { OriginalKey } from './safeguards.ts'

type Row = Record<string, unknown>

/** Everything that is kept of one customer, as it is kept. */
export interface CustomerExport {
  voices: Row[]
  mentions: Row[]
  events: Row[]
  orders: Row[]
  /** Acknowledged and not read into the analytic store yet. */
  waiting: Row[]
  deadLetters: Row[]
  originals: Row[]
  corrections: Row[]
  surveyInvitations: Row[]
  surveyResponses: Row[]
}

/** Gathers what `eraseCustomer` would remove. `open` opens sealed originals. */
export async function exportCustomer(
  stores: Stores,
  tenant: TenantId,
  reference: string,
  open: (sealed: string) => string | null,
): Promise<CustomerExport> {
  const belonging = await findBelonging(stores, tenant, reference)
  const { analytics } = stores
  const rows = (table: string, conditions: readonly Sql[]) =>
    collect<Row>(conditions, (condition) => analytics.query(sql`SELECT * FROM ${ident(table)} WHERE ${condition}`))
  return {
    voices: await rows('voices', await conditionsFor(analytics, 'voices', belonging)),
    mentions: await rows('mentions', await mentionConditions(analytics, belonging)),
    events: await rows('events', await conditionsFor(analytics, 'events', belonging)),
    orders: await collect<Row>(await conditionsFor(analytics, 'orders', belonging), (condition) =>
      analytics.query(sql`SELECT * FROM orders FINAL WHERE ${condition} AND removed = 0`),
    ),
    waiting: await waitingOf(stores, belonging),
    ...(await besideOf(stores, belonging, reference, open)),
  }
}

async function waitingOf(stores: Stores, belonging: Belonging): Promise<Row[]> {
  const unread = await stores.db
    .selectFrom('inbox')
    .select('id')
    .where('tenant', '=', belonging.tenant)
    .where('read_at', 'is', null)
    .execute()
  const ids = new Set(unread.map(({ id }) => String(id)))
  return (await inboxBelonging(stores, belonging))
    .filter(({ id }) => ids.has(String(id)))
    .flatMap(
      ({ kind, records }) => records.filter((record: Kept) => belongs(kind, record, belonging)) as unknown as Row[],
    )
}

async function besideOf(
  { pg }: Stores,
  { tenant, names, voices, conversations, sessions, orders }: Belonging,
  reference: string,
  open: (sealed: string) => string | null,
) {
  const ask = async (text: string, values: unknown[]) => (await pg.query<Row>(text, [tenant, ...values])).rows
  const needles = [
    ...[...names, ...conversations, ...sessions, ...orders].map((value) => JSON.stringify(value)),
    ...maskedNames(reference),
  ]
  const originals = await ask(
    'select kind, record_id, day, kept_at, sealed from originals where tenant = $1 and customer_ref = any($2::text[])',
    [names],
  )
  return {
    deadLetters: await ask(
      `select source, kind, field, reason, record, received_at from dead_letters where tenant = $1 and exists
        (select 1 from unnest($2::text[]) as n where strpos(record, n) > 0)`,
      [needles],
    ),
    originals: originals.map(({ sealed, ...row }) => {
      const key = { tenant, kind: row.kind, id: row.record_id, day: row.day } as OriginalKey
      return { ...row, said: opened(open(String(sealed)), key)?.said ?? null }
    }),
    corrections: await ask(
      `select voice_id, day, at, change, before, after from corrections where tenant = $1 and (voice_id, day) in
        (select * from unnest($2::text[], $3::text[])) order by id`,
      [voices.map(({ id }) => id), voices.map(({ day }) => day)],
    ),
    surveyInvitations: await ask(
      'select * from survey_invitations where tenant = $1 and customer_ref = any($2::text[])',
      [names],
    ),
    surveyResponses: await ask(
      `select * from survey_responses where tenant = $1 and (id = any($2::text[]) or invitation_id in
        (select id from survey_invitations where tenant = $1 and customer_ref = any($3::text[])))`,
      [[...conversations, ...sessions], names],
    ),
  }
}
