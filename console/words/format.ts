import type { Lang } from '../look/boot.ts'

/**
 * How numbers, intervals, money and time are written in both languages. Everything here is pure: `now` is an argument.
 * Shares come in as 0–1 and are shown in per cent; NPS as points; other scores as they are.
 */
export type Unit = 'share' | 'points' | 'score' | 'minutes' | 'days' | 'amount' | 'count'

export const MINUS = '−'
const locale = { zh: 'zh-CN', en: 'en-GB' } as const

function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return value < 0 && Number(text.replaceAll(',', '')) !== 0 ? MINUS + text : text
}

/** Words that stand by themselves begin with a capital; Chinese has none. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** 18519 → 18,519. */
export function count(value: number): string {
  return fixed(Math.round(value), 0)
}

/** Large counts on a narrow place: 38.2 万 / 382k. */
export function roughCount(value: number, lang: Lang): string {
  if (lang === 'zh')
    return value >= 1e8 ? `${fixed(value / 1e8, 1)} 亿` : value >= 1e5 ? `${fixed(value / 1e4, 1)} 万` : count(value)
  return value >= 1e6 ? `${fixed(value / 1e6, 1)}M` : value >= 1e5 ? `${fixed(value / 1e3, 0)}k` : count(value)
}

const scale = (unit: Unit) => (unit === 'share' ? 100 : 1)
const digitsOf = (unit: Unit) => (unit === 'score' || unit === 'amount' || unit === 'count' ? 2 : 1)

/** The bare number of a level: 0.862 as a share → 86.2. */
export function level(value: number, unit: Unit): string {
  return fixed(value * scale(unit), digitsOf(unit))
}

const levelUnits = {
  share: { zh: '%', en: '%' },
  points: { zh: '', en: '' },
  score: { zh: '', en: '' },
  minutes: { zh: ' 分钟', en: ' min' },
  days: { zh: ' 天', en: ' days' },
  amount: { zh: '', en: '' },
  count: { zh: '', en: '' },
} as const satisfies Record<Unit, Record<Lang, string>>

/** What is written behind a level. */
export const levelUnit = (unit: Unit, lang: Lang = 'en'): string => levelUnits[unit][lang]

/** For axes: without the noughts that a shared number of digits would give, 10.0% as 10%, −1.00 as −1. */
export const shortened = (text: string) => text.replace(/\.0+(?!\d)/, '')

/** A level with its unit: 86.2%. */
export function levelText(value: number | null, unit: Unit, lang: Lang = 'en'): string {
  return value === null ? '—' : level(value, unit) + levelUnit(unit, lang)
}

/** A difference, signed: +6.8. */
export function signed(value: number, unit: Unit): string {
  const text = fixed(value * scale(unit), digitsOf(unit))
  return text.startsWith(MINUS) || Number(text.replaceAll(',', '')) === 0 ? text : `+${text}`
}

/** The unit of a difference: percentage points for shares, points for NPS, 分 for scores. */
export function differenceUnit(unit: Unit, lang: Lang): string {
  if (unit === 'share') return lang === 'zh' ? '个百分点' : 'pp'
  if (unit === 'minutes' || unit === 'days') return levelUnit(unit, lang).trim()
  if (unit === 'amount' || unit === 'count') return ''
  return lang === 'zh' ? '分' : 'points'
}

/** 39.9–42.1; with a minus in it −24 至 −10 / −24 to −10. */
export function joinRange(low: string, high: string, lang: Lang): string {
  if (!low.startsWith(MINUS) && !high.startsWith(MINUS)) return `${low}–${high}`
  return lang === 'zh' ? `${low} 至 ${high}` : `${low} to ${high}`
}

export function range(low: number, high: number, unit: Unit, lang: Lang): string {
  return joinRange(level(low, unit), level(high, unit), lang)
}

interface Amount {
  /** With the currency's sign: ¥38.6 */
  text: string
  /** 万, 亿, k or M; empty below. */
  unit: string
}

/** Minor units of a currency: 100 for CNY, 1 for JPY. */
export function minorUnits(currency: string): number {
  try {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    return 10 ** (maximumFractionDigits ?? 2)
  } catch {
    return 100
  }
}

function sign(currency: string): string {
  if (currency === 'CNY' || currency === 'JPY') return '¥'
  try {
    const parts = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    }).formatToParts(0)
    const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency
    return symbol.length > 1 ? `${symbol} ` : symbol
  } catch {
    return `${currency} `
  }
}

function moneyStep(major: number, lang: Lang): { by: number; unit: string; digits: number } {
  if (lang === 'zh') {
    if (major >= 1e8) return { by: 1e8, unit: '亿', digits: 1 }
    return major >= 1e4 ? { by: 1e4, unit: '万', digits: 1 } : { by: 1, unit: '', digits: 0 }
  }
  if (major >= 1e6) return { by: 1e6, unit: 'M', digits: 1 }
  return major >= 1e4 ? { by: 1e3, unit: 'k', digits: 0 } : { by: 1, unit: '', digits: 0 }
}

