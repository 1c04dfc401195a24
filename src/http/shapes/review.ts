import { z } from 'zod'
import { change, estimate, named, period } from './basics.ts'
import { topic } from './graph.ts'
import { ticketStates } from './tickets.ts'

const said = z.object({ zh: z.string(), en: z.string() })

/** A share of this week beside the week before and the four weeks before; changes are null where either side is too few. */
const against = z.object({
  now: estimate,
  last: estimate,
  usual: estimate,
  sinceLast: change.nullable(),
  sinceUsual: change.nullable(),
})

export const weeklyReview = z.object({
  tenant: z.object({ id: z.string(), name: z.string(), nameEn: z.string(), simulated: z.boolean() }),
  category: z.string(),
  categoryName: said.nullable(),
  week: z.string(),
  period,
  days: z.number(),
  weeks: z.array(z.string()),
  madeAt: z.number(),
  voices: against,
  trend: z.array(z.object({ week: z.string(), from: z.string(), share: estimate })),
  aspects: z.array(
    against.extend({
      aspect: z.string(),
      name: said,
      blamed: z.number(),
      owner: named,
      advice: said.nullable(),
      scenes: z.array(z.object({ scene: z.string(), name: said, blamed: z.number(), usual: z.number() })),
    }),
  ),
  quotes: z.array(
    z.object({ voiceId: z.string(), aspect: z.string(), text: z.string(), start: z.number(), end: z.number() }),
  ),
  topics: z.array(topic.extend({ category: z.string(), aspectName: said.nullable(), owner: named.nullable() })),
  topicsReady: z.boolean(),
  tickets: z.array(
    z.object({
      id: z.string(),
      findingId: z.string().nullable(),
      title: said,
      department: named,
      state: z.enum(ticketStates),
      createdAt: z.number(),
      closeDueAt: z.number(),
      closedAt: z.number().nullable(),
      late: z.boolean(),
    }),
  ),
  effects: z.array(z.object({ id: z.string(), what: said, verdict: z.string(), sentence: said })),
  owners: z.array(z.object({ department: named, aspects: z.array(said), blamed: z.number(), openTickets: z.number() })),
  agenda: z.array(said),
})
export type WeeklyReview = z.infer<typeof weeklyReview>
