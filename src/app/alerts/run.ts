import { keepRound } from '../../act/alerts/round.ts'
import { zoneOffsetMs } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import { countWaiting } from '../../listen/inbox.ts'
import type { Alarm } from '../../measure/alerts/alarm.ts'
import { gapOf } from '../../measure/alerts/rule.ts'
import { askExtent } from '../../measure/alerts/series.ts'
import type { Watcher, WatchPeriod } from '../../measure/alerts/watcher.ts'
import type { Changed } from '../changes.ts'
import type { Core } from '../core.ts'
import type { createAlertRules } from './rules.ts'
import { watchBookOf } from './watchable.ts'

/** What was found longer ago, in the tenant's own time, is history when it comes to light: nobody is called for it. */
const PAST_MS = 7 * 86_400_000
/** What can change an answer: records, and what an indicator of the tenant’s own counts. */
const wakes: ReadonlySet<Changed> = new Set(['voices', 'orders', 'events', 'indicators'])
const PAUSE_MS = 3_000
const PATIENCE_MS = 60_000
const EVERY_MS = 300_000
const FIRST_MS = 10_000

/** What all judging of a tenant starts from; null for a tenant without records. */
export async function periodOf(core: Core, tenant: TenantId, now: number): Promise<WatchPeriod | null> {
  const [{ zone, settings }, extent, { find }] = await Promise.all([
    core.tenancy.find(tenant),
    askExtent(core.stores.analytics, tenant, now),
    watchBookOf(core, tenant),
  ])
  const { promotions } = settings
  return extent && { tenant, zone, promotions, find, offsetMs: zoneOffsetMs(extent.to, zone), extent, now }
}

/** Judges after new data and by the clock, one tenant at a time. */
export function startWatch(core: Core, watcher: Watcher, rules: ReturnType<typeof createAlertRules>) {
  const { stores, changes, log } = core
  const waiting = new Map<TenantId, { timer: NodeJS.Timeout; since: number }>()
  let running: Promise<unknown> = Promise.resolve()
  let inHand = 0
  let closed = false
  const stopped = new AbortController()

  const stop = changes.subscribe(null, (what, tenant) => {
    if (what.some((kind) => wakes.has(kind))) schedule(tenant)
  })
  // What was taken in while nobody watched is judged soon after the start.
  const first = setTimeout(() => void everyone(), FIRST_MS).unref()
  const clock = setInterval(() => void everyone(), EVERY_MS).unref()

  async function everyone(): Promise<void> {
    const tenants = await stores.db
      .selectFrom('tenants')
      .select('id')
      .execute()
      .catch(() => [])
    for (const { id } of tenants) if (!waiting.has(id as TenantId)) schedule(id as TenantId)
  }

  function schedule(tenant: TenantId): void {
    if (closed) return
    const before = waiting.get(tenant)
    const since = before?.since ?? Date.now()
    clearTimeout(before?.timer)
    const rest = Math.max(0, Math.min(PAUSE_MS, since + PATIENCE_MS - Date.now()))
    waiting.set(tenant, { timer: setTimeout(() => void start(tenant), rest).unref(), since })
  }

  async function start(tenant: TenantId): Promise<void> {
    const due = waiting.get(tenant)
    const unread = await countWaiting(stores.db).catch(() => 0)
    if (!due || waiting.get(tenant) !== due) return
    if (unread > 0 && Date.now() < due.since + PATIENCE_MS) return schedule(tenant)
    waiting.delete(tenant)
    void queue(tenant)
  }

  function queue(tenant: TenantId): Promise<void> {
    inHand += 1
    const work = running
      .then(() => (closed ? undefined : round(tenant, Date.now())))
      .catch((error: Error) => closed || log(`watching ${tenant} failed: ${error.stack ?? error.message}`))
      .finally(() => {
        inHand -= 1
      })
    running = work
    return work.then(() => {})
  }

  async function round(tenant: TenantId, now: number): Promise<void> {
    const period = await periodOf(core, tenant, now)
    if (!period) return
    const awake = (await rules.list(tenant)).filter(
      ({ rule, snoozedUntil, rests }) => rule.enabled && rests === null && (snoozedUntil ?? 0) <= now,
    )
    const found = await watcher.judge(
      awake.map((one) => one.rule),
      period,
      stopped.signal,
    )
    // The demo ends on the day on which it was made: its last days are its present, whenever they are looked at.
    const present = (await core.tenancy.isSimulated(tenant)) ? period.extent.to : now
    await keepRound(stores.db, {
      tenant,
      rules: awake.map(({ rule, judgedFrom, snoozedUntil }) => ({
        id: rule.id,
        from: Math.max(judgedFrom ?? 0, snoozedUntil ?? 0) || null,
        gapMs: gapOf(rule),
      })),
      groups: found.groups.map(({ alarms }) => alarms.map(raised)),
      remade: found.remade.map(({ ruleId, by, segment }) => ({ ruleId, dimension: by ?? '', segment })),
      judgedUntil: found.until,
      series: found.series,
      pastBefore: present - PAST_MS,
      now,
    })
    // Consoles hear of it, and what sends messages to channels.
    changes.publish(tenant, ['alerts'])
  }

  return {
    round,
    schedule,
    isSettled: (tenant: TenantId): boolean => !waiting.has(tenant) && inHand === 0,
    /** Resolves when nothing is waiting to be judged. */
    async settled(): Promise<void> {
      while (waiting.size > 0 || inHand > 0) await new Promise((resolve) => setTimeout(resolve, 50))
    },
    async close(): Promise<void> {
      closed = true
      stopped.abort()
      stop()
      clearTimeout(first)
      clearInterval(clock)
      for (const { timer } of waiting.values()) clearTimeout(timer)
      waiting.clear()
      await running
    },
  }
}

const raised = ({ ruleId, by, segment, verdict, foundAt, continuing }: Alarm) => ({
  ruleId,
  dimension: by ?? '',
  segment,
  at: verdict.at,
  direction: verdict.direction!,
  foundAt,
  continuing,
  verdict,
})
