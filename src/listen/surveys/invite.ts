import { type Selectable, sql } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import type { Stores } from '../../store/open.ts'
import type { SurveyInvitationTable } from '../../store/postgres/tables/surveys.ts'
import { DAY_MS, type History, type InvitationRule, occasionId, planInvitations } from './invitations.ts'
import { newId, type Survey } from './keep.ts'
import { type Occurrence, occasionsOf } from './occasions.ts'
import { countsOf } from './responses.ts'

type Db = Stores['db']
type Ruled = Survey & { rule: InvitationRule }

/** A survey that goes live asks about what came due in the week before too. */
const CATCH_UP_MS = 7 * DAY_MS

export interface Invitation {
  id: string
  surveyId: string
  customerRef: string
  orderId: string
  productId: string
  merchantId: string
  category: string
  city: string
  valueMinor: number | null
  currency: string
  newCustomer: boolean | null
  invitedAt: number
  expiresAt: number
  handedOutAt: number | null
}

/**
 * Makes the invitations of a tenant that are due, for all its live surveys at once, under a lock of the tenant: two processes that run
 * it together invite nobody twice, and running it again adds nothing. Returns how many were made.
 */
export async function inviteDue(
  stores: Stores,
  tenant: TenantId,
  surveys: readonly Survey[],
  asked: { now: number; coolDownDays: number },
): Promise<number> {
  const { now, coolDownDays } = asked
  const ruled = surveys.filter(
    (one): one is Ruled => one.tenant === tenant && one.state === 'live' && one.rule !== null,
  )
  if (ruled.length === 0) return 0
  const found: Occurrence[] = []
  for (const survey of ruled) {
    const since = (survey.liveSince ?? now) - CATCH_UP_MS
    found.push(...(await occasionsOf(stores.analytics, tenant, survey, { since, now })))
  }
  if (found.length === 0) return 0
  return stores.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`survey invitations ${tenant}`}, 0))`.execute(tx)
    const db = tx as unknown as Db
    const rooms = new Map<string, number>()
    for (const survey of ruled) rooms.set(survey.id, await roomOf(db, survey))
    const plan = planInvitations(found, await historyOf(db, tenant, found), {
      now,
      coolDownMs: coolDownDays * DAY_MS,
      shareOf: (id) => ruled.find((one) => one.id === id)!.rule.share,
      roomOf: (id) => rooms.get(id)!,
    })
    await insert(db, tenant, ruled, plan, now)
    return plan.length
  })
}

async function historyOf(db: Db, tenant: TenantId, of: readonly Occurrence[]): Promise<History> {
  const lastInvitedAt = new Map<string, number>()
  const used = new Set<string>()
  const customers = [...new Set(of.map(({ customerRef }) => customerRef))]
  for (let at = 0; at < customers.length; at += 5_000) {
    const rows = await db
      .selectFrom('survey_invitations')
      .select(['survey_id', 'occasion', 'customer_ref', 'invited_at'])
      .where('tenant', '=', tenant)
      .where('customer_ref', 'in', customers.slice(at, at + 5_000))
      .execute()
    for (const { survey_id, occasion, customer_ref, invited_at } of rows) {
      used.add(occasionId(survey_id, occasion))
      lastInvitedAt.set(customer_ref, Math.max(invited_at.getTime(), lastInvitedAt.get(customer_ref) ?? 0))
    }
  }
  return { lastInvitedAt, used }
}

/** How many a survey may still invite: none when a quota over all its answers is full. */
async function roomOf(db: Db, survey: Ruled): Promise<number> {
  const counts = await countsOf(db, survey)
  const full = survey.definition.quotas.some(({ id, most, when }) => !when && (counts.get(id) ?? 0) >= most)
  if (full) return 0
  if (survey.rule.most === undefined) return Number.POSITIVE_INFINITY
  return survey.rule.most - (await countInvitations(db, survey))
}

export async function countInvitations(db: Db, { tenant, id }: Pick<Survey, 'tenant' | 'id'>): Promise<number> {
  const row = await db
    .selectFrom('survey_invitations')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('tenant', '=', tenant)
    .where('survey_id', '=', id)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

async function insert(db: Db, tenant: TenantId, surveys: readonly Ruled[], plan: readonly Occurrence[], now: number) {
  const rows = plan.map((one) => ({
    ...{ tenant, id: newId(14), survey_id: one.surveyId, occasion: one.key, customer_ref: one.customerRef },
    ...{ order_id: one.orderId, product_id: one.productId, merchant_id: one.merchantId },
    ...{ category: one.category, city: one.city, currency: one.currency, new_customer: one.newCustomer },
    value_minor: one.valueMinor === null ? null : String(Math.round(one.valueMinor)),
    invited_at: new Date(now),
    expires_at: new Date(now + surveys.find(({ id }) => id === one.surveyId)!.rule.linkDays * DAY_MS),
  }))
  for (let at = 0; at < rows.length; at += 1_000)
    await db
      .insertInto('survey_invitations')
      .values(rows.slice(at, at + 1_000))
      .execute()
}

/** The invitations of a survey, the newest first. */
export async function listInvitations(
  db: Db,
  { tenant, id }: Pick<Survey, 'tenant' | 'id'>,
  limit: number,
): Promise<Invitation[]> {
  const rows = await db
    .selectFrom('survey_invitations')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('survey_id', '=', id)
    .orderBy('invited_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(invitationOf)
}

export async function findInvitations(
  db: Db,
  tenant: TenantId,
  ids: readonly string[],
): Promise<Map<string, Invitation>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('survey_invitations')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, invitationOf(row)]))
}

/** Notes that links were handed out to the shop's own channel; the first time counts. */
export async function noteHandedOut(db: Db, tenant: TenantId, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('survey_invitations')
    .set({ handed_out_at: new Date(now) })
    .where('tenant', '=', tenant)
    .where('id', 'in', ids)
    .where('handed_out_at', 'is', null)
    .execute()
}

function invitationOf(row: Selectable<SurveyInvitationTable>): Invitation {
  return {
    id: row.id,
    surveyId: row.survey_id,
    customerRef: row.customer_ref,
    orderId: row.order_id,
    productId: row.product_id,
    merchantId: row.merchant_id,
    category: row.category,
    city: row.city,
    valueMinor: row.value_minor === null ? null : Number(row.value_minor),
    currency: row.currency,
    newCustomer: row.new_customer,
    invitedAt: row.invited_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    handedOutAt: row.handed_out_at?.getTime() ?? null,
  }
}
