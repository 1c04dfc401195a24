import { z } from 'zod'
import { stages } from '../../core/touchpoint.ts'
import { change, estimate } from './basics.ts'

export const indicatorSummary = z.object({
  id: z.string(),
  estimate,
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
      /** Against all other groups together, q adjusted over all of them; null with too few, and where groups overlap. */
      apart: change.extend({ q: z.number() }).nullable(),
    }),
  ),
})
export type IndicatorBreakdown = z.infer<typeof indicatorBreakdown>

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
export type TouchpointRow = z.infer<typeof touchpointRow>
