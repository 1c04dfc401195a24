import { z } from 'zod'
import { dimensions } from '../../app/indicators/shape.ts'
import { stages } from '../../core/touchpoint.ts'
import { intervalMethod, named, period, unit } from './basics.ts'

export const session = z.object({
  /** Null while nobody is signed in; the demo can then be explored on loopback, read only. */
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  /** True until the owner account exists. Create it by POST /api/v1/owner {name, email, password}. */
  needsOwner: z.boolean(),
  tenants: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** In English; the same name where it has the one. */
      nameEn: z.string(),
      zone: z.string(),
      simulated: z.boolean(),
      canWrite: z.boolean(),
      /** Where the tenant has data: first and last local day of voices and orders. Null when it has none. */
      extent: period.nullable(),
    }),
  ),
  version: z.string(),
})
export type Session = z.infer<typeof session>

/** What an indicator is: its words, how it is counted and by what it can be divided. */
export const indicatorWords = named.extend({
  /** The table whose rows it counts. */
  table: z.enum(['voices', 'mentions', 'orders', 'events']),
  /** Put together by the tenant itself. */
  own: z.boolean(),
  /** Of the tenant's own: listed no more. */
  retired: z.boolean(),
  group: z.enum(['experience', 'service', 'order', 'behaviour', 'own']),
  unit,
  interval: intervalMethod,
  /** Of a median or another percentile: which. */
  percent: z.number().nullable(),
  /** The indicator that is shown beside it. */
  beside: z.string().nullable(),
  higherIsBetter: z.boolean(),
  /** What becomes of a case is known so many days after it; 0: at once. */
  knownAfterDays: z.number(),
  /** What to send where there is no figure. */
  send: z.object({ zh: z.string(), en: z.string() }),
  formula: z.string(),
  formulaZh: z.string(),
  dimensions: z.array(z.enum(dimensions)),
})
export type IndicatorWords = z.infer<typeof indicatorWords>

/** GET /catalogue: names for ids, as the packs and the tenant's own products give them. */
export const catalogue = z.object({
  categories: z.array(named),
  merchants: z.array(z.object({ id: z.string(), name: z.string() })),
  products: z.array(z.object({ id: z.string(), title: z.string(), category: z.string(), merchantId: z.string() })),
  cities: z.array(named),
  aspects: z.array(named.extend({ owner: z.string(), touchpoint: z.string() })),
  scenes: z.array(named),
  departments: z.array(named),
  outcomes: z.array(named),
  factors: z.array(named),
  touchpoints: z.array(named.extend({ stage: z.enum(stages) })),
  promotions: z.array(named),
  /** What values of a voice are called; English ones as they stand within a sentence. */
  values: z.object({
    kind: z.array(named),
    polarity: z.array(named),
    emotion: z.array(named),
    urgency: z.array(named),
    speaker: z.array(named),
  }),
  indicators: z.array(indicatorWords),
})
export type Catalogue = z.infer<typeof catalogue>
