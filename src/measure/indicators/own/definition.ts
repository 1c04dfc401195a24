import { z } from 'zod'

/** What a tenant's own indicator is: a closed description. Nothing of it is ever SQL; `compile.ts` writes each part as a literal. */

/** What is counted: records of one kind, or conversations, which are made of voices. */
export const ownTables = ['orders', 'conversations', 'voices', 'events'] as const
export type OwnTable = (typeof ownTables)[number]

const common = ['category', 'product', 'merchant', 'province', 'city', 'channel', 'tier', 'customer'] as const

/** The texts that a condition may ask for, by table. */
export const ownWords = {
  orders: [...common, 'state', 'return_reason', 'source'],
  conversations: [...common, 'kind'],
  voices: [
    ...common,
    'kind',
    'speaker',
    'metric',
    'sentiment',
    'aspect',
    'negative_aspect',
    'scene',
    'emotion',
    'urgency',
    'source',
  ],
  events: [...common, 'name', 'touchpoint', 'source'],
} as const satisfies Record<OwnTable, readonly string[]>

/** The numbers that a condition may bound and of which a mean or a percentile may be taken, by table. A record that lacks one is no case. */
export const ownNumbers = {
  orders: ['amount', 'refund', 'quantity', 'delivery_days', 'days_late', 'days_to_return', 'days_to_cancel'],
  conversations: ['first_answer_minutes', 'handling_minutes'],
  voices: ['rating'],
  events: ['hour'],
} as const satisfies Record<OwnTable, readonly string[]>

type Words<T extends OwnTable> = (typeof ownWords)[T][number]
type Numbers<T extends OwnTable> = (typeof ownNumbers)[T][number]
export type OwnWord = Words<OwnTable>
export type OwnNumber = Numbers<OwnTable>

const finite = z.number().min(-1e12).max(1e12)

const conditionOf = <T extends OwnTable>(table: T) =>
  z.union([
    z.strictObject({
      field: z.enum(ownWords[table] as readonly OwnWord[]),
      in: z.array(z.string().max(200)).min(1).max(50),
      not: z.boolean().optional(),
    }),
    z
      .strictObject({
        number: z.enum(ownNumbers[table] as readonly OwnNumber[]),
        atLeast: finite.optional(),
        atMost: finite.optional(),
      })
      .refine(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, 'give atLeast or atMost')
      .refine(
        ({ atLeast, atMost }) => atLeast === undefined || atMost === undefined || atLeast <= atMost,
        'atLeast lies above atMost',
      ),
  ])
export type OwnCondition = z.infer<ReturnType<typeof conditionOf>>

const definitionOf = <T extends OwnTable>(table: T) =>
  z.strictObject({
    zh: z.string().trim().min(1).max(40),
    en: z.string().trim().min(1).max(60),
    higherIsBetter: z.boolean(),
    table: z.literal(table),
    /** All of these make a case. */
    where: z.array(conditionOf(table)).max(10).default([]),
    of: z.union([
      /** The cases for which all of these hold too, of all cases. */
      z.strictObject({ share: z.array(conditionOf(table)).min(1).max(10) }),
      z.strictObject({ mean: z.enum(ownNumbers[table] as readonly OwnNumber[]) }),
      z.strictObject({ median: z.enum(ownNumbers[table] as readonly OwnNumber[]) }),
      /** So many per cent of the cases lie at or below it. */
      z.strictObject({
        percentile: z.enum(ownNumbers[table] as readonly OwnNumber[]),
        at: z.number().int().min(1).max(99),
      }),
    ]),
  })

export const ownDefinition = z.discriminatedUnion('table', [
  definitionOf('orders'),
  definitionOf('conversations'),
  definitionOf('voices'),
  definitionOf('events'),
])
export type OwnDefinition = z.infer<typeof ownDefinition>

/** The number of which a mean or a percentile is taken, and at how many per cent; none for a share. */
export function measured({ of }: OwnDefinition): { number: OwnNumber; percent: number | null } | null {
  if ('share' in of) return null
  if ('mean' in of) return { number: of.mean, percent: null }
  return 'median' in of ? { number: of.median, percent: 50 } : { number: of.percentile, percent: of.at }
}

/** Every condition of a definition, and every name that it counts by. */
export function namesIn(definition: OwnDefinition): { fields: Set<string>; states: Set<string>; numbers: Set<string> } {
  const { where, of } = definition
  const all = 'share' in of ? [...where, ...of.share] : where
  const texts = all.flatMap((one) => ('field' in one ? [one] : []))
  const number = measured(definition)?.number
  return {
    fields: new Set(texts.map(({ field }) => field)),
    states: new Set(texts.flatMap((one) => (one.field === 'state' ? one.in : []))),
    numbers: new Set([...all.flatMap((one) => ('number' in one ? [one.number] : [])), ...(number ? [number] : [])]),
  }
}
