import { z } from 'zod'
import { emotions, intents, polarities, spamKinds, urgencies } from '../../core/reading.ts'

/** Figures, names and problems that every answer is made of. */

export const named = z.object({ id: z.string(), zh: z.string(), en: z.string() })
export type Named = z.infer<typeof named>

export const estimate = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.number(),
})
export const change = z.object({ value: z.number(), low: z.number(), high: z.number(), moreThanChance: z.boolean() })
export const intervalMethod = z.enum(['wilson', 'exact', 'net', 't', 'order_statistics'])
export const unit = z.enum(['points', 'share', 'score', 'minutes', 'days', 'amount', 'count'])
export const polarity = z.enum(polarities)
export const emotion = z.enum(emotions)
export const intent = z.enum(intents)
export const urgency = z.enum(urgencies)
export const spamKind = z.enum(spamKinds)
export type Estimate = z.infer<typeof estimate>
export type Change = z.infer<typeof change>

/** A problem's message and remedy in Chinese, where it is told in both languages. */
export const toldInChinese = z.object({ message: z.string(), remedy: z.string().optional() }).optional()

export const problem = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    remedy: z.string().optional(),
    where: z.string().optional(),
    zh: toldInChinese,
  }),
})
export type ProblemAnswer = z.infer<typeof problem>

/** A period of local days, both ends included. */
export const period = z.object({ from: z.string(), to: z.string() })

/** The same words in both languages. */
export const words = z.object({ zh: z.string(), en: z.string() })
