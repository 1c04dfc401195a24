import { type Intent, intents, type Polarity, type Urgency } from '../core/reading.ts'
import type { Clause, CueFound } from './clauses.ts'
import { before, type Mood } from './judgement.ts'
import type { Judged } from './mentions.ts'

const QUESTION = /[?？]/
const OUTER = /[\s，,。.、;；]/
/** What a question without its mark begins or ends with. */
const INTERROGATIVE =
  /^(?:请问|想问|问一?下|咨询|麻烦问)|(?<!知道|没|没有|花了|问了)(?:多少钱?|多大(?:码|尺寸)?|多久|多重|多高|多长|哪个好|哪款好|什么(?:区别|材质|牌子|尺寸|颜色)|怎么(?:用|装|安装|退|退货|换|换货|弄|洗|清洗|开|连接?|联系|收费|报销)|什么时候(?:发货|到货?|能到|有货|补货|发|送)|谁出)$/
// No such question is without one of these, and few other clauses hold one.
const ASKING = /[问询多哪什怎谁]/
// 放得下电脑不, 有现货没: a verb that can be asked so, and the negation at the very end.
const TAG = /(?:能|会|可以|有|支持|适合|包含?|带|送|是|用得|得[上下了着进])[^不没]{1,12}[不没]\s*$/

/** How pressing a voice is: harm that happens or a day that is named, not one that is denied, wished away or only asked about. */
export function urgencyOf(clauses: readonly Clause[], moods: readonly Mood[]): Urgency {
  let urgency: Urgency = 'none'
  for (let i = 0; i < clauses.length; i++) {
    for (const cue of clauses[i]!.cues) {
      if (cue.cue !== 'urgency.now' && cue.cue !== 'urgency.soon') continue
      if (moods[i]!.question || moods[i]!.wish || denied(clauses[i]!, cue)) continue
      if (cue.cue === 'urgency.now') return 'now'
      urgency = 'soon'
    }
  }
  return urgency
}

/** What the writer wants, in the order of `intents`. `asks`: the voice is of a kind that only asks. */
export function intentsOf(
  text: string,
  clauses: readonly Clause[],
  moods: readonly Mood[],
  judged: Judged,
  sentiment: Polarity,
  asks: boolean,
): Intent[] {
  const wanted = new Set<Intent>()
  const refused = new Set<string>()
  for (let i = 0; i < clauses.length; i++) {
    const clause = clauses[i]!
    for (const cue of clause.cues) {
      if (cue.cue.startsWith('intent.not_')) refused.add(cue.cue.slice('intent.not_'.length))
      const intent = cueIntents.get(cue.cue)
      if (intent === undefined || (intent !== 'ask' && intent !== 'suggest' && denied(clause, cue))) continue
      if (intent === 'ask' && (moods[i]!.rhetorical || clause.cues.some((other) => other.cue === 'exclaim'))) continue
      wanted.add(intent)
    }
    if (asked(text, clause, moods[i]!)) wanted.add('ask')
  }
  if (asks) wanted.add('ask')
  if (judged.mentions.some((one) => one.polarity === 'negative') || (judged.negative > 0 && sentiment !== 'positive'))
    wanted.add('complain')
  else if (sentiment === 'negative' && !asks && !wanted.has('ask')) wanted.add('complain')
  if (sentiment === 'positive' || judged.mentions.some((one) => one.polarity === 'positive')) wanted.add('praise')
  return intents.filter((intent) => wanted.has(intent) && !refused.has(refusals[intent] ?? intent))
}

const cueIntents = new Map<string, Intent>([
  ['intent.ask', 'ask'],
  ['intent.return', 'return'],
  ['intent.suggest', 'suggest'],
  ['intent.leave', 'threaten_to_leave'],
  ['intent.report', 'threaten_to_report'],
])
const refusals: Partial<Record<Intent, string>> = { threaten_to_report: 'report' }

/** A clause that ends in a question mark, in 吗, in a tag (支持双卡不) or in 多少, or begins with 请问, and asserts nothing. */
export const asked = (text: string, clause: Clause, mood: Mood): boolean =>
  !mood.rhetorical &&
  (QUESTION.test(text[clause.end - 1] ?? '') ||
    (mood.question && (mood.either || clause.tokens.at(-1)?.word.question === true)) ||
    (clause.end === text.length && isTagged(text, clause)) ||
    isInterrogative(text, clause)) &&
  clause.end - clause.start > 2 &&
  !clause.cues.some(({ cue }) => cue === 'exclaim')

function isInterrogative(text: string, clause: Clause): boolean {
  let { start, end } = clause
  while (start < end && OUTER.test(text[start]!)) start++
  while (end > start && OUTER.test(text[end - 1]!)) end--
  const words = text.slice(start, end)
  return ASKING.test(words) && INTERROGATIVE.test(words)
}

const isTagged = (text: string, { start, end }: Clause): boolean => {
  const last = text[end - 1]
  return (last === '不' || last === '没') && TAG.test(text.slice(start, end))
}

/** A negator right before: 没有漏电, 不想退货. */
function denied({ tokens }: Clause, { start, end }: CueFound): boolean {
  const index = tokens.findIndex((token) => token.start >= start)
  if (before(tokens, index < 0 ? tokens.length : index, start, 2).negated) return true
  return tokens.some((token) => token.word.negator && token.start >= start && token.end <= end && token.start === start)
}
