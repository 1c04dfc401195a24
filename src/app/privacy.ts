import { createHmac } from 'node:crypto'
import { forgetQuotes } from '../act/forget.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { type TenantId, tenantId } from '../core/tenant.ts'
import { mask } from '../listen/mask.ts'
import { plain } from '../listen/parse.ts'
import { namesOf } from '../listen/privacy/belonging.ts'
import { eraseCustomer } from '../listen/privacy/erase.ts'
import type { Counts } from '../listen/privacy/erase-beside.ts'
import { type CustomerExport, exportCustomer } from '../listen/privacy/export.ts'
import { dropOriginals, listLooks, lookAtOriginal } from '../listen/privacy/originals.ts'
import { guard, type OriginalKey, type Safeguards } from '../listen/privacy/safeguards.ts'
import { renewStatistics } from '../listen/privacy/statistics.ts'
import { sweep } from '../listen/privacy/sweep.ts'
import type { Core } from './core.ts'
import { rememberFor } from './remember.ts'
import { sealFor } from './seal.ts'

export interface EraseWish {
  customer: string
  keepOrders: boolean
  refuseLater: boolean
}

/** Who asks, and when (epoch milliseconds). */
export interface Asked {
  actor: string
  now: number
}

export interface PrivacyWish {
  keepOriginals: boolean
  originalDays: number
}

const SHOWN = 100
/** Another process may have changed what a tenant wishes: so long its old wish may still count. */
const REMEMBERED_MS = 5_000
const SWEEP_MS = 6 * 3_600_000

/** What a tenant's customers can ask for (a copy, to be forgotten), what is kept of the unmasked, and the record of both. */
export function createPrivacy(core: Core, secret: string) {
  const { stores, tenancy, changes, log } = core
  const { db } = stores
  const seal = sealFor('originals', secret)
  const hashed = (tenant: TenantId, name: string) =>
    createHmac('sha256', `daystar refused customers ${secret}`).update(`${tenant}\n${name}`).digest('base64url')
  const remembered = rememberFor(REMEMBERED_MS, readSafeguards)

  guard(stores, async (tenant) => (await remembered.find(tenant))!)

  /** Past its time nothing is kept, whether or not anybody looks. */
  const dropOld = () =>
    dropOriginals(stores, Date.now()).catch((error: Error) => log(`removing old originals failed: ${error.message}`))
  const timer = setInterval(dropOld, SWEEP_MS)
  timer.unref()
  const started = dropOld()

  /** What the way in must know of a tenant; asked for with every batch, so it is remembered for a moment. */
  async function readSafeguards(id: string): Promise<Safeguards> {
    const tenant = tenantId.parse(id)
    const [{ settings }, refused] = await Promise.all([
      tenancy.find(tenant),
      db.selectFrom('refused_customers').select('customer_hash').where('tenant', '=', tenant).execute(),
    ])
    const hashes = new Set(refused.map(({ customer_hash }) => customer_hash))
    return {
      ...(hashes.size > 0 && { refuses: (name: string) => hashes.has(hashed(tenant, name)) }),
      ...(settings.keepOriginals && {
        originals: { seal: (original) => seal.close(JSON.stringify(original)), days: settings.originalDays },
      }),
    }
  }

  async function exportOf(tenant: TenantId, typed: string, by: Asked): Promise<Result<CustomerExport>> {
    const customer = plain(typed)
    if (namesOf(customer).length === 0) return fail(NO_CUSTOMER)
    const found = await exportCustomer(stores, tenant, customer, seal.open)
    const counts = Object.fromEntries(Object.entries(found).map(([name, rows]) => [name, rows.length]))
    await enter(tenant, { ...by, what: 'export', keepOrders: false, refuseLater: false }, counts)
    return ok(found)
  }

  async function erase(tenant: TenantId, wish: EraseWish, by: Asked): Promise<Result<{ counts: Counts }>> {
    const customer = plain(wish.customer)
    const names = namesOf(customer)
    if (names.length === 0) return fail(NO_CUSTOMER)
    if (wish.refuseLater) await refuse(tenant, names)
    const erased = await eraseCustomer(stores, { tenant, reference: customer, keepOrders: wish.keepOrders })
    if (!erased.ok) return erased
    const { belonging } = erased.value
    const findings = await forgetQuotes(
      db,
      tenant,
      belonging.voices.map(({ id }) => id),
    )
    const elsewhere = await sweep(stores, belonging)
    await renewStatistics(stores)
    const counts = { ...erased.value.counts, findings, elsewhere }
    await enter(tenant, { ...by, what: 'erase', keepOrders: wish.keepOrders, refuseLater: wish.refuseLater }, counts)
    tenancy.forget(tenant)
    changes.publish(tenant, ['voices', 'events', 'orders', 'settings'])
    return ok({ counts })
  }

  async function refuse(tenant: TenantId, names: readonly string[]): Promise<void> {
    const rows = names.map((name) => ({ tenant, customer_hash: hashed(tenant, name) }))
    await db
      .insertInto('refused_customers')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    remembered.forget()
  }

  async function enter(
    tenant: TenantId,
    request: Asked & { what: 'export' | 'erase'; keepOrders: boolean; refuseLater: boolean },
    counts: Counts,
  ): Promise<void> {
    await db
      .insertInto('privacy_requests')
      .values({
        ...{ tenant, at: new Date(request.now), actor: request.actor, what: request.what },
        ...{ orders_kept: request.keepOrders, refuse_later: request.refuseLater },
        counts: JSON.stringify(Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0))),
      })
      .execute()
    changes.publish(tenant, ['settings'])
  }

  async function state(tenant: TenantId) {
    const { settings } = await tenancy.find(tenant)
    const [rows, looks, kept] = await Promise.all([
      db
        .selectFrom('privacy_requests')
        .selectAll()
        .where('tenant', '=', tenant)
        .orderBy('id', 'desc')
        .limit(SHOWN)
        .execute(),
      listLooks(stores, tenant, SHOWN),
      db
        .selectFrom('originals')
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .where('tenant', '=', tenant)
        .executeTakeFirstOrThrow(),
    ])
    return {
      keepOriginals: settings.keepOriginals,
      originalDays: settings.originalDays,
      originals: Number(kept.n),
      requests: rows.map((row) => ({
        ...{ id: String(row.id), at: row.at.getTime(), actor: row.actor, what: row.what },
        ...{ keepOrders: row.orders_kept, refuseLater: row.refuse_later, counts: row.counts as Counts },
      })),
      looks,
    }
  }

  /** Turned off, nothing that was kept before stays either. */
  async function save(tenant: TenantId, wish: PrivacyWish) {
    const settings = JSON.stringify({ keepOriginals: wish.keepOriginals, originalDays: wish.originalDays })
    await stores.pg.query('update tenants set settings = settings || $2::jsonb where id = $1', [tenant, settings])
    remembered.forget()
    if (!wish.keepOriginals) await dropOriginals(stores, Date.now(), tenant)
    changes.publish(tenant, ['settings'])
    return state(tenant)
  }

  const original = (key: OriginalKey, look: Asked & { reason: string }) =>
    lookAtOriginal(stores, { ...key, id: plain(key.id) }, { ...look, reason: mask(plain(look.reason)) }, seal.open)

  async function close(): Promise<void> {
    clearInterval(timer)
    await started
  }

  return { export: exportOf, erase, state, save, original, close }
}

const NO_CUSTOMER = {
  code: 'customer_missing',
  message: 'No customer is named.',
  remedy: 'Give the telephone number, the e-mail address, or the id that your shop sends as customerRef.',
  where: 'customer',
}
