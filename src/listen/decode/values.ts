import { fromLocal } from '../../core/clock.ts'

const HALF = '上午|下午|凌晨|早上|中午|晚上|[ap]\\.?m\\.?'
const CLOCK = `(${HALF})?\\s*(\\d{1,2})[:：时](\\d{1,2})(?:[:：分](\\d{1,2})(?:[.,](\\d+))?秒?)?分?\\s*(${HALF})?`
const OFFSET = '(Z|(?:UTC|GMT)?\\s*[+-]\\d{1,2}(?::?\\d\\d)?|UTC|GMT)'
const YEAR_FIRST = new RegExp(
  `^(\\d{4})(?:[-/.]|年)(\\d{1,2})(?:[-/.]|月)(\\d{1,2})日?(?:(?:[T\\s]+|(?<=日))${CLOCK}\\s*${OFFSET}?)?$`,
  'i',
)

/**
 * A time as exports write it, as epoch milliseconds: `2017-09-08 20:35:27`, `2017/9/8`, `2017年9月8日 下午8:35`, `Sep 8, 2017 8:35 PM`,
 * `20170908203527` (local to `zone` unless an offset, Z, UTC or GMT follows), or epoch seconds, milliseconds, micro- or nanoseconds by their
 * number of digits, or a spreadsheet's number of days (42986.858, of the years 2000 to 2099, local to `zone`). Undefined where it is none of
 * these: which of 3/4/2017 is the month is never guessed.
 */
export function parseTime(text: string, zone: string): number | undefined {
  return epochIn(text) ?? dayNumber(text, zone) ?? yearFirst(text, zone) ?? yearFirst(numbered(text), zone)
}

function epochIn(text: string): number | undefined {
  if (/^\d{10}(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000)
  return /^(?:\d{13}(?:\.\d+)?|\d{16}|\d{19})$/.test(text) ? Number(text.slice(0, 13)) : undefined
}

const DAY_SECONDS = 86_400
/** Spreadsheets count days from here, so that 1 March 1900 is their 61st. */
const DAY_ZERO = Date.UTC(1899, 11, 30)

/** A day as a spreadsheet holds it where a cell lost its form: whole days, and a share of one, which is exact to the second. */
function dayNumber(text: string, zone: string): number | undefined {
  if (!/^\d{5}(?:\.\d+)?$/.test(text)) return undefined
  const date = new Date(DAY_ZERO + Math.round(Number(text) * DAY_SECONDS) * 1_000)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
  if (year < 2000 || year > 2099) return undefined
  return fromLocal(zone, [year, month, day, date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()])
}

function yearFirst(text: string, zone: string): number | undefined {
  const match = YEAR_FIRST.exec(text)
  if (!match) return undefined
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number]
  const calendar = new Date(Date.UTC(year, month - 1, day))
  if (calendar.getUTCMonth() !== month - 1 || calendar.getUTCDate() !== day) return undefined
  const [before, written = '0', minutes = '0', seconds = '0', part = '', after, offset] = match.slice(4)
  const hour = hourOf(Number(written), before ?? after)
  const [minute, second] = [Number(minutes), Number(seconds)]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const ms = Number(part.slice(0, 3).padEnd(3, '0'))
  if (offset === undefined) return fromLocal(zone, [year, month, day, hour, minute, second]) + ms
  const ahead = aheadOf(offset)
  return ahead === undefined ? undefined : Date.UTC(year, month - 1, day, hour, minute, second, ms) - ahead
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  if (/^p|下午|晚上/i.test(half) || (half === '中午' && hour < 11)) return hour < 12 ? hour + 12 : hour
  return hour === 12 && half !== '中午' ? 0 : hour
}

/** Milliseconds by which local time is ahead of UTC: `+08:00`, `-0530`, `GMT+8`, `Z`. */
function aheadOf(offset: string): number | undefined {
  const [, sign, hours, minutes = '0'] = /([+-])(\d{1,2}):?(\d\d)?$/.exec(offset) ?? []
  if (sign === undefined) return 0
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

const COMPACT = /^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(?:\.\d+)?(Z)?)?$/i
const WEEKDAY = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,?\\s+)?'
const MONTH_FIRST = new RegExp(
  `^${WEEKDAY}(?<month>[a-z]{3,9})\\.?\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})(?<rest>.*)$`,
  'is',
)
const DAY_FIRST = new RegExp(
  `^${WEEKDAY}(?<day>\\d{1,2})(?:st|nd|rd|th)?[\\s-]+(?<month>[a-z]{3,9})\\.?,?[\\s-]+(?<year>\\d{4})(?<rest>.*)$`,
  'is',
)
/** `Sat Mar 04 10:11:12 +0800 2023`, as C and Weibo write it. */
const YEAR_LAST = new RegExp(
  `^${WEEKDAY}(?<month>[a-z]{3})\\s+(?<day>\\d{1,2})\\s+(?<rest>\\d.*?)\\s+(?<year>\\d{4})$`,
  'is',
)
const months = 'january february march april may june july august september october november december'.split(' ')

/** A time whose month is a word, or whose parts are not divided, with its year first and in numbers; any other as it is. */
function numbered(text: string): string {
  const plain = text.normalize('NFKC').trim()
  const compact = COMPACT.exec(plain)
  if (compact) {
    const [, year, month, day, hour = '00', minute = '00', second = '00', utc = ''] = compact
    return `${year}-${month}-${day} ${hour}:${minute}:${second}${utc}`
  }
  const found = [MONTH_FIRST, DAY_FIRST, YEAR_LAST]
    .map((pattern) => pattern.exec(plain)?.groups)
    .find((groups) => groups)
  if (!found) return plain
  const month = months.findIndex((name) => name.startsWith(found.month!.toLowerCase())) + 1
  const clock = found.rest!.replace(/\s*\([^()]*\)$/, '').replace(/^(?:,|\s+at\b)?\s*/i, '')
  return month === 0 ? plain : `${found.year}-${month}-${found.day}${clock === '' ? '' : ` ${clock}`}`
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
  const match = /^(-?\d+(?:\.\d+)?)\s*(?:颗?星级?|分|stars?|(?:out of|\/)\s*(\d+(?:\.\d+)?)(?:\s*stars?)?)?$/.exec(
    plain,
  )
  // `4/10` is no 4 on a scale of five.
  if (match) return match[2] === undefined || Number(match[2]) === scale.max ? Number(match[1]) : undefined
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
