import { findFinding, type KeptFinding, keepFindings, listFindings } from '../act/findings.ts'
import { listInterventions } from '../act/interventions.ts'
import { listTickets, type Ticket } from '../act/tickets.ts'
import { addDays } from '../core/clock.ts'
import type { TenantId } from '../core/tenant.ts'
import { countWaiting } from '../listen/inbox.ts'
import { type Explanation, explainDriver } from '../measure/drivers/explain.ts'
import { type Driver, findDrivers } from '../measure/drivers/find.ts'
import { lengthInDays, wholeSlice } from '../measure/slice.ts'
import { day, sql } from '../store/clickhouse/sql.ts'
import { createComparing, type Trouble } from './comparing.ts'
import type { Core } from './core.ts'
import { productFacts } from './product-facts.ts'
import type { Period } from './tenancy.ts'

/** A driver as it is kept: with the period that it was found in and how many candidates were compared. */
type Kept = Driver & { period: Period; candidates: number; shortened?: boolean }

export interface Finding extends Kept {
  owner: string
  advice: { zh: string; en: string } | null
  rank: number
  current: boolean
  firstSeenAt: number
  checkedAt: number
  ticketId: string | null
  ticketState: string | null
  interventionIds: string[]
}

export interface FindingList {
  findings: Finding[]
  ready: boolean
  /** Comparing has failed since what is listed was found. */
  trouble: Trouble | null
  period: Period | null
  /** The period is shorter than it would be: all of it took too long to compare. */
  shortened: boolean
  candidates: number
}

/** Comparing again waits for a pause in what comes in, but not for ever: while a large file comes in, it would slow that down. */
const PAUSE_MS = 1_500
const PATIENCE_MS = 60_000
/**
 * The period that is compared: six weeks, doubled until it holds this many voices and orders or all there is; and half of it, and half of
 * that, where comparing took longer than a question may, but no less than a week.
 */
const WINDOW_DAYS = 42
const LEAST_DAYS = 7
const ENOUGH = 5_000

export type Findings = ReturnType<typeof createFindings>

