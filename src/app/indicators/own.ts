import { randomBytes } from 'node:crypto'
import { listKeptRules } from '../../act/alerts/rules.ts'
import type { RuleDraft } from '../../core/alert-rule.ts'
import { addDays } from '../../core/clock.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { TenantId } from '../../core/tenant.ts'
import { watchIdOf } from '../../measure/alerts/own-watch.ts'
import { dimensionsOf } from '../../measure/indicators/cases.ts'
import { dimensions } from '../../measure/indicators/define.ts'
import { measureIndicator } from '../../measure/indicators/measure.ts'
import { compileOwn } from '../../measure/indicators/own/compile.ts'
import type { OwnDefinition } from '../../measure/indicators/own/definition.ts'
import {
  forgetIndicator,
  type KeptIndicator,
  keepIndicator,
  keptIndicators,
  MOST_OWN,
  retireIndicator,
} from '../../measure/indicators/own/keep.ts'
import { ownParts } from '../../measure/indicators/own/parts.ts'
import type { NameOf } from '../../measure/indicators/own/words.ts'
import { previousSlice } from '../../measure/slice.ts'
import type { Core } from '../core.ts'
import type { AskedSlice, Measures } from '../measures.ts'
import { valueNames } from './names.ts'

const everything: AskedSlice = { category: [], merchant: [], product: [], city: [] }

/** Values are offered from so many days, so that last season's reasons and cities are among them. */
const OFFERED_DAYS = 180

/** The indicators that a tenant puts together: from which parts, what they come to, and what is kept of them. */
export function createOwnIndicators(
  core: Core,
  measures: Pick<Measures, 'sliceOf' | 'askingOf' | 'labels' | 'isCovered'>,
) {
  const { analytics, db } = core.stores

  /** What the values of a tenant's conditions are called. */
  async function namesOf(tenant: TenantId): Promise<NameOf> {
    const [product, merchant] = await Promise.all([
      measures.labels(tenant, 'product'),
      measures.labels(tenant, 'merchant'),
    ])
    return valueNames(core.names, { product, merchant })
  }

  async function parts(tenant: TenantId, now: number) {
    const usual = await measures.sliceOf(tenant, everything, now)
    const slice = { ...usual, from: addDays(usual.to, 1 - OFFERED_DAYS) }
    return ownParts(analytics, slice, await namesOf(tenant))
  }

  /** What a definition comes to in the tenant's usual period and day by day, before it is kept. */
  async function preview(tenant: TenantId, definition: OwnDefinition, now: number) {
    const indicator = compileOwn('preview', definition, await namesOf(tenant))
    const [slice, asking] = await Promise.all([
      measures.sliceOf(tenant, everything, now),
      measures.askingOf(tenant, now),
    ])
    const { estimate, previous, change, series, interval } = await measureIndicator(analytics, indicator, slice, asking)
    const { unit, formula, formulaZh } = indicator
    return {
      period: { from: slice.from, to: slice.to },
      estimate,
      previous,
      change: (await measures.isCovered(tenant, previousSlice(slice))) ? change : null,
      series,
      interval,
      unit,
      formula,
      formulaZh,
      dimensions: dimensionsOf(indicator, dimensions),
    }
  }

  async function keep(
    tenant: TenantId,
    { id = `own_${randomBytes(5).toString('hex')}`, definition, actor, now }: Keeping,
  ): Promise<Result<KeptIndicator>> {
    const replaces = (await keptIndicators(db, tenant)).some((one) => one.id === id)
    if (!replaces && !id.startsWith('own_')) return missing(id)
    if (!(await keepIndicator(db, tenant, { id, definition, actor, now })))
      return fail({
        code: 'too_many_indicators',
        message: `${MOST_OWN} indicators are kept already`,
        remedy: 'Remove one that nobody reads.',
      })
    return changed(tenant, id)
  }

  /** A retired indicator is listed no more, and still opens where somebody kept its address. */
  async function retire(
    tenant: TenantId,
    id: string,
    { retired, actor, now }: { retired: boolean; actor: string; now: number },
  ): Promise<Result<KeptIndicator>> {
    const found = await retireIndicator(db, tenant, { id, retiredAt: retired ? now : null, actor, now })
    return found ? changed(tenant, id) : missing(id)
  }

  async function forget(tenant: TenantId, id: string): Promise<Result<{ id: string }>> {
    const watching = (await listKeptRules<RuleDraft>(db, tenant)).filter(
      ({ body, gone }) => !gone && body.watch === watchIdOf(id),
    )
    if (watching.length > 0)
      return fail({
        code: 'indicator_watched',
        message: `${watching.length === 1 ? 'an alert rule watches' : `${watching.length} alert rules watch`} this indicator`,
        remedy: 'Delete the rules first, or leave it retired: a retired indicator is not watched.',
      })
    if (!(await forgetIndicator(db, tenant, id))) return missing(id)
    core.changes.publish(tenant, ['indicators'])
    return ok({ id })
  }

  async function changed(tenant: TenantId, id: string): Promise<Result<KeptIndicator>> {
    core.changes.publish(tenant, ['indicators'])
    const kept = (await keptIndicators(db, tenant)).find((one) => one.id === id)
    return kept ? ok(kept) : missing(id)
  }

  return { parts, preview, keep, retire, forget, own: (tenant: TenantId) => keptIndicators(db, tenant) }
}

interface Keeping {
  id?: string
  definition: OwnDefinition
  actor: string
  now: number
}

export const missing = (id: string): Result<never> =>
  fail({ code: 'not_found', message: `there is no indicator ${id} here` })
