import { z } from 'zod'
import { ok, type Result } from '../../core/result.ts'

/** What a funnel is: a closed description. Nothing of it is ever SQL; `walks.ts` writes each part as a literal. */

/** Columns that a condition may ask for and a breakdown may divide by. */
const fields = ['touchpoint', 'category', 'channel', 'city', 'merchant', 'product', 'source'] as const
export type Field = (typeof fields)[number]

const word = z.string().min(1).max(200)
const not = z.boolean().optional()

/** One that names no value and no bound, as it stands in the console until something is chosen, asks nothing. */
const condition = z.union([
  z.strictObject({ field: z.enum(fields), in: z.array(z.string().max(200)).max(50), not }),
  z.strictObject({
    prop: z.string().min(1).max(80),
    in: z.array(z.union([z.string().max(200), z.number(), z.boolean()])).max(50),
    not,
  }),
  z.strictObject({ prop: z.string().min(1).max(80), atLeast: z.number().optional(), atMost: z.number().optional() }),
])
export type Condition = z.infer<typeof condition>

const label = z.string().min(1).max(60).optional()

const eventStep = z
  .strictObject({
    /** Names of events, any of which counts; none = whatever happens, so long as the conditions hold. */
    events: z.array(word.max(80)).max(20).default([]),
    where: z.array(condition).max(10).default([]),
    label,
  })
  .refine(({ events, where }) => events.length + where.length > 0, 'a step needs the name of an event or a condition')

const orderFacts = ['placed', 'delivered', 'returned', 'cancelled'] as const
const orderStep = z.strictObject({ order: z.enum(orderFacts), label })

const step = z.union([eventStep, orderStep])
export type Step = z.infer<typeof step>

/** A column, whether the customer had ordered before, or a property that events carry (`prop:release`). */
const dimension = z.union([z.enum([...fields, 'customer']), z.string().regex(/^prop:.{1,80}$/)])
export type FunnelDimension = z.infer<typeof dimension>

export const MOST_STEPS = 8

export const funnelDefinition = z.strictObject({
  steps: z.array(step).min(2).max(MOST_STEPS),
  /** From the first step to the last; 60 days at most. */
  windowMinutes: z
    .number()
    .int()
    .min(1)
    .max(60 * 24 * 60),
  /** `in_order`: each step after the one before, other things may happen between. `any_order`: all of them after the first, in any order. */
  order: z.enum(['in_order', 'any_order']).default('in_order'),
  unit: z.enum(['session', 'customer']).default('session'),
  by: dimension.optional(),
})
export type Funnel = z.infer<typeof funnelDefinition>

/** Reads a definition written as JSON, or says at which place it is wrong. */
export function readFunnel(text: string): Result<Funnel> {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return bad('it is not JSON', '')
  }
  const parsed = funnelDefinition.safeParse(raw)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]!
  return bad(issue.message, issue.path.join('.'))
}

const bad = (message: string, where: string): Result<never> => ({
  ok: false,
  problem: {
    code: 'funnel_invalid',
    message: `the funnel cannot be read: ${message}`,
    where: where || undefined,
    remedy: 'docs/funnels.md says what a funnel may hold.',
  },
})
