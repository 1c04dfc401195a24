import { z } from 'zod'

const words = z.object({ zh: z.string(), en: z.string() })
const setting = z.object({
  id: z.string(),
  zh: z.string(),
  en: z.string(),
  hint: words.optional(),
  secret: z.boolean(),
  optional: z.boolean(),
})

/** GET /sources: every way in, with what becomes of each field. */
export const sourceList = z.object({
  sources: z.array(
    z.object({
      id: z.string(),
      zh: z.string(),
      en: z.string(),
      shelf: z.enum(['review', 'service', 'survey', 'shop', 'behaviour', 'logistics', 'community', 'table']),
      describe: words,
      mapping: z.array(z.object({ from: z.string(), to: z.string() })),
      leftOut: z.array(z.object({ from: z.string(), why: words })),
      /** What a person enters to be sent to by webhook; null where the system has none. */
      webhook: z.array(setting).nullable(),
      /** What a person enters for us to ask the system; null where it cannot be asked. */
      pull: z.array(setting).nullable(),
    }),
  ),
})
export type SourceList = z.infer<typeof sourceList>

/** GET /connections. Secrets are never told. */
export const connectionList = z.object({
  connections: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      way: z.enum(['webhook', 'pull']),
      name: z.string(),
      settings: z.record(z.string(), z.string()),
      paused: z.boolean(),
      createdAt: z.number(),
      /** Deliveries or pages that were taken and the records in them, repeats included. */
      deliveries: z.number(),
      kept: z.number(),
      lastAt: z.number().nullable(),
      nextAt: z.number().nullable(),
      /** In a row. */
      failures: z.number(),
      problem: z
        .object({ code: z.string(), message: z.string(), remedy: z.string().optional(), at: z.number() })
        .nullable(),
    }),
  ),
})
export type ConnectionList = z.infer<typeof connectionList>
