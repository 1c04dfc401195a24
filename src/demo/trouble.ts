import { z } from 'zod'

/** What a trouble does to the order that it meets. All are added to what would be without it. */
export const effects = z.strictObject({
  /** To the probability that the order is returned. */
  returnProb: z.number().min(-1).max(1).default(0),
  /** To the probability that it is cancelled before dispatch. */
  cancelProb: z.number().min(-1).max(1).default(0),
  /** To the satisfaction behind the stars, in stars. */
  rating: z.number().min(-4).max(4).default(0),
  /** To the answer behind the NPS survey, in points of 0 to 10. */
  nps: z.number().min(-10).max(10).default(0),
  /** To the probability of a chat or complaint about it. */
  complainProb: z.number().min(0).max(1).default(0.2),
})
export type Effects = Partial<z.infer<typeof effects>>

/** One thing that went wrong with one order. */
export interface Trouble {
  /** The planted story that it belongs to, or null where it is everyday bad luck. */
  story: string | null
  aspect: string
  scene: string | null
  effects: Effects
  /** Whether this customer ever mentions it. */
  spoken: boolean
  /** Clauses to say it with, where the story brings its own. */
  phrases?: readonly string[]
  deliveryDelayDays?: number
  installDelayDays?: number
  answerMinutes?: number
}

/** The sum of one effect over troubles. */
export const total = (troubles: readonly Trouble[], effect: keyof Effects): number =>
  troubles.reduce((sum, trouble) => sum + (trouble.effects[effect] ?? 0), 0)
