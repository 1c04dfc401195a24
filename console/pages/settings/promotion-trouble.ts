import type { WrittenPromotion } from '../../api/promotions.ts'

/** A day as people write it (6-1, 11.11, 2026/11/11), as it is kept: `MM-DD` or `YYYY-MM-DD`; what is no day stays as it is. */
export function dayOf(text: string): string {
  const parts = /^(?:(\d{4})[-./])?(\d{1,2})[-./](\d{1,2})$/.exec(text.trim())
  if (!parts) return text
  const [, year, month, date] = parts
  return [...(year ? [year] : []), month!.padStart(2, '0'), date!.padStart(2, '0')].join('-')
}

/** 29 February is a day of some years. */
function isDay(text: string): boolean {
  if (!/^(\d{4}-)?\d{2}-\d{2}$/.test(text)) return false
  const whole = text.length === 5 ? `2024-${text}` : text
  const at = Date.parse(whole)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(whole)
}

/** Why a row of the calendar cannot be kept yet; null where it can. */
export function promotionTrouble({ zh, en, ...days }: WrittenPromotion): 'name' | 'day' | 'forms' | 'order' | null {
  const [from, to] = [dayOf(days.from), dayOf(days.to)]
  if (zh.trim() === '' && en.trim() === '') return 'name'
  if (!isDay(from) || !isDay(to)) return 'day'
  if (from.length !== to.length) return 'forms'
  return from.length > 5 && from > to ? 'order' : null
}

/** A row in which nothing is written yet: it is neither wrong nor kept. */
export const isBlank = ({ zh, en, from, to }: WrittenPromotion): boolean => `${zh}${en}${from}${to}`.trim() === ''

/** A name in one language is the other's too. */
export const whole = (one: WrittenPromotion): WrittenPromotion => ({
  ...one,
  from: dayOf(one.from),
  to: dayOf(one.to),
  zh: one.zh.trim() || one.en.trim().slice(0, 40),
  en: one.en.trim() || one.zh.trim(),
})
