import { z } from 'zod'

const EARLIEST = Date.UTC(1990, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/** Is it a time in which things happen that are told here? */
export const isMoment = (ms: number): boolean => ms >= EARLIEST && ms < LATEST

/**
 * A moment: epoch milliseconds, or an ISO 8601 string with its offset (`2026-03-01T08:00:00+08:00`).
 * A local time without an offset is refused here: sources that carry such times convert them with the import's zone.
 */
export const epochMs = z
  .union([z.number().int(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))])
  .refine(isMoment, {
    message: 'the time lies outside 1990 to 2100; times are epoch milliseconds',
  })

export const optionalEpochMs = epochMs.nullish().transform((ms) => ms ?? undefined)

/** An id as the source gives it. Numbers are refused beyond 2^53, where they are no longer themselves. */
export const id = z.union([z.string().trim().min(1).max(200), z.number().int().transform(String)])
export const optionalId = id.nullish().transform((value) => value ?? undefined)

/** Money in the currency's minor unit (fen, cents). */
export const amountMinor = z.number().int()

/** Further facts by name, each one value. */
export const facts = z.record(z.string().max(80), z.union([z.string().max(2_000), z.number().finite(), z.boolean()]))
