import { z } from 'zod'
import { ownDefinition, ownTables } from '../../app/indicators/shape.ts'
import { stages } from '../../core/touchpoint.ts'
import { change, estimate, intervalMethod, period, unit } from './basics.ts'

const promotionDay = z.object({ day: z.string(), id: z.string() })

export const indicatorSummary = z.object({
  id: z.string(),
  estimate,
  /** How the interval of the whole period was made. */
  interval: intervalMethod,
  previous: estimate,
  change: change.nullable(),
  series: z.array(z.object({ day: z.string(), estimate })),
  /** The steps of the period before, from its first day on. */
  previousSeries: z.array(z.object({ day: z.string(), estimate })),
})
export type IndicatorSummary = z.infer<typeof indicatorSummary>

/** GET /indicators/:id?by=DIMENSION */
export const indicatorBreakdown = z.object({
  id: z.string(),
  by: z.string(),
  groups: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      estimate,
    }),
  ),
})
export type IndicatorBreakdown = z.infer<typeof indicatorBreakdown>

/** A figure whose interval knows that several cases may be one customer's. */
export const byCustomer = z.object({
  customers: z.number(),
  repeated: z.number(),
  designEffect: z.number(),
  estimate,
  change: change.nullable(),
})
export type ByCustomer = z.infer<typeof byCustomer>

/** GET /indicators/{id}/by-customer: null where no customer has two cases, and where the cases are customers. */
export const indicatorByCustomer = z.object({ byCustomer: byCustomer.nullable() })
export type IndicatorByCustomer = z.infer<typeof indicatorByCustomer>

/** GET /indicators/by-customer: those of which it changes anything. */
export const indicatorsByCustomer = z.object({ indicators: z.array(z.object({ id: z.string(), byCustomer })) })
export type IndicatorsByCustomer = z.infer<typeof indicatorsByCustomer>

/** GET /touchpoints */
export const touchpointRow = z.object({
  id: z.string(),
  stage: z.enum(stages),
  /** Net sentiment of what is said about it, −1 to 1. */
  score: estimate,
  previousScore: estimate,
  change: change.nullable(),
  /** Events seen at it, and the distinct sessions or customers. */
  events: z.number(),
  visitors: z.number(),
  topAspects: z.array(z.object({ aspect: z.string(), negative: z.number(), total: z.number() })),
})

export { ownDefinition }
export type OwnDefinition = z.infer<typeof ownDefinition>

export const judgement = z.enum(['more_than_chance', 'within_chance', 'cannot_tell'])

/** Two figures beside each other, and whether they differ by more than chance. */
export const compared = z.object({
  key: z.string(),
  label: z.string(),
  one: estimate,
  other: estimate,
  change: change.nullable(),
  p: z.number().nullable(),
  q: z.number().nullable(),
  judgement,
  /** By how much the variance is larger than that of independent cases, since several may be one customer's; null where they are taken as independent. */
  designEffect: z.number().nullable(),
})

/** GET /indicators/{id}/compare: `one` less `other`, p, and q over everything compared in the answer. */
export const indicatorComparison = z.object({
  id: z.string(),
  against: z.enum(['previous', 'weekdays', 'year', 'period', 'rest']),
  by: z.string().nullable(),
  period,
  /** Null where each group is set against the rest. */
  other: period.nullable(),
  promotions: z.object({ period: z.array(promotionDay), other: z.array(promotionDay) }),
  /** The first day with data, where the other period begins before it: nothing is told of the difference then. */
  noDataBefore: z.string().nullable(),
  comparisons: z.array(compared),
})
export type IndicatorComparison = z.infer<typeof indicatorComparison>

/** GET /indicators/{id}/evidence: the cases behind a figure, newest first. */
export const indicatorEvidence = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      table: z.enum(['voices', 'mentions', 'orders', 'events']),
      id: z.string(),
      day: z.string(),
      at: z.number(),
      said: z.string(),
      orderId: z.string(),
      productId: z.string(),
      merchantId: z.string(),
      category: z.string(),
      city: z.string(),
      channel: z.string(),
      counts: z.enum(['up', 'down', 'neither']),
      value: z.number().nullable(),
    }),
  ),
  next: z.string().nullable(),
})
export type IndicatorEvidence = z.infer<typeof indicatorEvidence>

/** POST /indicators/preview */
export const indicatorPreview = z.object({
  period,
  estimate,
  previous: estimate,
  change: change.nullable(),
  series: z.array(z.object({ day: z.string(), estimate })),
  interval: intervalMethod,
  unit,
  formula: z.string(),
  formulaZh: z.string(),
  dimensions: z.array(z.string()),
})
export type IndicatorPreview = z.infer<typeof indicatorPreview>

export const ownIndicator = z.object({
  id: z.string(),
  definition: ownDefinition,
  changedBy: z.string(),
  changedAt: z.number(),
  /** Since when it is listed no more. */
  retiredAt: z.number().nullable(),
})
export type OwnIndicator = z.infer<typeof ownIndicator>

const words = z.object({ zh: z.string(), en: z.string() })

/** GET /indicators/parts */
export const ownParts = z.object({
  tables: z.array(
    words.extend({
      id: z.enum(ownTables),
      caseZh: z.string(),
      caseEn: z.string(),
      /** `closed`: there are no other values than these. */
      words: z.array(
        words.extend({ id: z.string(), values: z.array(words.extend({ value: z.string() })), closed: z.boolean() }),
      ),
      numbers: z.array(words.extend({ id: z.string(), unit })),
    }),
  ),
})
export type OwnParts = z.infer<typeof ownParts>
