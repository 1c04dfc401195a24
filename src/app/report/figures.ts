import type { Estimate } from '../../core/estimate.ts'
import type { Lang, Report } from './shape.ts'

const MINUS = '\u2212'

type Unit = Report['indicators'][number]['unit']

const digits = (value: number, places: number): string => {
  const text = Math.abs(value).toFixed(places)
  return value < 0 && Number(text) !== 0 ? MINUS + text : text
}

/** A level: 86.2%, 41.0, 3.84. */
export const level = (value: number, unit: Unit): string =>
  unit === 'share' ? `${digits(value * 100, 1)}%` : digits(value, unit === 'score' ? 2 : 1)

/** A difference: percentage points for shares, always with its sign. */
export function difference(value: number, unit: Unit, lang: Lang): string {
  const sign = value > 0 ? '+' : ''
  if (unit !== 'share') return `${sign}${digits(value, unit === 'score' ? 2 : 1)}`
  return `${sign}${digits(value * 100, 1)}${lang === 'zh' ? ' 个百分点' : ' pp'}`
}

/** 39.9–42.1, or with minus signs −24 至 −10. */
export function interval(low: number, high: number, unit: Unit, lang: Lang): string {
  const scale = unit === 'share' ? 100 : 1
  const places = unit === 'score' ? 2 : 1
  const [a, b] = [digits(low * scale, places), digits(high * scale, places)]
  return low < 0 || high < 0 ? `${a}${lang === 'zh' ? ' 至 ' : ' to '}${b}` : `${a}–${b}`
}

export function estimateText(estimate: Estimate, unit: Unit, lang: Lang): string {
  const n = `n ${estimate.n.toLocaleString('en')}`
  if (estimate.value === null || estimate.low === null || estimate.high === null)
    return lang === 'zh' ? `说不准（${n}）` : `cannot tell (${n})`
  const label = lang === 'zh' ? '95% 区间' : '95% interval'
  return `${level(estimate.value, unit)} (${label} ${interval(estimate.low, estimate.high, unit, lang)}, ${n})`
}
