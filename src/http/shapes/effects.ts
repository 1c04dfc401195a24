import { z } from 'zod'
import { verdicts } from '../../core/estimate.ts'
import { estimate, words } from './basics.ts'

export const intervention = z.object({
  id: z.string(),
  findingId: z.string().nullable(),
  what: words,
  outcome: z.string(),
  category: z.string(),
  at: z.number(),
  productIds: z.array(z.string()),
  /** Share; effects inside ± this are not worth having. */
  margin: z.number(),
  simulated: z.boolean(),
  createdAt: z.number(),
})
const armFigures = z.object({
  products: z.number(),
  before: estimate,
  after: estimate,
  change: z.number().nullable(),
})
const proof = z.object({
  verdict: z.enum(verdicts),
  /** One plain sentence each. */
  sentence: z.object({ zh: z.string(), en: z.string() }),
  /** Difference in differences (share; negative = fewer returns) with its 95 % interval; null where it cannot be computed. */
  effect: z.object({ value: z.number(), low: z.number(), high: z.number(), p: z.number() }).nullable(),
  /** The same as a share of what the treated would have had. */
  relative: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  treated: armFigures,
  control: armFigures,
  /** By week of order, `week` counted from the change (negative = before). */
  weeks: z.array(
    z.object({
      week: z.number(),
      day: z.string(),
      treated: estimate,
      control: estimate,
      /** What the treated would have had, had they moved like the untouched. */
      counterfactual: z.number().nullable(),
      /** Treated minus control, minus its mean before the change. */
      gap: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
    }),
  ),
  checks: z.array(z.object({ id: z.string(), ok: z.boolean().nullable(), zh: z.string(), en: z.string() })),
  /** Orders left out because their return window is still open. */
  censored: z.number(),
  method: z.object({ zh: z.string(), en: z.string() }),
})
export const effect = intervention.extend({ proof })
export type Effect = z.infer<typeof effect>
