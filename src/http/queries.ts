import { z } from 'zod'
import { shownFigures } from '../core/touchpoint.ts'

/** Query parameters that several endpoints share. Repeated parameters arrive as arrays. */
const list = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) =>
    (value === undefined ? [] : Array.isArray(value) ? value : [value]).filter((item) => item !== ''),
  )

const day = z.iso.date().optional()

/** A period runs forwards. */
export function inOrder<S extends z.ZodType<{ from?: string; to?: string }>>(schema: S): S {
  return schema.refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['from'],
    message: 'the period ends before it begins',
  })
}

const sliceFields = z.object({
  from: day,
  to: day,
  category: list,
  merchant: list,
  product: list,
  city: list,
})

const voiceFields = sliceFields.extend({
  kind: list,
  sentiment: list,
  aspect: list,
  scene: list,
  emotion: list,
  intent: list,
  urgency: list,
  speaker: list,
  metric: z.string().max(20).optional(),
  text: z.string().max(200).optional(),
  order: z.string().max(200).optional(),
  rating: z.enum(['low', 'high']).optional(),
  returned: z.enum(['yes']).optional(),
  driver: z.string().max(80).optional(),
})

export const slice = inOrder(sliceFields)
export const steppedSlice = inOrder(sliceFields.extend({ step: z.enum(['day', 'week', 'month']).default('day') }))
export const indicatorList = inOrder(
  sliceFields.extend({
    figures: z.stringbool().default(false),
    step: z.enum(['day', 'week', 'month']).default('day'),
  }),
)
export const comparison = inOrder(
  sliceFields.extend({
    /** Another period, or `rest`: each group of `by` against all the others together. */
    against: z.enum(['previous', 'weekdays', 'year', 'period', 'rest']).default('previous'),
    otherFrom: day,
    otherTo: day,
    by: z.string().max(40).optional(),
  }),
)
const evidenceFields = sliceFields.extend({
  by: z.string().max(40).optional(),
  key: z.string().max(200).optional(),
  side: z.enum(['all', 'up', 'down', 'neither']).default('all'),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const evidence = inOrder(evidenceFields)
export const journeyEvidence = inOrder(evidenceFields.extend({ of: z.enum(shownFigures).default('sentiment') }))
const kpi = z.string().max(40)
export const moduleEvidence = inOrder(evidenceFields.extend({ kpi }))
export const moduleGroups = inOrder(sliceFields.extend({ kpi, by: z.string().max(40).optional() }))
export const driverTable = inOrder(sliceFields.extend({ outcome: z.string().max(40).default('return') }))
export const voiceFilter = inOrder(voiceFields)
export const voiceList = inOrder(
  voiceFields.extend({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(30),
  }),
)

const funnelFields = sliceFields.extend({
  /** The id of a funnel, or a definition as JSON. */
  funnel: z.string().max(8_000).optional(),
})
export const funnelSlice = inOrder(funnelFields)
export const dropOff = inOrder(funnelFields.extend({ step: z.coerce.number().int().min(0).max(7).default(0) }))
/** The end of 2100. */
const MOST_MOMENT = 4_133_980_800_000
const walksAt = {
  step: z.coerce.number().int().min(0).max(7).default(0),
  side: z.enum(['all', 'up', 'neither']).default('all'),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}
export const reached = inOrder(funnelFields.extend(walksAt))
export const arrivals = z.object({
  ...{ funnel: funnelFields.shape.funnel, ...walksAt },
  span: z.enum(['hour', 'today']).default('hour'),
  /** The moment of the figures, as `asOf` of GET /live says. */
  at: z.coerce.number().int().min(0).max(MOST_MOMENT).optional(),
})
