import { fromLocal, localDay } from '../core/clock.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Funnel } from '../measure/funnels/definition.ts'
import { arrivedNow, lastEventAt, measureLive } from '../measure/funnels/live.ts'
import { type ReachedQuestion, readReached } from '../measure/funnels/reached.ts'
import type { Core } from './core.ts'

const liveSpans = ['hour', 'today'] as const
export type LiveSpan = (typeof liveSpans)[number]

const MINUTE_MS = 60_000
/** Data whose last event is older than this are looked at as of then, and said to be. */
const FRESH_MS = 30 * MINUTE_MS
const BINS: Record<LiveSpan, number> = { hour: MINUTE_MS, today: 15 * MINUTE_MS }

/** Who arrived at a step of the moment's figures. */
export interface AskedArrivals extends Pick<ReachedQuestion, 'step' | 'side' | 'cursor' | 'limit'> {
  funnel?: string
  span: LiveSpan
  /** The moment of the figures (`asOf`), so that as many are listed as they count; left out, that of now. */
  at?: number
}

type Chosen = (tenant: TenantId, asked: string | undefined) => Promise<Result<{ id: string; funnel: Funnel }>>
type Figures = Awaited<ReturnType<typeof figuresOf>>

/** The figures of the moment. Those who ask for the same within a minute in which nothing came in are given the same answer. */
export function createLive(core: Core, chosen: Chosen) {
  const kept = new Map<TenantId, Map<string, Promise<Figures>>>()
  core.changes.subscribe(null, (what, tenant) => {
    if (what.includes('events') || what.includes('orders')) kept.delete(tenant)
  })
  return async (tenant: TenantId, asked: { funnel?: string; span: LiveSpan }, now: number) => {
    const found = await chosen(tenant, asked.funnel)
    if (!found.ok) return found
    const answers = kept.get(tenant) ?? new Map<string, Promise<Figures>>()
    kept.set(tenant, answers)
    const minute = Math.floor(now / MINUTE_MS)
    const key = JSON.stringify([minute, asked.span, found.value])
    for (const old of answers.keys()) if (!old.startsWith(`[${minute},`)) answers.delete(old)
    let answer = answers.get(key)
    if (!answer) {
      answer = figuresOf(core, tenant, { ...found.value, span: asked.span }, now)
      answers.set(key, answer)
      answer.catch(() => answers.delete(key))
    }
    return ok(await answer)
  }
}

/** Those who arrived at a step in the span, one by one. */
export function createArrivals({ stores, tenancy }: Core, chosen: Chosen) {
  return async (tenant: TenantId, { funnel: asked, span, at: looked, ...page }: AskedArrivals, now: number) => {
    const [found, { zone }] = await Promise.all([chosen(tenant, asked), tenancy.find(tenant)])
    if (!found.ok) return found
    const { funnel } = found.value
    if (page.step >= funnel.steps.length) return noSuchStep
    const last = looked ?? (await lastEventAt(stores.analytics, tenant, now))
    if (last === null) return ok({ total: 0, rows: [], next: null })
    const at = looked ?? momentOf(last, now)
    const question = { tenant, funnel, zone, at, ...lengthsOf(span, at, zone) }
    return readReached(stores.analytics, { ...page, ...arrivedNow(question, page.step) })
  }
}

export const noSuchStep = fail({ code: 'no_such_step', message: 'the funnel has no such step', where: 'step' })

async function figuresOf(
  { stores, tenancy }: Core,
  tenant: TenantId,
  { id, funnel, span }: { id: string; funnel: Funnel; span: LiveSpan },
  now: number,
) {
  const [{ zone }, last, waiting] = await Promise.all([
    tenancy.find(tenant),
    lastEventAt(stores.analytics, tenant, now),
    stores.db
      .selectFrom('inbox')
      .select(({ fn }) => [fn.min('received_at').as('since'), fn.sum<string | null>('count').as('records')])
      .where('tenant', '=', tenant)
      .where('read_at', 'is', null)
      .executeTakeFirstOrThrow(),
  ])
  const head = { id, funnel, span, lastEventAt: last, waiting: Number(waiting.records ?? 0) }
  if (last === null) return { ...head, asOf: null, completeUntil: null, stale: false, figures: null }
  const stale = now - last > FRESH_MS
  const at = momentOf(last, now)
  const figures = await measureLive(stores.analytics, { tenant, funnel, zone, at, ...lengthsOf(span, at, zone) })
  // What was acknowledged is in the figures but for what still waits to be read.
  const completeUntil = Math.min(at, waiting.since?.getTime() ?? at)
  return { ...head, asOf: at, completeUntil, stale, figures }
}

/** The minute of looking: now, or that of the last event where it is older; to its last millisecond. */
function momentOf(last: number, now: number): number {
  const looked = now - last > FRESH_MS ? last : now
  return (Math.floor(looked / MINUTE_MS) + 1) * MINUTE_MS - 1
}

const lengthsOf = (span: LiveSpan, at: number, zone: string): { spanMs: number; binMs: number } => ({
  spanMs: span === 'hour' ? 60 * MINUTE_MS : sinceMidnight(at, zone),
  binMs: BINS[span],
})

function sinceMidnight(at: number, zone: string): number {
  const [year, month, day] = localDay(at, zone).split('-').map(Number) as [number, number, number]
  return Math.max(MINUTE_MS, at - fromLocal(zone, [year, month, day]))
}
