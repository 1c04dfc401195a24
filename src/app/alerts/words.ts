import { zoneOffsetMs } from '../../core/clock.ts'
import type { Words } from '../../core/words.ts'
import { reachMs, type Verdict } from '../../measure/alerts/judge.ts'
import type { Rule } from '../../measure/alerts/rule.ts'
import type { Watch } from '../../measure/alerts/watch.ts'

const percent = (value: number): string =>
  `${(100 * value).toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })}%`
const amount = (value: number): string =>
  value < 10 ? String(Number(value.toFixed(1))) : Math.round(value).toLocaleString('en')

function figure({ unit }: Pick<Watch, 'unit'>, value: number): string {
  if (unit === 'mean' && Math.abs(value) < 100) return String(Number(value.toPrecision(3)))
  return unit === 'share' ? percent(value) : amount(value)
}

const pad = (n: number) => String(n).padStart(2, '0')
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A step's beginning in words, to the day, the hour or the minute, in the tenant's zone. */
function momentWords(at: number, step: Rule['step'], zone: string): Words {
  const local = new Date(at + zoneOffsetMs(at, zone))
  const [month, date, hour] = [local.getUTCMonth(), local.getUTCDate(), local.getUTCHours()]
  const minute = local.getUTCMinutes()
  const time = { day: '', hour: ` ${hour} 点`, minutes: ` ${hour} 点${minute === 0 ? '' : ` ${minute} 分`}` }
  return {
    zh: `${month + 1} 月 ${date} 日${time[step]}`,
    en: `${date} ${months[month]}${step === 'day' ? '' : ` ${pad(hour)}:${pad(minute)}`}`,
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
  const expected = figure(watch, (peak.window ?? peak).expected ?? 0)
  const { low, high } = peak.window ?? peak
  const range = low !== null && high !== null ? [figure(watch, low), figure(watch, high)] : null
  const step = stepWords({ rule, watch }, peak)
  const more = direction === 'up'
  const against = {
    zh: againstZh(rule, expected, range),
    en: againstEn(rule, expected, range),
  }
  const n = watch.unit !== 'count' ? { zh: `，n ${rows}`, en: `, n ${rows}` } : { zh: '', en: '' }
  return {
    zh: `${where.zh}：${watch.zh}${more ? '偏高' : '偏低'}，自 ${begun.zh}起，最突出的${step.zh} ${value}（${against.zh}${n.zh}）`,
    en: `${where.en}: ${watch.en} ${more ? 'above' : 'below'} what is usual since ${begun.en}; the most marked ${step.en} had ${value} (${against.en}${n.en})`,
  }
}

/** The step that says most, or the stretch of steps that it took. */
function stepWords({ rule, watch }: Pick<Told, 'rule' | 'watch'>, { window }: Verdict): Words {
  if (!window) return steps[reachMs(rule, watch) === HOUR_MS ? 'hour' : rule.step]
  const [hours, days] = [Math.round(window.ms / HOUR_MS), Math.round(window.ms / 86_400_000)]
  if (rule.step === 'day') return { zh: ` ${days} 天合计`, en: days === 1 ? 'day' : `${days} days` }
  return { zh: ` ${hours} 小时合计`, en: hours === 1 ? 'hour' : `${hours} hours` }
}

const HOUR_MS = 3_600_000
const steps: Readonly<Record<Rule['step'], Words>> = {
  minutes: { zh: '十分钟', en: 'ten minutes' },
  hour: { zh: '一小时', en: 'hour' },
  day: { zh: '一天', en: 'day' },
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
