import { z } from 'zod'

/** What a series may be divided by. `customer` is `new` or `known`. */
export const segmentations = ['category', 'merchant', 'city', 'channel', 'product', 'aspect', 'customer'] as const
export type Segmentation = (typeof segmentations)[number]

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
  /** What is watched, by its id. */
  watch: z.string().min(1).max(100),
  /** The series: one over everything, and one for each segment of these dimensions. */
  whole: z.boolean().default(true),
  by: z.array(z.enum(segmentations)).max(segmentations.length).default([]),
  where: z.strictObject({ category: list, merchant: list, city: list, channel: list }).prefault({}),
  /** How long a step is; `minutes` are ten. */
  step: z.enum(['minutes', 'hour', 'day']).default('day'),
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
