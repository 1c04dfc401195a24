import type { Quoted, Span } from '../core/reading.ts'
import type { Clause, CueFound } from './clauses.ts'
import type { Cues } from './cues.ts'
import type { Mood } from './judgement.ts'
import { isHan } from './text.ts'

/** A condition or a cause that the text names, and the clause that it stands in. */
export interface Circumstance extends Span {
  kind: 'condition' | 'cause'
  clause: number
}

/** The patterns of conditions that count something, made of the lists of verbs and units. */
export interface Patterns {
  /** 用了两天, 装好不到一个月: at a verb. */
  use: RegExp
  /** 背了不到两周: at the verb before 了 or 过, whichever it is. */
  counted: RegExp
  /** …两天 before 就. */
  soon: RegExp
  /** 一开机, 灯一开 before 就. */
  once: RegExp
  /** 翻个身, 喝口水 before 就. */
  mere: RegExp
  /** "after two weeks": at "after". */
  after: RegExp
}

// Shorter words set no condition, and neither do longer stretches.
const LEAST = 2
const MOST = 40
// How many clauses a condition or a cause bears on, before and after its own.
const FAR = 2

export function patternsOf({ condition }: Cues): Patterns {
  const any = (list: readonly string[]) => [...list].sort((a, b) => b.length - a.length).join('|')
  const number = '(?:\\d{1,4}(?:\\.\\d)?|[一二两三四五六七八九十几半数俩仨]{1,3})'
  const amount = `${number}(?:多|来)?个?半?(?:${any(condition.units)})多?`
  const dose = `(?:吃|喝|用|涂|敷|抹|擦|泡|冲|喂)(?:完|了|过){1,2}(?:才)?${number}(?:瓶|盒|袋|包|罐|管|支|片|贴|粒)`
  const about = '(?:不到|没到|没|还不到|还没到|还没|才|大概|大约|差不多|将近|快|有)?'
  const few = '(?:a|an|one|two|three|four|five|six|a few|a couple of|couple|\\d{1,3})'
  return {
    use: new RegExp(`${dose}|(?:${any(condition.verbs)})(?:好|完)?(?:了|过)?${about}${amount}`, 'y'),
    counted: new RegExp(`[\\u4e00-\\u9fff](?:好|完)?(?:了|过)${about}${amount}`, 'y'),
    soon: new RegExp(
      `(?:[\\u4e00-\\u9fff](?:好|完)?[了过上]|[翻洗穿戴用吃喝跑骑坐试])?(?:不到|没过?|才|第|过了?)?${amount}(?:(?:没|不)[\\u4e00-\\u9fff]{1,2}|之?后|以后)?$`,
    ),
    once: /(?:(?<=^[\s，,]?)[\u4e00-\u9fff]{1,2})?一(?![直般点样定下些共旦起个次会])[\u4e00-\u9fff]{1,6}$/,
    mere: /(?![一二三四五六七八九十两几半多每这那不有给是整])[\u4e00-\u9fff](?:个|口|把|趟|场|下|会儿?)[\u4e00-\u9fff]{0,3}$/,
    after: new RegExp(
      `(?:after|within|in less than|not even|barely)(?: only| just| about)? ${few} ?(?:more )?(?:minute|hour|day|week|month|year|use|wash|charge|cycle)(?:s|es)?(?: of use)?`,
      'y',
    ),
  }
}

/** Finds the conditions and causes of a text. `folded` is the text in lower case and half width, unit by unit. */
export function circumstancesOf(
  folded: string,
  clauses: readonly Clause[],
  moods: readonly Mood[],
  patterns: Patterns,
) {
  const found: Circumstance[] = []
  for (let i = 0; i < clauses.length; i++) {
    const clause = clauses[i]!
    for (const cue of clause.cues) {
      const one = circumstanceAt(folded, clauses, i, cue, patterns)
      if (!one) continue
      const wished =
        one.kind === 'condition' && (moods[i]!.regret || moods[i + 1]?.regret) && cue.cue === 'condition.open'
      const last = found.at(-1)
      const covered = last && last.kind === one.kind && one.start < last.end
      if (!wished && !covered) found.push(one)
    }
  }
  return found
}

