import { z } from 'zod'

/** What a tenant's own indicator is: a closed description. Nothing of it is ever SQL; `compile.ts` writes each part as a literal. */

export const ownTables = ['voices', 'orders', 'events'] as const
export type OwnTable = (typeof ownTables)[number]

const common = ['category', 'product', 'merchant', 'city', 'channel', 'source'] as const

/** The texts that a condition may ask for, by table. */
export const ownWords = {
  voices: [...common, 'kind', 'metric', 'speaker', 'sentiment', 'emotion', 'urgency'],
  orders: [...common, 'return_reason'],
  events: [...common, 'name', 'touchpoint'],
} as const satisfies Record<OwnTable, readonly string[]>

/** The numbers that a condition may bound and of which a mean or a median may be taken, by table. A record that lacks one is no case. */
export const ownNumbers = {
  voices: ['rating'],
  orders: ['amount', 'refund', 'quantity', 'delivery_days', 'days_late', 'days_to_return', 'days_to_cancel'],
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
      .refine(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, 'give atLeast or atMost'),
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
    ]),
  })

export const ownDefinition = z.discriminatedUnion('table', [
  definitionOf('voices'),
  definitionOf('orders'),
  definitionOf('events'),
])
export type OwnDefinition = z.infer<typeof ownDefinition>
