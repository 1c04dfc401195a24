import { listTickets, type Ticket } from '../act/tickets.ts'
import { localDay } from '../core/clock.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { compareGroups } from '../measure/indicators/compare.ts'
import { type Dimension, dimensions } from '../measure/indicators/define.ts'
import { type EvidenceQuestion, readEvidence } from '../measure/indicators/evidence.ts'
import type { Kpi, Module } from '../measure/modules/define.ts'
import { changesOf, type Owner } from '../measure/modules/keep.ts'
import { findKpi } from '../measure/modules/list.ts'
import { indicatorOf, knownSlice } from '../measure/modules/measure.ts'
import { notesOf } from '../measure/modules/notes.ts'
import { moduleOf, modulesOf } from '../measure/modules/own.ts'
import { judgeTarget, type Target } from '../measure/modules/target.ts'
import { previousSlice, type Slice } from '../measure/slice.ts'
import { scoreTouchpoints } from '../measure/touchpoints.ts'
import type { Core } from './core.ts'
import type { Finding, Findings } from './findings.ts'
import { markOf } from './journey.ts'
import type { AskedSlice, Measures } from './measures.ts'
import { type Circumstances, createModuleFigures } from './modules/figures.ts'
import { countOf, wordsOf, worstOf } from './modules/view.ts'
import { createModuleWork } from './modules/work.ts'
import { quotesOf } from './quotes.ts'

/** A finding is new for so many days. */
const NEW_DAYS = 7
const SHOWN_ASPECTS = 8
const SHOWN_GROUPS = 24
const SHOWN_NOTES = 50
const SHOWN_CHANGES = 50

export interface AskedGroups extends AskedSlice {
  kpi: string
  by?: string
}

export interface AskedCases extends AskedGroups, Pick<EvidenceQuestion, 'side' | 'cursor' | 'limit'> {
  key?: string
}