/** The finding engine: after new data it compares everything again, in the background, one tenant at a time. */
export function createFindings(core: Core) {
  const { stores, tenancy, names, changes, log } = core
  const waiting = new Map<TenantId, { timer: NodeJS.Timeout; since: number }>()
  const comparing = createComparing<TenantId>()
  let running: Promise<void> = Promise.resolve()
  let inHand = 0
  let closed = false

  const stop = changes.subscribe(null, (what, tenant) => {
    if (what.includes('voices') || what.includes('orders')) schedule(tenant)
  })

  function schedule(tenant: TenantId): void {
    const before = waiting.get(tenant)
    const since = before?.since ?? Date.now()
    clearTimeout(before?.timer)
    const pause = Math.min(PAUSE_MS, since + PATIENCE_MS - Date.now())
    const rest = Math.max(0, pause, comparing.restOf(tenant, Date.now()))
    const timer = setTimeout(() => void start(tenant), rest)
    waiting.set(tenant, { timer, since })
  }

  /** Begins, unless more has been accepted meanwhile that is not read yet. */
  async function start(tenant: TenantId): Promise<void> {
    const due = waiting.get(tenant)
    const unread = await countWaiting(stores.db).catch(() => 0)
    if (!due || waiting.get(tenant) !== due) return
    if (unread > 0 && Date.now() < due.since + PATIENCE_MS) return schedule(tenant)
    waiting.delete(tenant)
    inHand += 1
    running = running
      .then(() => compare(tenant, Date.now()))
      .then(() => comparing.succeeded(tenant))
      .catch((error: Error) => rest(tenant, error))
      .finally(() => {
        inHand -= 1
      })
  }

  /** After a failure: told, and tried again by itself after a while, whether something new comes or not. */
  function rest(tenant: TenantId, error: Error): void {
    const { failures, again, tooLong } = comparing.failed(tenant, error, Date.now())
    const minutes = ((again - Date.now()) / 60_000).toFixed(1)
    const next = `again in ${minutes} minutes${tooLong ? ', about fewer days' : ''}`
    log(
      `comparing ${tenant} failed (${failures} in a row), ${next}: ${failures > 1 ? error.message : (error.stack ?? error.message)}`,
    )
    if (!closed) schedule(tenant)
  }

  async function compare(tenant: TenantId, now: number): Promise<void> {
    const whole = await windowOf(tenant)
    if (!whole) return
    const { period, shortened } = shorter(whole, comparing.halvings(tenant, now))
    const asOf = await tenancy.knownUntil(tenant, now)
    const { settings } = await tenancy.find(tenant)
    const catalogue = await productFacts(stores.db, tenant)
    const found = await findDrivers(stores.analytics, {
      slice: wholeSlice(tenant, period.from, period.to),
      names: { ...names.forMeasure, merchant: catalogue.merchant },
      products: catalogue.products,
      asOf,
      returnWindowDays: settings.returnWindowDays,
    })
    const kept: Kept[] = found.drivers.map((driver) => ({ ...driver, period, shortened, candidates: found.candidates }))
    await keepFindings(stores.db, tenant, kept, now)
    changes.publish(tenant, ['findings'])
  }

  async function windowOf(tenant: TenantId): Promise<Period | null> {
    const extent = await tenancy.extent(tenant)
    if (!extent) return null
    for (let days = WINDOW_DAYS; ; days *= 2) {
      const from = addDays(extent.to, 1 - days)
      if (from <= extent.from) return extent
      if ((await countSince(tenant, from)) >= ENOUGH) return { from, to: extent.to }
    }
  }

  async function countSince(tenant: TenantId, from: string): Promise<number> {
    const [voices, orders] = await Promise.all([
      stores.analytics.query<{ n: number }>(
        sql`SELECT count() AS n FROM voices WHERE tenant = ${tenant} AND day >= ${day(from)}`,
      ),
      stores.analytics.query<{ n: number }>(
        sql`SELECT count() AS n FROM orders WHERE tenant = ${tenant} AND ordered_day >= ${day(from)}`,
      ),
    ])
    return voices[0]!.n + orders[0]!.n
  }

  async function list(tenant: TenantId): Promise<FindingList> {
    const [kept, dress] = await Promise.all([listFindings<Kept>(stores.db, tenant), dresser(tenant)])
    const first = kept[0]?.driver
    return {
      findings: kept.map(dress),
      ready: isSettled(tenant),
      trouble: comparing.trouble(tenant),
      period: first?.period ?? null,
      shortened: first?.shortened ?? false,
      candidates: first?.candidates ?? 0,
    }
  }

  async function find(tenant: TenantId, id: string): Promise<Finding | undefined> {
    const kept = await findFinding<Kept>(stores.db, tenant, id)
    return kept && (await dresser(tenant))(kept)
  }

  async function detail(tenant: TenantId, id: string): Promise<(Finding & Explanation) | undefined> {
    const finding = await find(tenant, id)
    if (!finding) return undefined
    const { settings } = await tenancy.find(tenant)
    const titles = await productTitles(tenant)
    const { products } = await productFacts(stores.db, tenant)
    const explanation = await explainDriver(stores.analytics, {
      slice: wholeSlice(tenant, finding.period.from, finding.period.to),
      names: names.forMeasure,
      products,
      titleOf: (product) => titles.get(product) ?? product,
      asOf: Math.min(finding.checkedAt, await tenancy.knownUntil(tenant, finding.checkedAt)),
      returnWindowDays: settings.returnWindowDays,
      candidate: finding,
    })
    return explanation ? { ...finding, ...explanation } : undefined
  }

  async function productTitles(tenant: TenantId): Promise<ReadonlyMap<string, string>> {
    const rows = await stores.db.selectFrom('products').select(['id', 'title']).where('tenant', '=', tenant).execute()
    return new Map(rows.map((row) => [row.id, row.title]))
  }

  /** Adds what the other rooms know of a finding: its owner, its ticket, the changes made because of it. */
  async function dresser(tenant: TenantId): Promise<(kept: KeptFinding<Kept>) => Finding> {
    const [tickets, interventions] = await Promise.all([
      listTickets(stores.db, tenant),
      listInterventions(stores.db, tenant),
    ])
    const ticketOf = new Map<string, Ticket>()
    for (const ticket of tickets)
      if (ticket.findingId !== null && !ticketOf.has(ticket.findingId)) ticketOf.set(ticket.findingId, ticket)
    return ({ driver, ...state }) => ({
      ...driver,
      ...state,
      owner: names.owner(driver),
      advice: names.advice(driver),
      ticketId: ticketOf.get(driver.id)?.id ?? null,
      ticketState: ticketOf.get(driver.id)?.state ?? null,
      interventionIds: interventions.filter((one) => one.findingId === driver.id).map((one) => one.id),
    })
  }

  /** What rests after a failure is not waited for. */
  const waits = (tenant: TenantId): boolean => waiting.has(tenant) && comparing.trouble(tenant) === null
  const isSettled = (tenant: TenantId): boolean => !waits(tenant) && inHand === 0

  /** Resolves when nothing is waiting to be compared. */
  async function settled(): Promise<void> {
    while ([...waiting.keys()].some(waits) || inHand > 0) await new Promise((resolve) => setTimeout(resolve, 50))
  }

  async function close(): Promise<void> {
    closed = true
    stop()
    for (const { timer } of waiting.values()) clearTimeout(timer)
    waiting.clear()
    await running
  }

  return { list, find, detail, settled, compare, close }
}

function shorter(whole: Period, halvings: number): { period: Period; shortened: boolean } {
  const days = lengthInDays(whole)
  const kept = Math.min(days, Math.max(LEAST_DAYS, Math.ceil(days / 2 ** halvings)))
  return { period: { from: addDays(whole.to, 1 - kept), to: whole.to }, shortened: kept < days }
}
