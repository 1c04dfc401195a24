import { z } from 'zod'
import { named, polarity } from './basics.ts'
import { mention } from './voices.ts'

const words = z.object({ zh: z.string(), en: z.string() })

/** GET /packs: every pack as the tenant's voices are read with it. */
export const packList = z.object({
  packs: z.array(
    named.extend({
      match: z.array(z.string()),
      aspects: z.number(),
      scenes: z.number(),
      words: z.number(),
      /** Departments. */
      owners: z.array(z.string()),
      /** It comes with the product; else it is the tenant's alone. */
      shipped: z.boolean(),
      /** The tenant has written an addition here, or has one in its folder. */
      own: z.boolean(),
      folder: z.boolean(),
      /** How many gold cases it has; whether they hold is told with the pack itself. */
      gold: z.number(),
    }),
  ),
  /** Packs in the tenant's folder that cannot be used: file, line and reason. */
  refused: z.array(z.object({ id: z.string(), problem: z.string() })),
})
export type PackList = z.infer<typeof packList>

const goldResult = z.object({ text: z.string(), missing: z.array(z.string()) })

/** GET /packs/{id} */
export const packDetail = named.extend({
  match: z.array(z.string()),
  aspects: z.array(
    named.extend({
      owner: z.string(),
      touchpoint: z.string(),
      terms: z.array(z.string()),
      faults: z.array(z.string()),
      praises: z.array(z.string()),
      advice: words.nullable(),
    }),
  ),
  scenes: z.array(named.extend({ terms: z.array(z.string()) })),
  /** The tenant's own addition as it was written; null where there is none. */
  text: z.string().nullable(),
  /** Its gold cases, as JSON lines. */
  goldText: z.string(),
  /** Every case of the pack, shipped and own, and what its reading lacks. */
  gold: z.array(goldResult),
  /** The newest first. */
  versions: z.array(z.object({ version: z.number(), removed: z.boolean(), actor: z.string(), at: z.number() })),
})
export type PackDetail = z.infer<typeof packDetail>

const reading = z.object({ sentiment: polarity, mentions: z.array(mention) })

/** POST /packs/{id}/try: what a draft would change. */
export const packTrial = z.object({
  tried: z.number(),
  changed: z.number(),
  examples: z.array(z.object({ id: z.string(), text: z.string(), before: reading, after: reading })),
  gold: z.array(goldResult),
  /** Names of aspects and scenes, those of the draft among them. */
  names: z.object({ aspects: z.array(named), scenes: z.array(named) }),
})
export type PackTrial = z.infer<typeof packTrial>
