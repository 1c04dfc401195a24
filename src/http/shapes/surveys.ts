import { z } from 'zod'
import { surveyDefinition } from '../../app/surveys/shape.ts'
import { estimate } from './basics.ts'

const words = z.object({ zh: z.string(), en: z.string() })
const state = z.enum(['draft', 'live', 'closed'])
const scoreKind = z.enum(['nps', 'csat', 'ces', 'stars'])

/** How far people came. Rates are shares with their interval: of the invited, of those who saw it, of those who began. */
const steps = z.object({
  invited: z.number(),
  shown: z.number(),
  started: z.number(),
  completed: z.number(),
  responseRate: estimate,
  startRate: estimate,
  completionRate: estimate,
})
/** The first score that a survey asks for. NPS is in points, CSAT a share, CES and stars a mean on their scale. */
const lead = z.object({ question: z.string(), kind: scoreKind, score: estimate })

const summary = z.object({
  id: z.string(),
  state,
  title: words,
  version: z.number(),
  createdAt: z.number(),
  lastAt: z.number().nullable(),
  steps,
  lead: lead.nullable(),
})

/** GET /surveys */
export const surveyList = z.object({
  surveys: z.array(summary),
  /** NPS over all surveys that ask it. */
  pooled: z.object({
    surveys: z.array(z.object({ id: z.string(), score: estimate })),
    stratified: estimate,
    average: estimate.nullable(),
    heterogeneity: z.object({ share: z.number(), p: z.number() }).nullable(),
  }),
  coolDownDays: z.number(),
})
export type SurveyList = z.infer<typeof surveyList>
export type SurveySummary = z.infer<typeof summary>

const rule = z.object({
  trigger: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('delivered'), afterDays: z.number() }),
    z.object({ kind: z.literal('service'), afterHours: z.number() }),
    z.object({ kind: z.literal('valuable'), overMinor: z.number(), currency: z.string(), withinDays: z.number() }),
    z.object({ kind: z.literal('churned'), afterDays: z.number() }),
  ]),
  share: z.number(),
  categories: z.array(z.string()),
  most: z.number().optional(),
  linkDays: z.number(),
})
export type SurveyRule = z.infer<typeof rule>

/** GET /surveys/{id} */
export const surveyDetail = summary.extend({
  /** What the public address ends in: /s/{key}. */
  key: z.string(),
  /** The definition as JSON, to edit or to export. */
  text: z.string(),
  definition: surveyDefinition,
  rule: rule.nullable(),
  origins: z.array(z.string()),
  once: z.boolean(),
  liveSince: z.number().nullable(),
  coolDownDays: z.number(),
})
export type SurveyDetail = z.infer<typeof surveyDetail>
export type SurveyDraft = z.input<typeof surveyDefinition>

/** POST /surveys/preview: one page as people see it. */
export const surveyPreview = z.object({ html: z.string(), kind: z.string(), question: z.string().nullable() })
export type SurveyPreview = z.infer<typeof surveyPreview>

/** GET /surveys/{id}/invitations */
export const surveyInvitations = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      id: z.string(),
      customerRef: z.string(),
      orderId: z.string(),
      category: z.string(),
      city: z.string(),
      valueMinor: z.number().nullable(),
      currency: z.string(),
      newCustomer: z.boolean().nullable(),
      invitedAt: z.number(),
      expiresAt: z.number(),
      handedOutAt: z.number().nullable(),
      state: z.enum(['shown', 'partial', 'complete', 'over_quota']).nullable(),
    }),
  ),
})
export type SurveyInvitations = z.infer<typeof surveyInvitations>

/** POST /surveys/{id}/links: open invitations with their single-use links. */
export const surveyLinks = z.object({
  links: z.array(
    z.object({
      customerRef: z.string(),
      orderId: z.string(),
      invitedAt: z.number(),
      expiresAt: z.number(),
      link: z.string(),
    }),
  ),
})

/** GET /surveys/{id}/results */
export const surveyResults = z.object({
  steps,
  lead: lead.nullable(),
  invited: z.number(),
  questions: z.array(
    z.object({
      id: z.string(),
      answered: z.number(),
      score: estimate.nullable(),
      /** As it would be had all the invited answered alike within their groups. `by` are the dimensions that were weighted by. */
      weighted: estimate.extend({ effective: z.number(), coverage: z.number(), by: z.array(z.string()) }).nullable(),
      counts: z.array(z.object({ key: z.string(), n: z.number(), share: estimate })),
      texts: z.array(z.object({ text: z.string(), at: z.number() })),
    }),
  ),
  /** Who answered against who was invited, by dimension: category, value, city, customer. */
  bias: z.array(
    z.object({
      dimension: z.string(),
      rows: z.array(z.object({ group: z.string(), invited: z.number(), answered: z.number(), rate: estimate })),
      p: z.number().nullable(),
    }),
  ),
})
export type SurveyResults = z.infer<typeof surveyResults>
