import { z } from 'zod'
import { epochMs, id, optionalId } from './fields.ts'

const prop = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()])

/** One thing that happened (`{"type":"event", …}` in JSONL). `name` is snake_case, `touchpoint` one of core/touchpoint.ts or free. */
export const eventInput = z.strictObject({
  id: optionalId,
  name: z.string().min(1).max(80),
  at: epochMs,
  zone: z.string().max(40).optional(),
  customerRef: optionalId,
  session: optionalId,
  touchpoint: z.string().max(80).optional(),
  orderId: optionalId,
  productId: optionalId,
  merchantId: optionalId,
  category: z.string().max(80).optional(),
  city: z.string().max(80).optional(),
  channel: z.string().max(40).optional(),
  props: z.record(z.string().max(80), prop).default({}),
  simulated: z.boolean().optional(),
})
export type EventInput = z.infer<typeof eventInput>

/** A product or a merchant as the catalogue knows it (`{"type":"product", …}`): what people read instead of ids. */
export const productInput = z.strictObject({
  id,
  title: z.string().min(1).max(300),
  category: z.string().max(80).optional(),
  merchantId: optionalId,
  merchantName: z.string().max(120).optional(),
  attributes: z.record(z.string().max(80), prop).default({}),
  simulated: z.boolean().optional(),
})
export type ProductInput = z.infer<typeof productInput>
