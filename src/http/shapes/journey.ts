import { z } from 'zod'
import { stages } from '../../core/touchpoint.ts'
import { change, estimate, period } from './basics.ts'

/** A figure of the map. Where there is no estimate, `silence` says what is missing. */
const journeyFigure = z.object({
  estimate,
  previous: estimate,
  /** Judged over all figures of the map together; null where either side is too few to compare. */
  change: change.nullable(),
  /** False-discovery adjusted chance of such a change. */
  q: z.number().nullable(),
  silence: z
    .enum([
      'no_mentions',
      'no_answers',
      'no_visitors',
      'no_orders',
      'no_promise',
      'off_the_way',
      'not_recorded',
      'too_recent',
    ])
    .nullable(),
})
export type JourneyFigure = z.infer<typeof journeyFigure>

const passage = z.object({
  from: z.string(),
  to: z.string(),
  by: z.enum(['visitors', 'orders']),
  /** False where fewer on this way is better. */
  wanted: z.boolean(),
  figure: journeyFigure,
})

const journeyTouchpoint = z.object({
  id: z.string(),
  stage: z.enum(stages),
  /** Net sentiment of what is said about it, −1 to 1. */
  sentiment: journeyFigure,
  /** Answers of those who speak of it: NPS (−100 to 100), the share of satisfied, the share who found it easy. */
  nps: journeyFigure,
  csat: journeyFigure,
  ces: journeyFigure,
  /** Null where nothing at this touchpoint is recorded. */
  events: z.number().nullable(),
  visitors: z.number().nullable(),
  into: z.array(passage),
  onward: z.array(passage),
  friction: z.object({
    figure: journeyFigure,
    by: z.enum(['visitors', 'orders', 'conversations']),
    kinds: z.array(z.object({ kind: z.enum(['failed', 'error', 'rage', 'repeated', 'late']), n: z.number() })),
  }),
  /** Visits that ended here without a purchase. */
  exits: journeyFigure,
  topAspects: z.array(z.object({ aspect: z.string(), negative: z.number(), total: z.number() })),
  /** The department that mends it, null where no pack names one. */
  owner: z.string().nullable(),
  /** Current findings that concern it, the first to act on first. */
  findingIds: z.array(z.string()),
  /** Its tickets that are not closed. */
  openTickets: z.array(z.string()),
})
export type JourneyTouchpoint = z.infer<typeof journeyTouchpoint>

/** GET /journey */
export const journey = z.object({
  period,
  previous: period,
  /** False where the data do not reach back over the period before, so that nothing is compared. */
  comparable: z.boolean(),
  stages: z.array(
    z.object({
      stage: z.enum(stages),
      measure: z.enum(['continued', 'bought', 'on_time', 'resolved']),
      by: z.enum(['visitors', 'orders', 'contacts']),
      figure: journeyFigure,
    }),
  ),
  touchpoints: z.array(journeyTouchpoint),
})
export type Journey = z.infer<typeof journey>
