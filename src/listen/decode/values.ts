import { fromLocal } from '../../core/clock.ts'

const LOCAL =
  /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[T\s]+(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})(?:[.,]\d+)?秒?)?分?)?$/
const WITH_OFFSET = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/

/**
 * A time as exports write it, as epoch milliseconds: `2017-09-08 20:35:27`, `2017/9/8`, `2017年9月8日 20:35` (local to `zone`), ISO 8601
 * with an offset, or 10 or 13 digits of epoch seconds or milliseconds. Undefined where it is none of these: day and month are never guessed.
 */
export function parseTime(text: string, zone: string): number | undefined {
  if (/^\d{13}$/.test(text)) return Number(text)
  if (/^\d{10}$/.test(text)) return Number(text) * 1_000
  if (WITH_OFFSET.test(text)) return Date.parse(text.replace(' ', 'T')) || undefined
  const match = LOCAL.exec(text)
  if (!match) return undefined
  const [year, month, day, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part ?? 0))
  const calendar = new Date(Date.UTC(year!, month! - 1, day!))
  const onCalendar = calendar.getUTCMonth() === month! - 1 && calendar.getUTCDate() === day
  if (!onCalendar || hour > 23 || minute > 59 || second > 59) return undefined
  return fromLocal(zone, [year!, month!, day!, hour, minute, second])
}

export interface Scale {
  min: number
  max: number
}

const best = new Set(['好评', '满意', '非常满意', 'positive', 'good', '正面'])
const middle = new Set(['中评', '一般', 'neutral', '中性'])
const worst = new Set(['差评', '不满意', '非常不满意', 'negative', 'bad', '负面'])
const numerals: Record<string, number> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5 }

/** A rating as exports write it: `4`, `4.5`, `5星`, `五星`, `★★★★☆`, `4 out of 5 stars`, `4/5`, or 好评 / 中评 / 差评 as the ends and middle of the scale. */
export function parseRating(text: string, scale: Scale): number | undefined {
  const plain = text.normalize('NFKC').trim().toLowerCase()
  const match = /^(-?\d+(?:\.\d+)?)\s*(?:星级?|分|stars?|(?:out of|\/)\s*\d+(?:\.\d+)?(?:\s*stars?)?)?$/.exec(plain)
  if (match) return Number(match[1])
  if (best.has(plain)) return scale.max
  if (middle.has(plain)) return (scale.min + scale.max) / 2
  if (worst.has(plain)) return scale.min
  const named = /^([一二两三四五])星?$/.exec(plain)
  if (named) return numerals[named[1]!]
  if (/^★+☆*$/.test(plain)) return [...plain].filter((star) => star === '★').length
  return undefined
}

export function parseNumber(text: string): number | undefined {
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
}

/** Platforms hide names (`张***3`, 匿名用户): many people share what is left, so it names nobody. */
export function isMasked(reference: string): boolean {
  return /[*＊]|匿名|anonymous/i.test(reference)
}
