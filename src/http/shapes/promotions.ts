import { z } from 'zod'
import { formOf } from '../../core/promotions.ts'

const everyYear = /^\d{2}-\d{2}$/
const ofTheMoon = /^lunar-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|30)$/
/** A day of the calendar, `MM-DD` every year (29 February too), `YYYY-MM-DD` once, `lunar-MM-DD` of the Chinese calendar, or `qingming`. */
const promotionDay = z
  .string()
  .refine(
    (value) =>
      value === 'qingming' ||
      ofTheMoon.test(value) ||
      z.iso.date().safeParse(everyYear.test(value) ? `2024-${value}` : value).success,
    'a day is MM-DD every year, YYYY-MM-DD once, lunar-MM-DD of the Chinese calendar, or qingming',
  )

const promotion = z.strictObject({
  id: z.string().max(40),
  zh: z.string().trim().min(1).max(40),
  en: z.string().trim().min(1).max(60),
  from: promotionDay,
  to: promotionDay,
})

export const writtenPromotions = z
  .array(
    promotion
      .partial({ id: true })
      .refine(({ from, to }) => formOf(from) === formOf(to), {
        path: ['to'],
        message: 'both days are written alike',
      })
      .refine(({ from, to }) => formOf(from) !== 'once' || from <= to, {
        path: ['to'],
        message: 'it ends before it begins',
      }),
  )
  .max(60)

/** GET /promotions. `usual`: the tenant has not written its own; `next`: when each is next, or is now. */
export const promotionCalendar = z.object({
  promotions: z.array(promotion),
  next: z.array(z.object({ id: z.string(), from: z.string(), to: z.string() })),
  usual: z.boolean(),
})
export type PromotionCalendar = z.infer<typeof promotionCalendar>
