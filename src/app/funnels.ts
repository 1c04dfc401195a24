import { randomBytes } from 'node:crypto'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { type Funnel, readFunnel } from '../measure/funnels/definition.ts'
import { measureDropOff } from '../measure/funnels/drop-off.ts'
import { forgetFunnel, keepFunnel, keptFunnels, MOST_KEPT } from '../measure/funnels/keep.ts'
import { lastEventAt } from '../measure/funnels/live.ts'
import { measureFunnel } from '../measure/funnels/measure.ts'
import { funnelParts } from '../measure/funnels/parts.ts'
import { type KeptFunnel, presets } from '../measure/funnels/presets.ts'
import { type ReachedQuestion, readReached } from '../measure/funnels/reached.ts'
import type { Core } from './core.ts'
import { createArrivals, createLive, noSuchStep } from './live.ts'
import { createLiveTicket } from './live-ticket.ts'
import type { AskedSlice, Measures } from './measures.ts'

export interface AskedFunnel extends AskedSlice {
  /** The id of a funnel, or its definition as JSON; left out, the first one. */
  funnel?: string
}

type ReachedPageOf = Pick<ReachedQuestion, 'step' | 'side' | 'cursor' | 'limit'>

/** Funnels over any period, what people kept of them, and the figures of the moment. */
export function createFunnels(core: Core, measures: Pick<Measures, 'sliceOf' | 'labels'>) {
  const { stores, tenancy } = core
  const { analytics, db } = stores

  const list = async (tenant: TenantId): Promise<KeptFunnel[]> => [...presets, ...(await keptFunnels(db, tenant))]

  /** The funnel that is asked for, by its id or as it stands. */
  async function chosen(tenant: TenantId, asked: string | undefined): Promise<Result<{ id: string; funnel: Funnel }>> {
    if (asked?.trimStart().startsWith('{')) {
      const read = readFunnel(asked)
      return read.ok ? ok({ id: '', funnel: read.value }) : read
    }
    const all = await list(tenant)
    const found = asked ? all.find(({ id }) => id === asked) : all[0]
    return found ? ok(found) : fail({ code: 'not_found', message: `there is no funnel ${asked} here` })
  }

  async function question(tenant: TenantId, asked: AskedFunnel, now: number) {
    const [found, slice, knownUntil] = await Promise.all([
      chosen(tenant, asked.funnel),
      measures.sliceOf(tenant, asked, now),
      knownUntilOf(tenant, now),
    ])
    return found.ok ? ok({ ...found.value, slice, knownUntil }) : found
  }

  /** Voices and orders end with a day, events with a moment: things are known up to whichever is later. */
  async function knownUntilOf(tenant: TenantId, now: number): Promise<number> {
    const last = await lastEventAt(analytics, tenant, now)
    return (await tenancy.extent(tenant)) ? Math.max(last ?? 0, await tenancy.knownUntil(tenant, now)) : (last ?? now)
  }

  async function result(tenant: TenantId, asked: AskedFunnel, now: number) {
    const made = await question(tenant, asked, now)
    if (!made.ok) return made
    const { by } = made.value.funnel
    const label = by === 'merchant' || by === 'product' ? await measures.labels(tenant, by) : undefined
    const { id, funnel, slice } = made.value
    const measured = await measureFunnel(analytics, { ...made.value, label })
    return ok({ id, funnel, period: { from: slice.from, to: slice.to }, ...measured })
  }

  async function dropOff(tenant: TenantId, asked: AskedFunnel & { step: number }, now: number) {
    const made = await question(tenant, asked, now)
    if (!made.ok) return made
    const { funnel, slice } = made.value
    if (asked.step >= funnel.steps.length - 1)
      return fail({ code: 'no_such_step', message: 'there is no step after this one', where: 'step' })
    const found = await measureDropOff(analytics, { ...made.value, step: asked.step })
    return ok({ period: { from: slice.from, to: slice.to }, step: asked.step, ...found })
  }

  /** Those who reached a step, one by one: as many as the result counts. */
  async function reached(tenant: TenantId, asked: AskedFunnel & ReachedPageOf, now: number) {
    const { step, side, cursor, limit, ...rest } = asked
    const made = await question(tenant, rest, now)
    if (!made.ok) return made
    const { funnel, slice } = made.value
    if (step >= funnel.steps.length) return noSuchStep
    return readReached(analytics, { walk: { slice, funnel }, step, side, cursor, limit })
  }

  async function keep(
    tenant: TenantId,
    { name, funnel, ...by }: { name: string; funnel: Funnel; actor: string; now: number },
  ): Promise<Result<KeptFunnel>> {
    const kept = await keepFunnel(db, tenant, { id: `f${randomBytes(5).toString('hex')}`, name, funnel, ...by })
    if (!kept)
      return fail({
        code: 'too_many_funnels',
        message: `${MOST_KEPT} funnels are kept already`,
        remedy: 'Remove one that nobody reads.',
      })
    core.changes.publish(tenant, ['funnels'])
    return ok(kept)
  }

  async function forget(tenant: TenantId, id: string): Promise<Result<{ id: string }>> {
    if (!(await forgetFunnel(db, tenant, id)))
      return fail({ code: 'not_found', message: `there is no funnel ${id} here` })
    core.changes.publish(tenant, ['funnels'])
    return ok({ id })
  }

  const live = createLive(core, chosen)
  const arrivals = createArrivals(core, chosen)
  const parts = (tenant: TenantId) => funnelParts(analytics, tenant)
  return {
    list,
    parts,
    result,
    dropOff,
    reached,
    keep,
    forget,
    live,
    arrivals,
    liveTicket: createLiveTicket(core, live),
  }
}
