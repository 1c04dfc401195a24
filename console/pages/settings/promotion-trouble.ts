import type { WrittenPromotion } from '../../api/promotions.ts'

const day = /^(\d{4}-)?\d{2}-\d{2}$/

/** 29 February is a day of some years. */
function isDay(text: string): boolean {
  if (!day.test(text)) return false
  const whole = text.length === 5 ? `2024-${text}` : text
  const at = Date.parse(whole)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(whole)
}

/** Why a row of the calendar cannot be kept yet; null where it can. */
export function promotionTrouble({ zh, en, from, to }: WrittenPromotion): 'name' | 'day' | 'forms' | 'order' | null {
  if (zh.trim() === '' && en.trim() === '') return 'name'
  if (!isDay(from) || !isDay(to)) return 'day'
  if (from.length !== to.length) return 'forms'
  return from.length > 5 && from > to ? 'order' : null
}

/** A name in one language is the other's too. */
export const whole = (one: WrittenPromotion): WrittenPromotion => ({
  ...one,
  zh: one.zh.trim() || one.en.trim().slice(0, 40),
  en: one.en.trim() || one.zh.trim(),
})
