import { z } from 'zod'

const everyYear = /^\d{2}-\d{2}$/
/** A day of the calendar, `MM-DD` every year (29 February too) or `YYYY-MM-DD` once. */
const promotionDay = z
  .string()
  .refine(
    (value) => z.iso.date().safeParse(everyYear.test(value) ? `2024-${value}` : value).success,
    'a day is MM-DD every year, or YYYY-MM-DD once',
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
      .refine(({ from, to }) => from.length === to.length, {
        path: ['to'],
        message: 'both days with a year, or neither',
      })
      .refine(({ from, to }) => from.length === 5 || from <= to, { path: ['to'], message: 'it ends before it begins' }),
  )
  .max(60)

/** GET /promotions. `usual`: the tenant has not written its own. */
export const promotionCalendar = z.object({ promotions: z.array(promotion), usual: z.boolean() })
export type PromotionCalendar = z.infer<typeof promotionCalendar>
