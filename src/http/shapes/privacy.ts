import { z } from 'zod'

const counts = z.record(z.string(), z.number())

/** What is kept of the unmasked, what customers asked for, and who looked at an original. No personal data in it. */
export const privacyState = z.object({
  keepOriginals: z.boolean(),
  originalDays: z.number(),
  originals: z.number(),
  requests: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      actor: z.string(),
      what: z.enum(['export', 'erase']),
      keepOrders: z.boolean(),
      refuseLater: z.boolean(),
      counts,
    }),
  ),
  looks: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      actor: z.string(),
      reason: z.string(),
      kind: z.string(),
      recordId: z.string(),
      found: z.boolean(),
    }),
  ),
})
export type PrivacyState = z.infer<typeof privacyState>

/** Rows of each store that went, or lost whose they were. */
export const erased = z.object({ counts })
export type Erased = z.infer<typeof erased>

const rows = z.array(z.record(z.string(), z.unknown()))
export const customerExport = z.object({
  voices: rows,
  mentions: rows,
  events: rows,
  orders: rows,
  waiting: rows,
  deadLetters: rows,
  originals: rows,
  corrections: rows,
  surveyInvitations: rows,
  surveyResponses: rows,
})
export type CustomerExport = z.infer<typeof customerExport>
