import { z } from 'zod'
import { estimate, period } from './basics.ts'

const interval = z.object({ value: z.number(), low: z.number(), high: z.number() })
const sentence = z.object({ zh: z.string(), en: z.string() })

const candidate = z.object({
  id: z.string(),
  /** Empty for all categories together. */
  category: z.string(),
  factor: z.string(),
  aspect: z.string(),
  scene: z.string(),
  /** Which one, of a factor that has several: a city, a merchant, an end of a number, a touchpoint; of an aspect, `new` customers alone. */
  value: z.string().optional(),
  /** Parts that stand in rows of their own and are not in this one: scenes of an aspect, `new` customers, aspects of a touchpoint. */
  without: z.array(z.string()),
  /** Whether it is a finding with a page of its own. */
  page: z.boolean(),
  sentence,
  /** Points of the NPS of all answers that go with it; null where fewer than 30 answers have it. */
  nps: interval.nullable(),
})

const weighedFactor = candidate.extend({
  /** More than chance and for the worse, over all candidates tried. */
  certain: z.boolean(),
  q: z.number(),
  exposed: estimate,
  control: estimate,
  /** Difference among comparable cases: the same product in the same half of the period. */
  stratified: interval.nullable(),
  /** Difference in one model with all other factors and confounders, averaged over the cases that have it. */
  adjusted: interval.nullable(),
  /** Share of the outcome's variance (LMG), 0–1, and Johnson's relative weight. */
  importance: interval.nullable(),
  johnson: z.number().nullable(),
  /** Variance inflation beside all other factors and confounders; above 5 it can hardly be told from them. */
  inflation: z.number().nullable(),
  /** Refunds a month in minor units that go with it, from the ledger. */
  refund: interval.nullable(),
})
export type WeighedFactor = z.infer<typeof weighedFactor>

export const driverTable = z.object({
  outcome: z.string(),
  unit: z.enum(['share', 'points', 'score']),
  period,
  currency: z.string().nullable(),
  /** Cases in the model, of how many. */
  n: z.number(),
  population: z.number(),
  level: estimate,
  /** What else is held constant: product, category, merchant, week, price, tier … */
  confounders: z.array(z.string()),
  r2: interval.nullable(),
  /** R² less what as many predictors of nothing would tell of as many cases (Ezekiel 1930). */
  r2Adjusted: z.number().nullable(),
  r2Confounders: z.number().nullable(),
  /** The most important first. */
  factors: z.array(weighedFactor),
})
export type DriverTable = z.infer<typeof driverTable>

const part = z.object({
  /** Returned order lines, in fractions. */
  returns: interval,
  /** Refunds a month, in minor units. */
  refund: interval,
  /** Of all refunds. */
  share: interval,
})

const ledgerRow = candidate.extend({
  ...part.shape,
  /** Order lines that have it, and the share that came back. */
  rate: estimate,
  owner: z.string(),
  advice: sentence.nullable(),
})
export type LedgerRow = z.infer<typeof ledgerRow>

const returnLedger = z.object({
  currency: z.string(),
  /** Days whose orders are counted. */
  days: z.number(),
  n: z.number(),
  population: z.number(),
  /** Order lines in other currencies, which are left out. */
  otherCurrencies: z.number(),
  total: z.object({ returns: z.number(), refund: z.number(), rate: estimate }),
  rows: z.array(ledgerRow),
  /** What the rows add up to, and what is left of the total. */
  explained: part,
  unexplained: part,
})
export type ReturnLedger = z.infer<typeof returnLedger>

/** GET /drivers/ledger: null where no refund is known. */
export const ledgerAnswer = z.object({ period, ledger: returnLedger.nullable() })
export type LedgerAnswer = z.infer<typeof ledgerAnswer>
