import { z } from 'zod'
import { fail, ok, type Result } from '../core/result.ts'
import { categoryNames } from './categories.ts'
import { knowsClauses } from './talk/phrases.ts'
import { effects } from './trouble.ts'

const share = z.number().min(0).max(1)
const day = z.number().int().min(0)
const range = z.tuple([z.number().min(0), z.number().min(0)]).refine(([low, high]) => low <= high, 'low comes first')
const label = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const aspect = z.string().regex(/^[a-z_]{2,40}$/)
const phrases = z.array(z.string().min(1).max(400)).min(1)

/** Where and when a story happens. Everything left out means "everywhere", "always". */
const where = {
  id: z.string().regex(/^[a-z0-9_-]{1,40}$/),
  category: z.enum(categoryNames).optional(),
  /** Merchant ids, or how many the seed is to choose. */
  merchants: z.union([z.number().int().positive(), z.array(z.string()).min(1)]).optional(),
  /** City names, or how many the seed is to choose among the twelve largest. */
  cities: z.union([z.number().int().positive(), z.array(z.string()).min(1)]).optional(),
  /** Which share of the products in question is affected; the seed chooses them. */
  productsShare: share.default(1),
  customers: z.enum(['all', 'new', 'known']).default('all'),
  /** First day, counted from 0, the hour of that day at which it begins, and the day before which it is over. */
  fromDay: day.default(0),
  fromHour: z.number().int().min(0).max(23).default(0),
  toDay: day.optional(),
}

/** How an order is hurt. */
const harm = (defaults: { aspect: string; scene: string | null; share: number }) => ({
  aspect: aspect.default(defaults.aspect),
  scene: aspect.nullable().default(defaults.scene),
  /** Share of the orders in question that are hit. */
  share: share.default(defaults.share),
  effects: effects.prefault({}),
  /** Share of the customers hit who mention it whenever they write; the others stay silent about it. */
  mention: share.default(0.65),
  /** Clauses to say it with (patterns), needed where the grammar does not know aspect and scene. */
  phrases: phrases.optional(),
})

const story = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('defect'), ...where, ...harm({ aspect: 'quality', scene: null, share: 0.1 }) }),
  z.strictObject({
    kind: z.literal('cured'),
    id: where.id,
    /** The id of the story that it cures. */
    cures: z.string(),
    day,
    productsShare: share.default(0.5),
    /** Which part of the harm remains for orders placed from that day. */
    residual: share.default(0.1),
    what: label,
  }),
  z.strictObject({
    kind: z.literal('idle_change'),
    ...where,
    day,
    aspect,
    scene: aspect.nullable().default(null),
    what: label,
  }),
  z.strictObject({
    kind: z.literal('late_delivery'),
    ...where,
    ...harm({ aspect: 'logistics', scene: null, share: 0.8 }),
    delayDays: range.default([2, 4]),
  }),
  z.strictObject({
    kind: z.literal('late_installation'),
    ...where,
    ...harm({ aspect: 'installation', scene: 'install', share: 0.85 }),
    delayDays: range.default([3, 6]),
  }),
  z.strictObject({
    kind: z.literal('page_guidance_missed'),
    ...where,
    customers: where.customers.default('new'),
    ...harm({ aspect: 'pit_distance', scene: 'install', share: 0.12 }),
  }),
  z.strictObject({
    kind: z.literal('packaging_damage'),
    ...where,
    ...harm({ aspect: 'packaging', scene: 'unboxing', share: 0.15 }),
  }),
  z.strictObject({
    kind: z.literal('slow_merchant'),
    ...where,
    ...harm({ aspect: 'service', scene: null, share: 0.15 }),
    /** Minutes until a person answers in chat. */
    answerMinutes: range.default([60, 240]),
  }),
  z.strictObject({
    kind: z.literal('payment_failure'),
    ...where,
    customers: where.customers.default('new'),
    /** Probability that an attempt to pay fails. */
    share: share.default(0.3),
    /** Probability that the customer then tries again and succeeds; else the order is lost. */
    retry: share.default(0.5),
  }),
])
export type Story = z.infer<typeof story>
export type StoryInput = z.input<typeof story>
export type Harm = Extract<Story, { effects: unknown }>

/** A stories file: `{ "stories": [ … ] }`. */
const storiesFile = z.strictObject({ stories: z.array(story).max(50) }).superRefine(({ stories }, context) => {
  const seen = new Set<string>()
  stories.forEach((each, n) => {
    const complain = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['stories', n, field], message })
    if (seen.has(each.id)) complain('id', `two stories are called "${each.id}"`)
    seen.add(each.id)
    if (each.kind === 'cured') {
      if (!stories.some((other) => other.id === each.cures && 'effects' in other))
        complain('cures', `no story that does harm is called "${each.cures}"`)
    } else if ('effects' in each && !each.phrases && !knowsClauses(each.category, each.aspect, each.scene))
      complain('phrases', `the grammar has no words for "${each.aspect}" here; give some in "phrases"`)
    if ('toDay' in each && each.toDay !== undefined && each.toDay <= each.fromDay)
      complain('toDay', 'the story ends before it begins')
  })
})

/** Reads the content of a stories file, parsed from JSON. */
export function readStories(content: unknown): Result<Story[]> {
  const parsed = storiesFile.safeParse(content)
  if (parsed.success) return ok(parsed.data.stories)
  const issue = parsed.error.issues[0]!
  return fail({
    code: 'bad_stories',
    message: issue.message,
    where: issue.path.join('.'),
    remedy: 'docs/demo-stories.md lists the kinds and their fields.',
  })
}

/** The stories of the demo market. */
export const defaultStories: Story[] = storiesFile.parse({
  stories: [
    {
      kind: 'defect',
      id: 'heater-noise-sleep',
      category: '取暖器',
      aspect: 'noise',
      scene: 'sleep',
      share: 0.22,
      mention: 0.65,
      effects: { returnProb: 0.34, rating: -1.5, nps: -3, complainProb: 0.32 },
    },
    {
      kind: 'cured',
      id: 'quieter-fan',
      cures: 'heater-noise-sleep',
      day: 56,
      productsShare: 0.5,
      residual: 0.1,
      what: { zh: '换用低噪风扇', en: 'A quieter fan' },
    },
    {
      kind: 'late_installation',
      id: 'water-heater-install-late',
      category: '热水器',
      cities: 2,
      delayDays: [3, 6],
      share: 0.85,
      mention: 0.7,
      effects: { returnProb: 0.06, cancelProb: 0.04, rating: -1.4, nps: -3.2, complainProb: 0.38 },
    },
    {
      kind: 'page_guidance_missed',
      id: 'toilet-pit-distance',
      category: '智能马桶',
      share: 0.36,
      mention: 0.85,
      effects: { returnProb: 0.42, rating: -1.6, nps: -3, complainProb: 0.55 },
    },
    // The last three days of the market: what an alert is for.
    { kind: 'payment_failure', id: 'release-breaks-payment', fromDay: 87, fromHour: 19, share: 0.75, retry: 0.4 },
    {
      kind: 'slow_merchant',
      id: 'merchant-answers-late',
      merchants: 1,
      category: '取暖器',
      fromDay: 86,
      fromHour: 9,
      share: 0.3,
      answerMinutes: [70, 240],
      effects: { rating: -0.6, nps: -1.5 },
    },
  ],
} satisfies { stories: StoryInput[] }).stories
