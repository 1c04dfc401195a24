import { z } from 'zod'
import { words } from './basics.ts'

/** The answer to POST /voices, /events, /orders, /products: what was kept is committed and fsynced when this is sent. */
export const accepted = z.object({
  batch: z.string().nullable(),
  kept: z.number(),
  dead: z.array(z.object({ place: z.number(), field: z.string(), reason: z.string() })),
})
export type Accepted = z.infer<typeof accepted>

/** A reason by its code, with what it quotes, and as people read it. A sentence of an older release has no code. */
export const toldReason = z.object({ code: z.string().nullable(), values: z.record(z.string(), z.string()), words })

const deadLetter = z.object({
  id: z.string(),
  source: z.string(),
  kind: z.string(),
  place: z.number(),
  field: z.string(),
  reason: z.string(),
  told: toldReason,
  record: z.string(),
  receivedAt: z.number(),
})
const listedImport = z.object({
  id: z.string(),
  source: z.string(),
  file: z.string(),
  /** Bytes of the file; null where its sender did not know them. */
  size: z.number().nullable(),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  /** `broken_off`: neither on its way nor ended; the same file, given again, goes on after `safeRows`. */
  state: z.enum(['running', 'broken_off', 'ended']),
  rows: z.number(),
  kept: z.number(),
  dead: z.number(),
  bytes: z.number(),
  /** Rows up to which everything is on disk. */
  safeRows: z.number(),
})

/** GET /imports: the newest imports, and how far those are that are on their way or were broken off. */
export const importList = z.object({ imports: z.array(listedImport) })
export type ImportList = z.infer<typeof importList>

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
  keys: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      scope: z.enum(['ingest', 'read', 'write']),
      source: z.string().nullable(),
      createdAt: z.number(),
      /** Set once the key was replaced. */
      expiresAt: z.number().nullable(),
      /** To the hour; null where it was never used. */
      usedAt: z.number().nullable(),
    }),
  ),
  deadLetters: z.array(deadLetter),
  deadLetterCount: z.number(),
  imports: z.array(listedImport),
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
