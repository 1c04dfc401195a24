import type { z } from 'zod'
import { type EventInput, eventInput, type ProductInput, productInput } from '../core/event.ts'
import { type OrderInput, orderInput } from '../core/order.ts'
import { type VoiceInput, voiceInput } from '../core/voice.ts'

/** What a batch holds. A batch is all of one kind. */
export const recordKinds = ['voices', 'events', 'orders', 'products'] as const
export type RecordKind = (typeof recordKinds)[number]

export type InputOf = { voices: VoiceInput; events: EventInput; orders: OrderInput; products: ProductInput }
export type Input = InputOf[RecordKind]

/** A record as the inbox keeps it: parsed, identified, masked. Only products have no zone. */
export type Kept<K extends RecordKind = RecordKind> = InputOf[K] & { id: string; zone?: string }

export const schemas: { [K in RecordKind]: z.ZodType<InputOf[K]> } = {
  voices: voiceInput,
  events: eventInput,
  orders: orderInput,
  products: productInput,
}
