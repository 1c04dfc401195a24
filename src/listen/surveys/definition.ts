import { z } from 'zod'

/**
 * A survey as data: what is asked, in which order, under which conditions. Every question is a page of its own, so that each answer is
 * saved as it is given, and the same pages work with and without scripts.
 */
export const FORMAT = 'daystar-survey/1'

const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

/** Ids become fields of forms and of stored answers. */
const id = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'an id is 1 to 40 of a-z, 0-9 and "_", and begins with a letter')
  .refine((text) => !(text in {}), 'this word cannot be an id')

/** PostgreSQL keeps no NUL. */
const line = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(1_000)
  .refine((text) => !text.includes('\u0000'), 'holds a character that cannot be stored')
  .transform((text) => text.toWellFormed())
const words = z.strictObject({ zh: line.optional(), en: line.optional() })
export type Words = z.infer<typeof words>

/** One thing that must hold of the answer to an earlier question. All but `skipped` need an answer. */
const test = z.strictObject({
  question: id,
  is: z.enum(['oneOf', 'noneOf', 'atLeast', 'atMost', 'answered', 'skipped']),
  /** Options, for `oneOf` and `noneOf`. */
  values: z.array(id).max(50).optional(),
  /** A score, for `atLeast` and `atMost`. */
  value: z.number().finite().optional(),
})
export type Test = z.infer<typeof test>

const condition = z.strictObject({
  match: z.enum(['all', 'any']).default('all'),
  of: z.array(test).min(1, 'is empty').max(20),
})
export type Condition = z.infer<typeof condition>

/** Where to go after a question: to a later one, or to the end. Without `when`, always. The first that holds counts. */
const jump = z.strictObject({ when: condition.optional(), to: z.union([z.literal('end'), id]) })

const common = {
  id,
  ask: words,
  help: words.optional(),
  required: z.boolean().default(false),
  /** Asked only where this holds. */
  showIf: condition.optional(),
  jumps: z.array(jump).max(20).default([]),
}
const ends = { low: words.optional(), high: words.optional() }
const option = z.strictObject({ id, label: words })
const options = z.array(option).min(1, 'has no choices').max(50)

const question = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('nps'), ...common, ...ends }),
  z.strictObject({ type: z.literal('csat'), ...common, ...ends }),
  z.strictObject({
    type: z.literal('ces'),
    ...common,
    ...ends,
    most: z.union([z.literal(5), z.literal(7)]).default(7),
  }),
  z.strictObject({ type: z.literal('stars'), ...common, most: z.number().int().min(3).max(10).default(5) }),
  z.strictObject({ type: z.literal('single'), ...common, options }),
  z.strictObject({
    type: z.literal('multiple'),
    ...common,
    options,
    /** How many may be chosen; without it, all. */
    atMost: z.number().int().min(1).max(50).optional(),
  }),
  z.strictObject({
    type: z.literal('matrix'),
    ...common,
    rows: z.array(option).min(1, 'has no rows').max(20),
    columns: z.array(option).min(2, 'needs two columns or more').max(10),
  }),
  z.strictObject({
    type: z.literal('text'),
    ...common,
    /** The score that these words explain: both become one voice. */
    explains: id.optional(),
  }),
])
export type Question = z.infer<typeof question>

/** At most so many complete answers, in all or among those of which the condition holds. */
const quota = z.strictObject({ id, most: z.number().int().min(1).max(10_000_000), when: condition.optional() })
export type Quota = z.infer<typeof quota>

export const surveyDefinition = z.strictObject({
  format: z.literal(FORMAT, `should be "${FORMAT}"`),
  /** The first is asked in where the reader's language is not among them. */
  languages: z.array(z.enum(languages)).min(1, 'is empty').max(2),
  title: words,
  /** Said above the first question. */
  intro: words.optional(),
  questions: z.array(question).min(1, 'has no questions').max(60),
  quotas: z.array(quota).max(20).default([]),
  thanks: z.strictObject({ title: words, text: words.optional() }),
})
export type SurveyDefinition = z.infer<typeof surveyDefinition>

/** A scale with its ends, for questions that are answered with a number; else null. */
export function scaleOf(question: Question): { min: number; max: number } | null {
  switch (question.type) {
    case 'nps':
      return { min: 0, max: 10 }
    case 'csat':
      return { min: 1, max: 5 }
    case 'ces':
    case 'stars':
      return { min: 1, max: question.most }
    default:
      return null
  }
}
