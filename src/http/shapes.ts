import { z } from 'zod'
import { verdicts } from '../core/estimate.ts'
import { emotions, polarities } from '../core/reading.ts'
import { stages } from '../core/touchpoint.ts'

/**
 * What the API answers. These schemas make the OpenAPI document and the console's types; the console imports nothing else of src/.
 * Shares are 0–1, NPS is −100 to 100, moments are epoch milliseconds, days `YYYY-MM-DD`, money is in minor units with its currency.
 */

const named = z.object({ id: z.string(), zh: z.string(), en: z.string() })
export type Named = z.infer<typeof named>

export const estimate = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.number(),
})
export const change = z.object({ value: z.number(), low: z.number(), high: z.number(), moreThanChance: z.boolean() })
export const polarity = z.enum(polarities)
export const emotion = z.enum(emotions)
export type Estimate = z.infer<typeof estimate>
export type Change = z.infer<typeof change>

export const problem = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    remedy: z.string().optional(),
    where: z.string().optional(),
  }),
})
export type ProblemAnswer = z.infer<typeof problem>

/** A period of local days, both ends included. */
export const period = z.object({ from: z.string(), to: z.string() })

// ── Session ────────────────────────────────────────────────────────────────────────────────────────────────────────────────
export const session = z.object({
  /** Null while nobody is signed in; the demo can then be explored on loopback, read only. */
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  /** True until the owner account exists. Create it by POST /api/v1/owner {name, email, password}. */
  needsOwner: z.boolean(),
  tenants: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
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

/** GET /catalogue: names for ids, as the packs and the tenant's own products give them. */
export const catalogue = z.object({
  categories: z.array(z.string()),
  merchants: z.array(z.object({ id: z.string(), name: z.string() })),
  products: z.array(z.object({ id: z.string(), title: z.string(), category: z.string(), merchantId: z.string() })),
  cities: z.array(z.string()),
  aspects: z.array(named.extend({ owner: z.string(), touchpoint: z.string() })),
  scenes: z.array(named),
  departments: z.array(named),
  outcomes: z.array(named),
  factors: z.array(named),
  touchpoints: z.array(named.extend({ stage: z.enum(stages) })),
  indicators: z.array(
    named.extend({ unit: z.enum(['points', 'share', 'score']), higherIsBetter: z.boolean(), formula: z.string() }),
  ),
})
export type Catalogue = z.infer<typeof catalogue>

// ── Measure ────────────────────────────────────────────────────────────────────────────────────────────────────────────────
export const indicatorSummary = z.object({
  id: z.string(),
  estimate,
  previous: estimate,
  change: change.nullable(),
  series: z.array(z.object({ day: z.string(), estimate })),
})
export type IndicatorSummary = z.infer<typeof indicatorSummary>

/** GET /indicators/:id?by=DIMENSION */
export const indicatorBreakdown = z.object({
  id: z.string(),
  by: z.string(),
  groups: z.array(z.object({ key: z.string(), label: z.string(), estimate })),
})
export type IndicatorBreakdown = z.infer<typeof indicatorBreakdown>

/** A customer's words with the span that carries the evidence (UTF-16 offsets into `text`). */
export const quote = z.object({
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

export const driver = z.object({
  id: z.string(),
  outcome: z.string(),
  /** Empty for all categories together. */
  category: z.string(),
  /** `aspect` for what customers said, else an operation fact such as `late_delivery`. */
  factor: z.string(),
  aspect: z.string(),
  /** Empty where the scene is not part of it. */
  scene: z.string(),
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
  weekly: z.array(z.object({ day: z.string(), volume: z.number(), exposed: estimate, control: estimate })),
})
export type FindingDetail = z.infer<typeof findingDetail>

/** GET /overview */
export const overview = z.object({
  period,
  previous: period,
  indicators: z.array(indicatorSummary),
  findings: z.array(finding),
  findingCount: z.number(),
  /** False while the engine is still comparing after new data. */
  findingsReady: z.boolean(),
  worstTouchpoints: z.array(z.object({ id: z.string(), score: estimate })),
  voices: z.object({
    total: z.number(),
    perDay: z.array(z.object({ day: z.string(), total: z.number(), negative: z.number() })),
  }),
  dueTickets: z.array(z.lazy(() => ticket)),
})
export type Overview = z.infer<typeof overview>

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

// ── Voices ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
export const mention = z.object({
  aspect: z.string(),
  term: z.string().nullable(),
  opinion: z.string().nullable(),
  polarity,
  scene: z.string().nullable(),
  start: z.number(),
  end: z.number(),
  confidence: z.number(),
})
export const voiceRow = z.object({
  id: z.string(),
  kind: z.string(),
  source: z.string(),
  speaker: z.string(),
  text: z.string(),
  lang: z.string(),
  /** False where the reader does not know the language: kept, shown as unread. */
  read: z.boolean(),
  metric: z.string(),
  rating: z.number().nullable(),
  ratingMax: z.number(),
  at: z.number(),
  orderId: z.string(),
  productId: z.string(),
  merchantId: z.string(),
  category: z.string(),
  customerRef: z.string(),
  city: z.string(),
  sentiment: polarity,
  emotion,
  scenes: z.array(z.string()),
  mentions: z.array(mention),
  simulated: z.boolean(),
})
export type VoiceRow = z.infer<typeof voiceRow>

/** GET /voices: a page, with counts over the whole selection. */
export const voicePage = z.object({
  total: z.number(),
  customers: z.number(),
  sources: z.number(),
  voices: z.array(voiceRow),
  /** Pass as `cursor` for the next page; null on the last. */
  next: z.string().nullable(),
})
export type VoicePage = z.infer<typeof voicePage>

export const facetCount = z.object({ key: z.string(), n: z.number() })
/** GET /voices/facets: how the selection divides. A facet ignores its own filter, so that its other values stay visible. */
export const voiceFacets = z.object({
  category: z.array(facetCount),
  kind: z.array(facetCount),
  sentiment: z.array(facetCount),
  aspect: z.array(facetCount),
  scene: z.array(facetCount),
  emotion: z.array(facetCount),
  merchant: z.array(facetCount),
  city: z.array(facetCount),
  /** The reading rail: polarity of each aspect within the selection. */
  aspects: z.array(
    z.object({
      aspect: z.string(),
      n: z.number(),
      positive: z.number(),
      neutral: z.number(),
      negative: z.number(),
      negativeShare: estimate,
    }),
  ),
  scenes: z.array(z.object({ scene: z.string(), n: z.number(), negative: z.number() })),
})
export type VoiceFacets = z.infer<typeof voiceFacets>

// ── Act ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
export const ticketStates = ['open', 'answered', 'closed'] as const
export const ticket = z.object({
  id: z.string(),
  findingId: z.string().nullable(),
  title: z.string(),
  department: z.string(),
  state: z.enum(ticketStates),
  createdBy: z.string(),
  createdAt: z.number(),
  firstAnswerDueAt: z.number(),
  closeDueAt: z.number(),
  firstAnsweredAt: z.number().nullable(),
  closedAt: z.number().nullable(),
})
export type Ticket = z.infer<typeof ticket>
export const ticketDetail = ticket.extend({
  changes: z.array(z.object({ at: z.number(), actor: z.string(), from: z.string(), to: z.string(), note: z.string() })),
})
export type TicketDetail = z.infer<typeof ticketDetail>

// ── Prove ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────
export const intervention = z.object({
  id: z.string(),
  findingId: z.string().nullable(),
  what: z.string(),
  outcome: z.string(),
  category: z.string(),
  at: z.number(),
  productIds: z.array(z.string()),
  /** Share; effects inside ± this are not worth having. */
  margin: z.number(),
  simulated: z.boolean(),
  createdAt: z.number(),
})
export const armFigures = z.object({
  products: z.number(),
  before: estimate,
  after: estimate,
  change: z.number().nullable(),
})
export const proof = z.object({
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
export type Proof = z.infer<typeof proof>

// ── Listen ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
/** The answer to POST /voices, /events, /orders, /products: what was kept is committed and fsynced when this is sent. */
export const accepted = z.object({
  batch: z.string().nullable(),
  kept: z.number(),
  dead: z.array(z.object({ place: z.number(), field: z.string(), reason: z.string() })),
})
export type Accepted = z.infer<typeof accepted>

export const deadLetter = z.object({
  id: z.string(),
  source: z.string(),
  kind: z.string(),
  place: z.number(),
  field: z.string(),
  reason: z.string(),
  record: z.string(),
  receivedAt: z.number(),
})
export const settings = z.object({
  tenant: z.object({
    id: z.string(),
    name: z.string(),
    zone: z.string(),
    simulated: z.boolean(),
    returnWindowDays: z.number(),
    firstAnswerMinutes: z.number(),
    closeHours: z.number(),
  }),
  keys: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.number() })),
  deadLetters: z.array(deadLetter),
  deadLetterCount: z.number(),
  imports: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      file: z.string(),
      startedAt: z.number(),
      finishedAt: z.number().nullable(),
      rows: z.number(),
      kept: z.number(),
      dead: z.number(),
    }),
  ),
  inboxWaiting: z.number(),
  engines: z.array(z.object({ name: z.string(), version: z.string(), where: z.string() })),
  reader: z.object({
    version: z.string(),
    packs: z.array(
      z.object({ id: z.string(), zh: z.string(), en: z.string(), aspects: z.number(), scenes: z.number() }),
    ),
  }),
})
export type Settings = z.infer<typeof settings>
