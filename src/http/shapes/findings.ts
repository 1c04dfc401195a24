import { z } from 'zod'
import { estimate, period, polarity } from './basics.ts'

/** A customer's words with the span that carries the evidence (UTF-16 offsets into `text`). */
const quote = z.object({
  voiceId: z.string(),
  text: z.string(),
  start: z.number(),
  end: z.number(),
  polarity,
  aspect: z.string(),
  kind: z.string(),
  at: z.number(),
  productId: z.string(),
  /** True where the order behind the voice had the outcome (was returned, rated low…), null where unknown. */
  outcome: z.boolean().nullable(),
})
export type Quote = z.infer<typeof quote>

/** Comparing that failed since what is listed was found: how often in a row, since when, when it is tried again. */
export const comparingTrouble = z.object({
  failures: z.number(),
  since: z.number(),
  again: z.number(),
  /** It took longer than a question may; the next one is about fewer days. */
  tooLong: z.boolean(),
})
export type ComparingTrouble = z.infer<typeof comparingTrouble>

const driver = z.object({
  id: z.string(),
  outcome: z.string(),
  /** Empty for all categories together. */
  category: z.string(),
  /** `aspect` for what customers said, else an operation fact such as `late_delivery`. */
  factor: z.string(),
  aspect: z.string(),
  /** Empty where the scene is not part of it. */
  scene: z.string(),
  /** Which one, of a factor that has several: a city, a merchant, an end of a number, a touchpoint; of an aspect, `new` customers alone. */
  value: z.string().optional(),
  /** Difference of the outcome between cases with the factor and comparable cases without it; share, or points of the rating's scale. */
  effect: z.object({ value: z.number(), low: z.number(), high: z.number() }),
  unit: z.enum(['share', 'points', 'score']),
  /** The outcome's level with and without the factor, unadjusted. */
  exposed: estimate,
  control: estimate,
  /** Voices (or orders, for operation facts) that carry the factor in this period and in the one before. */
  volume: z.number(),
  previousVolume: z.number(),
  previousEffect: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** False-discovery adjusted p over all candidates tried. */
  q: z.number(),
  /** Money of refunds that goes with it, a month, in minor units; null where the outcome has no money. */
  money: z.object({ value: z.number(), low: z.number(), high: z.number(), currency: z.string() }).nullable(),
  /** Points of the NPS of all answers that go with it; null where fewer than 30 answers have it, absent where it was compared before this was asked. */
  nps: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullish(),
  /** Plain sentences, words of association. */
  sentence: z.object({ zh: z.string(), en: z.string() }),
  quotes: z.array(quote),
  counterQuotes: z.array(quote),
})
export type Driver = z.infer<typeof driver>

export const finding = driver.extend({
  owner: z.string(),
  advice: z.object({ zh: z.string(), en: z.string() }).nullable(),
  rank: z.number(),
  current: z.boolean(),
  firstSeenAt: z.number(),
  checkedAt: z.number(),
  /** The period and how many candidates were compared. */
  period,
  candidates: z.number(),
  ticketId: z.string().nullable(),
  ticketState: z.string().nullable(),
  interventionIds: z.array(z.string()),
})
export type Finding = z.infer<typeof finding>

/** GET /findings/:id: the finding with what a person needs to believe it. */
export const findingDetail = finding.extend({
  /** The same comparison by other ways: whole category, by rating, placebo (same aspect outside the scene)… */
  checks: z.array(
    z.object({
      id: z.string(),
      zh: z.string(),
      en: z.string(),
      effect: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
      exposed: z.number(),
      control: z.number(),
      /** True for the one that should lie near zero. */
      placebo: z.boolean(),
    }),
  ),
  /** Outcome level by scene × aspect for the products most hit. */
  heat: z.object({
    aspects: z.array(z.string()),
    scenes: z.array(z.string()),
    products: z.array(
      z.object({
        productId: z.string(),
        title: z.string(),
        n: z.number(),
        cells: z.array(z.object({ aspect: z.string(), scene: z.string(), estimate })),
      }),
    ),
  }),
  /** In which cities it is found: how many of a city's cases carry it, the surest excess first. */
  places: z.array(z.object({ city: z.string(), exposed: z.number(), n: z.number(), share: estimate })),
  merchants: z.array(z.object({ merchant: z.string(), exposed: z.number(), n: z.number(), share: estimate })),
  /** Words of customers who had the outcome without it. */
  withoutQuotes: z.array(quote),
  weekly: z.array(z.object({ day: z.string(), volume: z.number(), exposed: estimate, control: estimate })),
})
export type FindingDetail = z.infer<typeof findingDetail>