/** The modules of the experience: their figures against their targets, what belongs to each, and the work of its reviews. */
export function createModules(
  core: Core,
  findings: Findings,
  measures: Pick<Measures, 'sliceOf' | 'askingOf' | 'labels'>,
) {
  const { stores, names } = core
  const { analytics, db } = stores
  const work = createModuleWork(core)
  const { aspectsOf, byCustomer, circumstances, viewsOf } = createModuleFigures(core, measures)

  const ownerOf = (module: Module, { owners }: Pick<Circumstances, 'owners'>): Owner =>
    owners.get(module.id) ?? { department: module.department, person: '' }

  const concerns =
    (module: Module, { category }: Slice) =>
    (finding: Finding) =>
      module.touchpoints.includes(names.touchpoint(finding) ?? '') &&
      (category.length === 0 || finding.category === '' || category.includes(finding.category))

  /** Tickets of a module: of its findings, its touchpoints, its figures and its reviews. */
  function ticketsOf(module: Module, tickets: readonly Ticket[], found: readonly Finding[]): Ticket[] {
    const marks = new Set([...found.map(({ id }) => id), ...module.touchpoints.map(markOf)])
    return tickets.filter(({ findingId }) => findingId && (marks.has(findingId) || work.isOwn(module, findingId)))
  }

  async function list(tenant: TenantId, asked: AskedSlice, now: number) {
    const [given, modules] = await Promise.all([circumstances(tenant, asked, now), modulesOf(db, tenant)])
    const [views, found, tickets] = await Promise.all([
      Promise.all(modules.map((module) => viewsOf(module, given))),
      findings.list(tenant),
      listTickets(db, tenant),
    ])
    const since = now - NEW_DAYS * 86_400_000
    return {
      ...periodsOf(given),
      modules: modules.map((module, place) => {
        const here = found.findings.filter(concerns(module, given.slice))
        return {
          ...wordsOf(module),
          owner: ownerOf(module, given),
          kpis: views[place]!,
          counts: countOf(views[place]!),
          worst: worstOf(views[place]!),
          openTickets: ticketsOf(module, tickets, here).filter(({ state }) => state !== 'closed').length,
          findings: here.length,
          newFindings: here.filter(({ firstSeenAt }) => firstSeenAt >= since).length,
        }
      }),
    }
  }

  async function review(tenant: TenantId, id: string, asked: AskedSlice, now: number) {
    const module = await moduleOf(db, tenant, id)
    if (!module) return missing(id)
    const given = await circumstances(tenant, asked, now)
    const [kpis, said, found, tickets, notes, changes] = await Promise.all([
      viewsOf(module, given),
      saidOf(module, given.slice),
      findings.list(tenant),
      listTickets(db, tenant),
      notesOf(db, tenant, id, SHOWN_NOTES),
      changesOf(db, tenant, id, SHOWN_CHANGES),
    ])
    const here = found.findings.filter(concerns(module, given.slice))
    return ok({
      ...periodsOf(given),
      ...wordsOf(module),
      owner: ownerOf(module, given),
      kpis,
      counts: countOf(kpis),
      worst: worstOf(kpis),
      said,
      findings: here,
      findingsReady: found.ready,
      tickets: ticketsOf(module, tickets, here).filter((one) => isOfPeriod(one, given)),
      notes,
      changes,
    })
  }

  /** What customers complain of most, and how. */
  async function saidOf(module: Module, slice: Slice) {
    const aspectOf = new Map(names.aspects.map((aspect) => [aspect.id, aspect]))
    const rows = await scoreTouchpoints(analytics, slice, (id) => aspectOf.get(id)?.touchpoint)
    const aspects = rows
      .filter(({ id }) => module.touchpoints.includes(id))
      .flatMap(({ topAspects }) => topAspects)
      .filter(({ negative }) => negative > 0)
      .sort((one, other) => other.negative - one.negative)
      .slice(0, SHOWN_ASPECTS)
    const quotes = await quotesOf(
      analytics,
      slice,
      aspects.map(({ aspect }) => aspect),
    )
    return { aspects, quotes }
  }

  async function question(tenant: TenantId, id: string, asked: AskedGroups, now: number) {
    const module = await moduleOf(db, tenant, id)
    const kpi = module && findKpi(module, asked.kpi)
    if (!module || !kpi) return missing(module ? `${id} · ${asked.kpi}` : id)
    const given = await circumstances(tenant, asked, now)
    return ok({
      kpi,
      given,
      indicator: indicatorOf(kpi, aspectsOf(module)),
      slice: knownSlice(kpi, given.slice, given.lastDay),
    })
  }

  /** Where a figure is worse than elsewhere: each group against all the others together, the surest and worst first. */
  async function where(tenant: TenantId, id: string, asked: AskedGroups, now: number) {
    const made = await question(tenant, id, asked, now)
    if (!made.ok) return made
    const { kpi, indicator, slice, given } = made.value
    const by = dimensionOf(kpi, asked.by)
    if (!by) return noDimension(kpi, asked.by)
    const label = await measures.labels(tenant, by)
    const compared = await compareGroups(analytics, indicator, by, slice, { ...given.asking, label })
    if (!compared.ok) return compared
    const target: Target | null = given.targets.get(id)?.get(kpi.id) ?? null
    const { higherIsBetter } = indicator
    const groups = compared.value.map((group) => ({
      ...group,
      worse: group.judgement === 'more_than_chance' && group.change!.value < 0 === higherIsBetter,
      verdict: judgeTarget(group.one, target, { higherIsBetter, lastDay: slice.to }).verdict,
    }))
    groups.sort((one, other) => Number(other.worse) - Number(one.worse) || (one.q ?? 1) - (other.q ?? 1))
    return ok({
      ...{ kpi: kpi.id, by, target, period: { from: slice.from, to: slice.to } },
      tried: groups.filter(({ q }) => q !== null).length,
      of: groups.length,
      groups: groups.slice(0, SHOWN_GROUPS),
    })
  }

  /** The cases behind a figure. */
  async function evidence(tenant: TenantId, id: string, asked: AskedCases, now: number) {
    const made = await question(tenant, id, asked, now)
    if (!made.ok) return made
    const { kpi, indicator, slice, given } = made.value
    const by = asked.by === undefined ? undefined : dimensionOf(kpi, asked.by)
    if (by === null) return noDimension(kpi, asked.by)
    const { side, cursor, limit, key = '' } = asked
    return readEvidence(analytics, indicator, {
      ...given.asking,
      ...{ slice, side, cursor, limit },
      group: by && { by, key },
    })
  }

  return { list, review, byCustomer, where, evidence, ...work.doors }
}

const periodsOf = ({ slice, firstDay }: { slice: Slice; firstDay: string }) => {
  const before = previousSlice(slice)
  return {
    period: { from: slice.from, to: slice.to },
    previous: { from: before.from, to: before.to },
    comparable: firstDay <= before.from,
  }
}

/** What is open, and what was opened or closed in the period. */
function isOfPeriod(
  { state, createdAt, closedAt }: Ticket,
  { slice, asking }: { slice: Slice; asking: { zone?: string } },
): boolean {
  const within = (at: number | null) => {
    const day = at === null ? '' : localDay(at, asking.zone ?? 'Asia/Shanghai')
    return day >= slice.from && day <= slice.to
  }
  return state !== 'closed' || within(createdAt) || within(closedAt)
}

/** The KPI's first dimension where none is asked for; null for one that is not among its own. */
function dimensionOf({ by }: Kpi, asked: string | undefined): Dimension | null {
  const wanted = asked ?? by[0]
  return dimensions.find((one) => one === wanted && by.includes(one)) ?? null
}

const missing = (id: string): Result<never> => fail({ code: 'not_found', message: `there is no module ${id} here` })

const noDimension = ({ id, by }: Kpi, asked: string | undefined): Result<never> =>
  fail({
    code: 'no-such-dimension',
    message: `${id} is not divided by ${asked} here`,
    remedy: `Give by, one of: ${by.join(', ')}.`,
    where: 'by',
  })
