import type { Span } from '../core/reading.ts'

// Only where 没有 speaks of nothing else: 边角圆润没有毛刺 denies no roundness.
const DENIED =
  /^(?:一个|一点)?[也都]?(?:没有|木有|没见)(?:出现|发现|发生|遇到|[了的啊呢哦吧呀哈嘛过到几]|(?!\p{Script=Han})|$)/u
const BEGINS_DENIAL = new Set('没也都一木')
// A phrase of praise that begins so denies a complaint: 不刺眼, 没有异味.
const DENYING = /^(?:几乎|基本|完全|丝毫|一点儿?[都也]?)?(?:[不没无未零]|[听闻看]不)/
// What shall stop is there: 别再推卸责任.
const NO_MORE = /(?:别|不要|勿)(?:再|老|总)是?\p{Script=Han}{0,2}$/u
// So little of it that it is not there: 噪音几乎为零.
const HARDLY_ANY =
  /^(?:都|也|基本上?|几乎|可以说|大概|简直|差不多)*(?:(?<=[都也])没有?(?=[^\p{Script=Han}]|$)|是零|为零|为0|等于零|等于没有|接近于?零|可以忽略|可忽略|忽略不计|微乎其微)/u

/** Whether what ends at `end` is denied right after it, within a clause that ends at `limit`: 坏果也没有. */
export function isDenied(text: string, end: number, limit: number): boolean {
  return BEGINS_DENIAL.has(text[end] ?? '') && DENIED.test(text.slice(end, Math.min(end + 8, limit)))
}

/** Whether a phrase praises by denying: 不刺眼. */
export const denies = (text: string, { start, end }: Span): boolean => DENYING.test(text.slice(start, end))

/** Whether what begins at `start` is told to stop, in a clause from `from` on: 别再推卸责任. */
export const shallStop = (text: string, from: number, start: number): boolean =>
  NO_MORE.test(text.slice(Math.max(from, start - 6), start))

/** How many units after `end`, before `limit`, say that there is hardly any of what was named: 噪音几乎为零; 0 where they do not. */
export const hardlyAny = (text: string, end: number, limit: number): number =>
  HARDLY_ANY.exec(text.slice(end, Math.min(end + 12, limit)))?.[0].length ?? 0
