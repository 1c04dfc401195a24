import { z } from 'zod'
import { toldReason } from './listen.ts'

export const websiteKey = z.object({
  id: z.string(),
  name: z.string(),
  /** `dsw_…`: no secret, it stands in the pages. */
  key: z.string(),
  origins: z.array(z.string()),
  createdAt: z.number(),
  /** When the last event under it was kept; null before the first. */
  lastAt: z.number().nullable(),
  kept: z.number(),
  refused: z.number(),
  lastRefusal: z.object({ name: z.string(), reason: z.string(), told: toldReason, at: z.number() }).nullable(),
})
export type WebsiteKey = z.infer<typeof websiteKey>

const websiteEvent = z.object({
  id: z.string(),
  name: z.string(),
  /** The name in both languages, where the name is a known one. */
  zh: z.string(),
  en: z.string(),
  at: z.number(),
  session: z.string(),
  site: z.string(),
  path: z.string(),
  device: z.string(),
})

export const website = z.object({ keys: z.array(websiteKey), events: z.array(websiteEvent) })
export type Website = z.infer<typeof website>