/** 38 600 000 fen → ¥38.6 and 万. */
export function money(minor: number, currency: string, lang: Lang): Amount {
  const major = minor / minorUnits(currency)
  const step = moneyStep(Math.abs(major), lang)
  const text = fixed(Math.abs(major) / step.by, step.digits)
  return { text: `${major < 0 ? MINUS : ''}${sign(currency)}${text}`, unit: step.unit }
}

const joinUnit = (amount: Amount, lang: Lang) =>
  amount.text + (amount.unit && lang === 'zh' ? ` ${amount.unit}` : amount.unit)

export function moneyText(minor: number, currency: string, lang: Lang): string {
  return joinUnit(money(minor, currency, lang), lang)
}

/** Both ends in the unit of the larger one: ¥24.1–53.0 万. */
export function moneyRange(low: number, high: number, currency: string, lang: Lang): string {
  const per = minorUnits(currency)
  const step = moneyStep(Math.max(Math.abs(low), Math.abs(high)) / per, lang)
  const write = (minor: number) => fixed(minor / per / step.by, step.digits)
  const text = joinRange(write(low), write(high), lang)
  const unit = step.unit && lang === 'zh' ? ` ${step.unit}` : step.unit
  return text.startsWith(MINUS) ? `${text}${unit} (${sign(currency).trim()})` : `${sign(currency)}${text}${unit}`
}

/** A local day, `YYYY-MM-DD`: 11 月 3 日, with the year only where it is not this one. */
export function day(iso: string, lang: Lang, thisYear: number): string {
  const [year = 0, month = 1, date = 1] = iso.split('-').map(Number)
  if (lang === 'zh') return `${year === thisYear ? '' : `${year} 年 `}${month} 月 ${date} 日`
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', timeZone: 'UTC' }
  if (year !== thisYear) options.year = 'numeric'
  return new Intl.DateTimeFormat(locale.en, options).format(Date.UTC(year, month - 1, date))
}

/** For axes: 11/3. */
export function shortDay(iso: string): string {
  const [, month, date] = iso.split('-').map(Number)
  return `${month}/${date}`
}

/** The local day of a moment, `YYYY-MM-DD`. */
export function dayOf(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    at,
  )
}

function timeOf(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at)
}

/** A moment as files hold it, by the clock of the zone: 2026-11-24T19:00+08:00. It reads the same in any language and on any later day. */
export function stamp(at: number, zone: string): string {
  const written = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at)
  const offset = written.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00'
  return `${dayOf(at, zone)}T${timeOf(at, zone)}${offset}`
}

export function shiftDay(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** 今天 07:52、昨天 23:40、11 月 3 日；another year shows its year. */
export function moment(at: number, zone: string, lang: Lang, now: number): string {
  const that = dayOf(at, zone)
  const today = dayOf(now, zone)
  if (that === today) return `${lang === 'zh' ? '今天' : 'Today'} ${timeOf(at, zone)}`
  if (that === shiftDay(today, -1)) return `${lang === 'zh' ? '昨天' : 'Yesterday'} ${timeOf(at, zone)}`
  return day(that, lang, Number(today.slice(0, 4)))
}

/**
 * A sentence into which moments were put: an English one writes them small but at its head, a Chinese one joins its words to them
 * without the half space that stands before digits (自昨天 00:00, 自 11 月 3 日).
 */
export const withMoments = (sentence: string): string =>
  sentence
    .replace(/(?<=[^.!?:·\s] )(?:Today|Yesterday)(?= \d\d:\d\d)/gu, (word) => word.toLowerCase())
    .replace(/(?<=\p{sc=Han}) (?=(?:今天|昨天) \d\d:\d\d)/gu, '')

/** A moment always with its time of day, for deadlines: 11 月 25 日 09:30. */
export function exactMoment(at: number, zone: string, lang: Lang, now: number): string {
  const text = moment(at, zone, lang, now)
  const time = timeOf(at, zone)
  return text.endsWith(time) ? text : `${text} ${time}`
}

/** Under 10 hours a clock, 02:35; above it words, 18 小时 40 分; above two days, 3 天 4 小时. */
export function duration(ms: number, lang: Lang): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  const hours = Math.floor(minutes / 60)
  if (hours < 10) return `${String(hours).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  const days = Math.floor(hours / 24)
  if (lang === 'zh') return days >= 2 ? `${days} 天 ${hours % 24} 小时` : `${hours} 小时 ${minutes % 60} 分`
  return days >= 2 ? `${days} d ${hours % 24} h` : `${hours} h ${minutes % 60} min`
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

/** The moment at which a local day begins in a zone. */
export function startOfDay(iso: string, zone: string): number {
  const asIfUtc = Date.parse(`${iso}T00:00:00Z`)
  const offsetAt = (at: number) => {
    const parts = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }).formatToParts(at)
    const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute')) - at
  }
  // Twice, since the offset at the first guess may be that of the other side of a change of clocks.
  const guess = asIfUtc - offsetAt(asIfUtc)
  return asIfUtc - offsetAt(guess)
}
