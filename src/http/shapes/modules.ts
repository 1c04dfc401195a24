import { z } from 'zod'
import { targetVerdicts } from '../../app/modules/shape.ts'
import { period } from './basics.ts'
import { finding } from './findings.ts'
import { byCustomer, compared, indicatorEvidence, indicatorSummary, judgement } from './indicators.ts'
import { ticket } from './tickets.ts'

const said = z.object({ zh: z.string(), en: z.string() })
const targetVerdict = z.enum(targetVerdicts)
export type TargetVerdict = z.infer<typeof targetVerdict>

/** In the unit of the indicator: shares as 0–1. `by`: a local day, or null for at once. */
export const moduleTarget = z.object({
  value: z.number(),
  stretch: z.number().nullable().default(null),
  by: z.iso.date().nullable().default(null),
})
export type ModuleTarget = z.infer<typeof moduleTarget>

export const moduleOwner = z.object({ department: z.string().max(80), person: z.string().trim().max(80).default('') })
export type ModuleOwner = z.infer<typeof moduleOwner>

/** One of the tenant's own indicators, and whether the module shows it. */
export const moduleFigure = z.object({ indicator: z.string().max(40), shown: z.boolean() })
export type ModuleFigure = z.infer<typeof moduleFigure>

const changed = z.union([moduleTarget, moduleOwner, moduleFigure.pick({ shown: true })])

/** A figure of a module: what it is, how it moved, and whether its target is reached. */
const moduleKpi = indicatorSummary.extend({
  zh: z.string(),
  en: z.string(),
  unit: z.enum(['points', 'share', 'score', 'minutes', 'days', 'amount', 'count']),
  higherIsBetter: z.boolean(),
  formula: z.string(),
  formulaZh: z.string(),
  by: z.array(z.string()),
  /** Put together by the tenant. */
  own: z.boolean(),
  /** What to send where there is no figure. */
  send: said,
  knownAfterDays: z.number(),
  /** Earlier than the period asked for where it takes days until all is known. */
  period,
  previousPeriod: period,
  p: z.number().nullable(),
  /** Over all figures of the module. */
  q: z.number().nullable(),
  judgement,
  target: moduleTarget.nullable(),
  verdict: targetVerdict,
  stretched: z.boolean(),
  gap: z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() }).nullable(),
})
export type ModuleKpi = z.infer<typeof moduleKpi>

const counts = z.object({
  met: z.number(),
  missed: z.number(),
  not_yet: z.number(),
  cannot_tell: z.number(),
  no_target: z.number(),
  no_data: z.number(),
  better: z.number(),
  worse: z.number(),
})

const moduleHead = z.object({
  id: z.string(),
  zh: z.string(),
  en: z.string(),
  about: said,
  touchpoints: z.array(z.string()),
  owner: moduleOwner,
  kpis: z.array(moduleKpi),
  counts,
  /** The KPI to look at first; null where none misses its target or became worse. */
  worst: z.string().nullable(),
})

const asked = { period, previous: period, comparable: z.boolean() }

/** GET /modules */
const moduleCard = moduleHead.extend({
  openTickets: z.number(),
  findings: z.number(),
  /** First seen in the last seven days. */
  newFindings: z.number(),
})
export type ModuleCard = z.infer<typeof moduleCard>
export const moduleList = z.object({ ...asked, modules: z.array(moduleCard) })
export type ModuleList = z.infer<typeof moduleList>

/** GET /modules/by-customer: figures that it changes; `verdict` is what their target comes to then. */
const kpiByCustomer = z.object({ id: z.string(), byCustomer, verdict: targetVerdict })
export type KpiByCustomer = z.infer<typeof kpiByCustomer>
export const modulesByCustomer = z.object({
  modules: z.array(z.object({ id: z.string(), kpis: z.array(kpiByCustomer) })),
})
export type ModulesByCustomer = z.infer<typeof modulesByCustomer>

export const moduleNote = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  text: z.string(),
  decisions: z.array(z.string()),
  ticketIds: z.array(z.string()),
  author: z.string(),
  at: z.number(),
})
export type ModuleNote = z.infer<typeof moduleNote>

/** GET /modules/{id} */
export const moduleReview = moduleHead.extend({
  ...asked,
  said: z.object({
    aspects: z.array(z.object({ aspect: z.string(), negative: z.number(), total: z.number() })),
    quotes: z.array(
      z.object({ voiceId: z.string(), aspect: z.string(), text: z.string(), start: z.number(), end: z.number() }),
    ),
  }),
  findings: z.array(finding),
  findingsReady: z.boolean(),
  tickets: z.array(ticket),
  notes: z.array(moduleNote),
  /** Of targets, and of the owner (`kpi` is empty). */
  changes: z.array(
    z.object({
      at: z.number(),
      actor: z.string(),
      kpi: z.string(),
      before: changed.nullable(),
      after: changed.nullable(),
    }),
  ),
})
export type ModuleReview = z.infer<typeof moduleReview>

/** GET /modules/{id}/where: each group against all the others together. */
export const moduleGroups = z.object({
  kpi: z.string(),
  by: z.string(),
  target: moduleTarget.nullable(),
  period,
  /** How many groups have enough cases to be compared, and how many there are. */
  tried: z.number(),
  of: z.number(),
  groups: z.array(compared.extend({ worse: z.boolean(), verdict: targetVerdict })),
})
export type ModuleGroups = z.infer<typeof moduleGroups>

/** GET /modules/{id}/evidence */
export const moduleEvidence = indicatorEvidence
