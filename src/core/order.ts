import { z } from 'zod'
import { amountMinor, epochMs, id, optionalEpochMs, optionalId } from './fields.ts'

const orderLine = z.strictObject({
  /** The shop's own number of the line, by which a return that comes apart from the order may name it. */
  id: optionalId.optional(),
  productId: optionalId,
  category: z.string().max(80).optional(),
  quantity: z.number().int().positive().default(1),
  /** What the customer paid for the line, all units together, in the order's minor unit. */
  amountMinor: amountMinor.default(0),
  returnedAt: optionalEpochMs,
  returnReason: z.string().max(500).optional(),
  refundMinor: amountMinor.optional(),
})

/**
 * An order with what became of it (`{"type":"order", …}` in JSONL). A later record with the same id replaces the earlier one:
 * by `updatedAt` where given, else by arrival. Times are moments; lateness is judged by local calendar date.
 */
export const orderInput = z.strictObject({
  id,
  lines: z.array(orderLine).min(1).max(200),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency is its ISO 4217 code, such as CNY')
    .default('CNY'),
  orderedAt: epochMs,
  promisedAt: optionalEpochMs,
  shippedAt: optionalEpochMs,
  deliveredAt: optionalEpochMs,
  /** For goods that need installing: the day it was promised for, and when it was done. */
  installPromisedAt: optionalEpochMs,
  installedAt: optionalEpochMs,
  cancelledAt: optionalEpochMs,
  updatedAt: optionalEpochMs,
  zone: z.string().max(40).optional(),
  customerRef: optionalId,
  merchantId: optionalId,
  city: z.string().max(80).optional(),
  channel: z.string().max(40).optional(),
  /** Other facts of the operation, such as freight or number of sellers; candidates for drivers. */
  facts: z.record(z.string().max(80), z.union([z.string().max(200), z.number(), z.boolean()])).default({}),
  simulated: z.boolean().optional(),
})
export type OrderInput = z.infer<typeof orderInput>
