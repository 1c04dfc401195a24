import { z } from 'zod'
import { estimate } from './basics.ts'

/** GET /llm: the language model that unsure voices go to. The key itself is never told. */
export const llmState = z.object({
  settings: z.object({
    enabled: z.boolean(),
    baseUrl: z.string(),
    model: z.string(),
    hasKey: z.boolean(),
    keyFrom: z.enum(['console', 'environment']).nullable(),
    requestsPerDay: z.number(),
    tokensPerDay: z.number(),
    threshold: z.number(),
  }),
  condition: z.enum(['off', 'on', 'paused', 'spent']),
  /** Origins off the internet that the operator has opened. */
  allowed: z.array(z.string()),
  /** Today. */
  spent: z.object({ requests: z.number(), tokens: z.number() }),
  lastError: z
    .object({ code: z.string(), message: z.string(), remedy: z.string().optional(), at: z.number() })
    .nullable(),
  pausedUntil: z.number().nullable(),
  /** Of the customers' voices that were read, the share that went to the model. */
  share: estimate,
  went: z.number(),
  /** Voices whose reading the model changed, and whose answer was refused. */
  changed: z.number(),
  refused: z.number(),
  /** Voices whose sentiment changed; mentions that were added, dropped, turned. */
  sentiment: z.number(),
  added: z.number(),
  dropped: z.number(),
  turned: z.number(),
})
export type LlmState = z.infer<typeof llmState>
