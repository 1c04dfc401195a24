import { addDays, localDay } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { ByCustomer } from '../../measure/indicators/by-customer.ts'
import { moduleByCustomer } from '../../measure/modules/by-customer.ts'
import type { Kpi, Module } from '../../measure/modules/define.ts'
import { ownersOf, targetsOf } from '../../measure/modules/keep.ts'
import { findKpi } from '../../measure/modules/list.ts'
import { indicatorOf, knownSlice, measureModule } from '../../measure/modules/measure.ts'
import { moduleOf, modulesOf } from '../../measure/modules/own.ts'
import { judgeTarget, type TargetVerdict } from '../../measure/modules/target.ts'
import type { Changed } from '../changes.ts'
import type { Core } from '../core.ts'
import type { AskedSlice, Measures } from '../measures.ts'
import { rememberFor } from '../remember.ts'
import { type KpiView, viewOf } from './view.ts'

const MINUTE_MS = 60_000
/** What can change without a figure changing. */
const asideFromFigures: ReadonlySet<Changed> = new Set([
  'tickets',
  'modules',
  'findings',
  'effects',
  'alerts',
  'channels',
  'funnels',
])

interface FiguresAsked {
  tenant: TenantId
  id: string
  kpis: string[]
  asked: AskedSlice
  minute: number
}

/** What a module's figures come to, against their targets and by customers. */
export function createModuleFigures(core: Core, measures: Pick<Measures, 'sliceOf' | 'askingOf'>) {
  const { stores, tenancy, names, changes } = core
  const { analytics, db } = stores

  const aspectsOf = ({ touchpoints }: Module): string[] =>
    names.aspects.filter(({ touchpoint }) => touchpoints.includes(touchpoint)).map(({ id }) => id)

  /** What is asked of every module, made once. */
  async function circumstances(tenant: TenantId, asked: AskedSlice, now: number) {
    const [slice, asking, extent, targets, owners] = await Promise.all([
      measures.sliceOf(tenant, asked, now),
      measures.askingOf(tenant, now),
      tenancy.extent(tenant),
      targetsOf(db, tenant),
      ownersOf(db, tenant),
    ])
    // What is known ends at this moment's last day: the day before, where it is that day's end.
    const lastDay = localDay(asking.asOf - 1, asking.zone ?? 'Asia/Shanghai')
    return {
      tenant,
      asked,
      now,
      slice,
      asking,
      lastDay,
      firstDay: extent?.from ?? addDays(lastDay, 1),
      targets,
      owners,
    }
  }
  type Given = Awaited<ReturnType<typeof circumstances>>

  /** What is measured of a module as of a minute, kept while no record changes: the list, the review and its sheets ask for the same. */
  function remembered<T>(measure: (...asked: Parameters<typeof measureModule>) => Promise<T>) {
    const memory = rememberFor(MINUTE_MS, async (key) => {
      const { tenant, id, kpis, asked, minute } = JSON.parse(key) as FiguresAsked
      const found = (await moduleOf(db, tenant, id))!
      const module = { ...found, kpis: kpis.flatMap((kpi) => findKpi(found, kpi) ?? []) }
      const given = await circumstances(tenant, asked, minute * MINUTE_MS)
      return measure(analytics, module, { ...given, aspects: aspectsOf(module) })
    })
    changes.subscribe(null, (what) => {
      if (!what.every((one) => asideFromFigures.has(one))) memory.forget()
    })
    return async ({ id, kpis }: Module, { tenant, asked, now }: Given): Promise<T> => {
      const ids = kpis.map((kpi) => kpi.id)
      const key: FiguresAsked = { tenant, id, kpis: ids, asked, minute: Math.floor(now / MINUTE_MS) }
      return (await memory.find(JSON.stringify(key)))!
    }
  }
  const figuresOf = remembered(measureModule)
  const customersOf = remembered(moduleByCustomer)

  async function viewsOf(module: Module, given: Given): Promise<KpiView[]> {
    const found = await figuresOf(module, given)
    return module.kpis.map((kpi, place) =>
      viewOf(kpi, found[place]!, given.targets.get(module.id)?.get(kpi.id) ?? null),
    )
  }

  /** Figures with an interval that knows that several cases may be one customer's, and what it says of their targets. */
  async function byCustomer(tenant: TenantId, asked: AskedSlice, now: number) {
    const [given, modules] = await Promise.all([circumstances(tenant, asked, now), modulesOf(db, tenant)])
    const found: { id: string; kpis: KpiByCustomer[] }[] = []
    for (const module of modules) {
      const customers = await customersOf(module, given)
      const kpis = module.kpis.flatMap((kpi, place) => {
        const one = customers[place]
        return one ? [{ id: kpi.id, byCustomer: one, verdict: verdictOn(module, kpi, one, given) }] : []
      })
      found.push({ id: module.id, kpis })
    }
    return found
  }

  return { aspectsOf, circumstances, viewsOf, byCustomer }
}

/** What a KPI's target comes to by the interval that knows the customers. */
function verdictOn({ id }: Module, kpi: Kpi, { estimate }: ByCustomer, { slice, lastDay, targets }: Circumstances) {
  const { higherIsBetter } = indicatorOf(kpi, [])
  const judged = { higherIsBetter, lastDay: knownSlice(kpi, slice, lastDay).to }
  return judgeTarget(estimate, targets.get(id)?.get(kpi.id) ?? null, judged).verdict
}

interface KpiByCustomer {
  id: string
  byCustomer: ByCustomer
  verdict: TargetVerdict
}

type Figures = ReturnType<typeof createModuleFigures>
export type Circumstances = Awaited<ReturnType<Figures['circumstances']>>
