import type { WrittenPromotion } from '../../api/promotions.ts'

const LUNAR = 'lunar-'
const lunarMark = /^(?:农历|阴历|lunar)[\s-]*/i

/** A day as people write it (6-1, 11.11, 2026/11/11, 农历8-15, 清明), as it is kept: `MM-DD`, `YYYY-MM-DD`, `lunar-MM-DD` or `qingming`; what is no day stays as it is. */
export function dayOf(text: string): string {
  const written = text.trim()
  if (/^(?:清明节?|qingming)$/i.test(written)) return 'qingming'
  const bare = written.replace(lunarMark, '')
  const parts = /^(?:(\d{4})[-./])?(\d{1,2})[-./](\d{1,2})$/.exec(bare)
  if (!parts || (bare !== written && parts[1])) return text
  const [, year, month, date] = parts
  const day = [...(year ? [year] : []), month!.padStart(2, '0'), date!.padStart(2, '0')].join('-')
  return bare === written ? day : `${LUNAR}${day}`
}

/** A day of the calendar as people write it. */
export function writtenDay(day: string, lang: 'zh' | 'en'): string {
  if (day === 'qingming') return { zh: '清明', en: 'Qingming' }[lang]
  return day.startsWith(LUNAR) ? { zh: '农历', en: 'lunar ' }[lang] + day.slice(LUNAR.length) : day
}

/** Does it take a look at the sky to know when it is? */
export const isComputed = (text: string): boolean => /^(lunar-|qingming$)/.test(dayOf(text))

/** 29 February is a day of some years; months of the moon have 29 or 30 days. */
function isDay(text: string): boolean {
  if (text === 'qingming') return true
  if (text.startsWith(LUNAR)) return /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|30)$/.test(text.slice(LUNAR.length))
  if (!/^(\d{4}-)?\d{2}-\d{2}$/.test(text)) return false
  const whole = text.length === 5 ? `2024-${text}` : text
  const at = Date.parse(whole)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(whole)
}

const formOf = (day: string): string => day.replace(/\d\d/g, '0')

/** Why a row of the calendar cannot be kept yet; null where it can. */
export function promotionTrouble({ zh, en, ...days }: WrittenPromotion): 'name' | 'day' | 'forms' | 'order' | null {
  const [from, to] = [dayOf(days.from), dayOf(days.to)]
  if (zh.trim() === '' && en.trim() === '') return 'name'
  if (!isDay(from) || !isDay(to)) return 'day'
  if (formOf(from) !== formOf(to)) return 'forms'
  return /^\d{4}-/.test(from) && from > to ? 'order' : null
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
