import { z } from 'zod'
import { findWatch, segmentations } from './watch.ts'

const list = z.array(z.string().min(1).max(200)).max(100).default([])

/** How a step is judged. */
const judging = z.discriminatedUnion('kind', [
  /** Against what the series' own past lets expect: level, hour, weekday, promotions. */
  z.strictObject({ kind: z.literal('learnt') }),
  /** Against a fixed level: a count, or a share from 0 to 1. */
  z.strictObject({ kind: z.literal('threshold'), level: z.number().min(0) }),
  /** Against the same step a week earlier, in per cent. */
  z.strictObject({ kind: z.literal('change'), percent: z.number().min(1).max(10_000) }),
])

const hour = z.number().int().min(0).max(23)

/** A rule as people write it: the API's shape, and the form's. */
export const ruleDraft = z.strictObject({
  name: z.string().trim().max(120).default(''),
  watch: z
    .string()
    .max(100)
    .refine((id) => findWatch(id) !== undefined, 'nothing of this name can be watched'),
  /** The series: one over everything, and one for each segment of these dimensions. */
  whole: z.boolean().default(true),
  by: z.array(z.enum(segmentations)).max(segmentations.length).default([]),
  where: z.strictObject({ category: list, merchant: list, city: list, channel: list }).prefault({}),
  step: z.enum(['hour', 'day']).default('day'),
  judge: judging.default({ kind: 'learnt' }),
  direction: z.enum(['up', 'down', 'both']).default('up'),
  /** A step with fewer rows is not judged. */
  minVolume: z.number().int().min(1).max(1_000_000).default(1),
  /** Least change against what was expected, in per cent of it. */
  minChange: z.number().min(0).max(10_000).default(0),
  /** Local hours in which nothing is told: what is found then is told when they end. */
  quiet: z.strictObject({ from: hour, to: hour }).nullable().default(null),
  /** `now`, or together once a day. */
  tell: z.enum(['now', 'digest']).default('now'),
  /** A department, as the packs name them; empty for the usual one. */
  owner: z.string().max(60).default(''),
  enabled: z.boolean().default(true),
})
export type RuleDraft = z.infer<typeof ruleDraft>
export type Rule = RuleDraft & { id: string }

export const rule = ruleDraft
  .refine((one) => one.whole || one.by.length > 0, { path: ['by'], message: 'no series is left to watch' })
  .refine((one) => one.by.every((by) => findWatch(one.watch)?.by.includes(by) ?? true), {
    path: ['by'],
    message: 'what is watched cannot be divided so',
  })
  .refine((one) => one.judge.kind !== 'threshold' || findWatch(one.watch)?.unit !== 'share' || one.judge.level <= 1, {
    path: ['judge', 'level'],
    message: 'a share lies between 0 and 1',
  })

const builtin = (id: string, draft: z.input<typeof ruleDraft>): Rule => ({ id, ...ruleDraft.parse(draft) })

/** What every tenant is watched for until somebody decides otherwise. */
export const builtinRules: readonly Rule[] = [
  builtin('payment-failures', {
    watch: 'payment_failures',
    by: ['customer', 'channel', 'category', 'merchant'],
    step: 'hour',
  }),
  builtin('payments', { watch: 'payments', by: ['channel'], step: 'hour', direction: 'down' }),
  builtin('orders', { watch: 'orders', by: ['category', 'merchant'], step: 'day', direction: 'down' }),
  builtin('late-answers', { watch: 'late_answers', by: ['merchant', 'category'], step: 'hour' }),
  builtin('late-deliveries', { watch: 'late_deliveries', by: ['merchant', 'city'], step: 'day' }),
  builtin('late-installations', { watch: 'late_installations', by: ['merchant', 'city'], step: 'day' }),
  builtin('cancellations', { watch: 'cancellations', by: ['category', 'merchant'], step: 'day' }),
  builtin('returns', { watch: 'returns', by: ['category', 'product'], step: 'day' }),
  builtin('negative-voices', { watch: 'negative_voices', by: ['category', 'merchant'], step: 'day' }),
  builtin('complaints', { watch: 'complaints', by: ['category', 'merchant'], step: 'hour' }),
  builtin('negative-mentions', { watch: 'negative_mentions', by: ['aspect'], step: 'day' }),
  builtin('csat', { watch: 'indicator.csat', by: ['merchant'], step: 'day', direction: 'down' }),
  builtin('rage-clicks', { watch: 'rage_clicks', step: 'hour' }),
]

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
export const stepMsOf = (one: Pick<Rule, 'step'>): number => (one.step === 'hour' ? HOUR_MS : DAY_MS)
