import { zoneOffsetMs } from '../../core/clock.ts'
import type { Words } from '../../core/words.ts'
import type { Verdict } from '../../measure/alerts/judge.ts'
import type { Rule } from '../../measure/alerts/rule.ts'
import type { Watch } from '../../measure/alerts/watch.ts'

const percent = (value: number): string => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)}%`
const amount = (value: number): string =>
  value < 10 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value))

export const figure = (watch: Pick<Watch, 'unit'>, value: number): string =>
  watch.unit === 'share' ? percent(value) : amount(value)

const pad = (n: number) => String(n).padStart(2, '0')
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A step's beginning in words, to the day or the hour, in the tenant's zone. */
export function momentWords(at: number, step: Rule['step'], zone: string): Words {
  const local = new Date(at + zoneOffsetMs(at, zone))
  const [month, date, hour] = [local.getUTCMonth(), local.getUTCDate(), local.getUTCHours()]
  return {
    zh: `${month + 1} 月 ${date} 日${step === 'hour' ? ` ${hour} 点` : ''}`,
    en: `${date} ${months[month]}${step === 'hour' ? ` ${pad(hour)}:00` : ''}`,
  }
}

interface Told {
  watch: Watch
  rule: Rule
  where: Words
  direction: 'up' | 'down'
  since: number
  peak: Verdict
  zone: string
}

/** What, where, since when, how much against what was expected, on how many. */
export function headline({ watch, rule, where, direction, since, peak, zone }: Told): Words {
  const begun = momentWords(since, rule.step, zone)
  const { value: seen, n: rows } = peak.window ?? peak
  const value = figure(watch, seen ?? 0)
  const expected = figure(watch, peak.expected ?? 0)
  const range = peak.low !== null && peak.high !== null ? [figure(watch, peak.low), figure(watch, peak.high)] : null
  const step = stepWords(rule, peak)
  const more = direction === 'up'
  const against = {
    zh: againstZh(rule, expected, range),
    en: againstEn(rule, expected, range),
  }
  const n = watch.unit === 'share' ? { zh: `，n ${rows}`, en: `, n ${rows}` } : { zh: '', en: '' }
  return {
    zh: `${where.zh}：${watch.zh}${more ? '偏高' : '偏低'}，自 ${begun.zh}起，最突出的${step.zh} ${value}（${against.zh}${n.zh}）`,
    en: `${where.en}: ${watch.en} ${more ? 'above' : 'below'} what is usual since ${begun.en}; the most marked ${step.en} had ${value} (${against.en}${n.en})`,
  }
}

/** The step that says most, or the stretch of steps that it took. */
function stepWords(rule: Rule, { window }: Verdict): Words {
  if (!window) return { zh: rule.step === 'hour' ? '一小时' : '一天', en: rule.step === 'hour' ? 'hour' : 'day' }
  const unit = rule.step === 'hour' ? 3_600_000 : 86_400_000
  const steps = Math.round(window.ms / unit)
  return {
    zh: ` ${steps} ${rule.step === 'hour' ? '小时合计' : '天合计'}`,
    en: `${steps} ${rule.step === 'hour' ? 'hours' : 'days'}`,
  }
}

function againstZh(rule: Rule, expected: string, range: string[] | null): string {
  if (rule.judge.kind === 'threshold') return `阈值 ${expected}`
  if (rule.judge.kind === 'change') return `上周同期 ${expected}`
  return `预期 ${expected}${range ? `，95% 区间 ${range[0]}–${range[1]}` : ''}`
}

function againstEn(rule: Rule, expected: string, range: string[] | null): string {
  if (rule.judge.kind === 'threshold') return `threshold ${expected}`
  if (rule.judge.kind === 'change') return `a week before ${expected}`
  return `expected ${expected}${range ? `, 95% interval ${range[0]}–${range[1]}` : ''}`
}