function circumstanceAt(
  folded: string,
  clauses: readonly Clause[],
  index: number,
  cue: CueFound,
  patterns: Patterns,
): Circumstance | null {
  const clause = clauses[index]!
  const condition = (start: number, end: number) => tidy(folded, 'condition', index, start, end)
  const cause = (start: number, end: number, at = index) => tidy(folded, 'cause', at, start, end)
  switch (cue.cue) {
    case 'condition.open': {
      const then = clause.cues.find((other) => other.cue === 'condition.follows' && other.start >= cue.end + 1)
      return condition(cue.start, then?.start ?? clause.end)
    }
    case 'condition.close':
      return cue.start - clause.start >= LEAST ? condition(clause.start, cue.end) : null
    case 'condition.verbs': {
      const end = endOf(patterns.use, folded, cue.start, clause.end)
      return end === null ? null : condition(cue.start, end)
    }
    case 'condition.counted': {
      const verb = folded[cue.start - 1] ?? ''
      const start = cue.start - (verb === '好' || verb === '完' ? 2 : 1)
      if (start < clause.start || IDLE.has(folded[start]!)) return null
      const end = endOf(patterns.counted, folded, start, clause.end)
      return end === null ? null : condition(start, end)
    }
    case 'condition.after': {
      const end = endOf(patterns.after, folded, cue.start, clause.end)
      return end === null ? null : condition(cue.start, end)
    }
    case 'condition.follows': {
      const from = Math.max(clause.start, cue.start - 12)
      // The sign keeps what is cut off from looking like the clause's beginning.
      const before = (from > clause.start ? '…' : '') + folded.slice(from, cue.start)
      const match = patterns.soon.exec(before) ?? patterns.once.exec(before) ?? patterns.mere.exec(before)
      return match ? condition(cue.start - match[0].length, cue.start) : null
    }
    case 'cause.open':
      return cause(cue.end, clause.end)
    case 'cause.close':
      return cue.start - clause.start >= LEAST ? cause(clause.start, cue.start) : causeBefore()
    case 'cause.so':
      return causeBefore()
    default:
      return null
  }

  function causeBefore(): Circumstance | null {
    const previous = clauses[index - 1]
    if (!previous || previous.sentence !== clause.sentence || previous.cues.some((one) => one.cue === 'cause.open'))
      return null
    return cause(previous.start, previous.end, index - 1)
  }
}

// What is done without the goods: 等了三天, 问了两遍.
const IDLE = new Set('等花坏退催打拖找问说讲聊少多漏发走送寄赔亏晚迟早降涨差碎烂掉')

function endOf(pattern: RegExp, folded: string, start: number, limit: number): number | null {
  pattern.lastIndex = start
  const match = pattern.exec(folded)
  return match && start + match[0].length <= limit ? start + match[0].length : null
}

const OUTER = /[\s，,。.!！?？;；:：、~～…"“”'‘’()（）[\]【】]/

// 每次洗澡都 holds no more than 每次洗澡.
const EVER = /[都总就也会]/

/** The stretch without the signs around it; null where too little or too much is left. */
function tidy(
  folded: string,
  kind: Circumstance['kind'],
  clause: number,
  from: number,
  to: number,
): Circumstance | null {
  let [start, end] = [from, to]
  while (start < end && OUTER.test(folded[start]!)) start++
  while (end > start && (OUTER.test(folded[end - 1]!) || (kind === 'condition' && EVER.test(folded[end - 1]!)))) end--
  const least = isHan(folded.charCodeAt(start)) ? LEAST : LEAST * 2
  return end - start < least || end - start > MOST ? null : { kind, clause, start, end }
}

// What is left over at the end of a condition that runs into what it bears on.
const DANGLING = /[\s，,]*(?:\b(?:it|the|this|and|then|my|is|was)\b\s*)*[都总就也会]*$/i

/** "When I turn it on it smells": a condition reaches as far as what is said under it. A cause that holds it is none of it. */
function upTo(text: string, one: Circumstance, about: readonly Span[]): Circumstance | null {
  const within = about.filter((span) => span.start >= one.start && span.end <= one.end)
  if (within.length === 0) return one
  if (one.kind === 'cause') return null
  const words = text.slice(one.start, Math.min(...within.map((span) => span.start))).replace(DANGLING, '')
  return words.length >= LEAST + 1 ? { ...one, end: one.start + words.length } : null
}

// 就 in 用了两天就漏水 gives the condition to what it introduces, and to nothing after it.
const BOUND = /^\s*(?:就|便|立马|立刻)/

/** Whether a condition of an earlier clause still holds here: where it stood alone, or on the same side of a turn in the goods' own use. */
function reaches(text: string, one: Circumstance, clauses: readonly Clause[], index: number, lived: boolean): boolean {
  if (one.clause === index) return true
  const home = clauses[one.clause]!
  const isTaken = [...home.marks, ...home.tokens.filter(({ judges }) => judges)].some(({ start }) => start >= one.end)
  if (!isTaken) return true
  const turns = clauses.slice(one.clause + 1, index + 1).some(({ contrast }) => contrast)
  return lived && !turns && !BOUND.test(text.slice(one.end, home.end))
}

/**
 * The condition and the cause that bear on what is said in a clause at `about`, as quotes of the text. `lived`: it is said of the goods in
 * use, not of their price, parcel or service.
 */
export function bearingOn(
  text: string,
  all: readonly Circumstance[],
  clauses: readonly Clause[],
  index: number,
  about: readonly Span[],
  lived: boolean,
): { condition: Quoted | null; cause: Quoted | null } {
  const { sentence } = clauses[index]!
  let condition: Circumstance | null = null
  let cause: Circumstance | null = null
  for (const whole of all) {
    const far = index - whole.clause
    if (clauses[whole.clause]!.sentence !== sentence || far > FAR || far < (whole.kind === 'cause' ? -FAR : 0)) continue
    if (whole.kind === 'condition' && !reaches(text, whole, clauses, index, lived)) continue
    const one = upTo(text, whole, about)
    if (!one) continue
    const known = one.kind === 'condition' ? condition : cause
    if (known && Math.abs(index - known.clause) <= Math.abs(far)) continue
    if (one.kind === 'condition') condition = one
    else cause = one
  }
  const quote = (span: Circumstance | null) =>
    span && { text: text.slice(span.start, span.end), start: span.start, end: span.end }
  return { condition: quote(condition), cause: quote(cause) }
}
