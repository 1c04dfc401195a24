import type { Mention, Polarity, Span } from '../core/reading.ts'
import { bearingOn, type Circumstance } from './circumstances.ts'
import type { Clause, Mark, Parsed, Token } from './clauses.ts'
import { denies, hardlyAny, isDenied, shallStop } from './denials.ts'
import { effort } from './effort.ts'
import {
  type Before,
  before,
  type ClauseJudge,
  gradesNext,
  inMood,
  type Mood,
  overdone,
  polarityOf,
  standsForAnother,
} from './judgement.ts'
import { heads, isJoint } from './naming.ts'
import type { Aspect } from './packs.ts'
import { isLivedWith, sceneOf } from './scenes.ts'

/** What was judged in a text: the mentions, and every judging word's worth for the sentiment of the whole. */
export interface Judged {
  mentions: Mention[]
  positive: number
  negative: number
  /** How many of those are not as their words are: a denied complaint, an exception, a sneer, a rhetorical question. */
  turned: number
}

/** How the clauses are spoken, and what the text as a whole asks and gives as conditions and causes. */
export interface Spoken {
  moods: Mood[]
  classify: ClauseJudge
  /** The voice is of a kind that only asks. */
  question: boolean
  circumstances: readonly Circumstance[]
}

const MOST_MENTIONS = 64
// How far from the name of an aspect, in UTF-16 units, a word may stand and still judge it.
const REACH = 24
// Words such as 大 judge only what is near.
const VAGUE_REACH = 8
// A phrase is negated by what stands right before it (没有漏水) or after it (坏果也没有).
const PHRASE_REACH = 2
const EXCESSES = ['太', '有点', '过于']
// Said of a fault, these make it greater, whatever they are of its aspect: 油墨味也大.
const MAGNIFIES = new Set('大重浓多高强')
const MUCH = /^(?:[很许好太超]?多|不少)$/
const BARE = 4
const SURE = { phrase: 0.92, near: 0.9, far: 0.8, implied: 0.85, next: 0.7, mood: 0.6, classifier: 0.55 }
// The classifier speaks for an aspect only where it is this sure.
const CLASSIFIER_MARGIN = 0.35

interface Verdict {
  token: Token | null
  /** Where the words stand that judge, if not at a token. */
  judgedBy?: Span
  /** The polarity is not that of its words. */
  turned?: boolean
  polarity: number
  start: number
  end: number
  confidence: number
}

/** Judges a parsed text clause by clause. `text` is the original: terms and opinions are quoted from it. */
export function judge(text: string, parsed: Parsed, spoken: Spoken): Judged {
  const judged: Judged = { mentions: [], positive: 0, negative: 0, turned: 0 }
  for (let i = 0; i < parsed.clauses.length && judged.mentions.length < MOST_MENTIONS; i++) {
    new ClauseReading(text, parsed, i, spoken, judged).run()
  }
  return judged
}

class ClauseReading {
  readonly text: string
  readonly parsed: Parsed
  readonly index: number
  readonly clause: Clause
  readonly next: Clause | undefined
  readonly spoken: Spoken
  readonly mood: Mood
  readonly nextMood: Mood | undefined
  readonly question: boolean
  /** It tells what is too much after what is not: 是太亮了. */
  readonly opposing: boolean
  readonly judged: Judged
  readonly used = new Set<Token>()
  readonly said = new Set<string>()

  constructor(text: string, parsed: Parsed, index: number, spoken: Spoken, judged: Judged) {
    this.text = text
    this.parsed = parsed
    this.index = index
    this.clause = parsed.clauses[index]!
    this.next = parsed.clauses[index + 1]
    this.spoken = spoken
    this.mood = spoken.moods[index]!
    this.nextMood = spoken.moods[index + 1]
    this.question = spoken.question || this.mood.question
    this.judged = judged
    this.opposing = this.#opposes(index)
  }

  run(): void {
    // 不是不亮 (，是太亮了) grants what nobody asked.
    if (this.#opposes(this.index + 1)) return
    const marks = heads(this.text, this.clause.marks)
    for (let i = 0; i < marks.length; i++) {
      const mark = marks[i]!
      const verdict = mark.kind === 'term' ? this.#judgeTerm(marks, i) : this.#judgePhrase(marks, i)
      if (!verdict) continue
      const aspect = verdict.token?.word.handsOver?.get(mark.aspect.id) ?? mark.aspect
      this.#add(aspect, mark.kind === 'term' ? mark : null, verdict)
    }
    const { positive, negative } = this.judged
    for (let i = 0; i < this.clause.tokens.length; i++) this.#judgeAlone(i)
    // 这也能叫新的？ and 连个盒子都没 complain though no word of them does.
    if (
      (this.mood.rhetorical || this.mood.complains) &&
      this.said.size === 0 &&
      positive === this.judged.positive &&
      negative === this.judged.negative
    )
      this.#count(-1, this.mood.rhetorical)
  }

  /** A phrase judges by itself, unless a word right after it that depends on the aspect says otherwise: 异响很小. */
  #judgePhrase(marks: Mark[], index: number): Verdict | null {
    const mark = marks[index]!
    const context = this.#before(mark.start, PHRASE_REACH)
    if (isDenied(this.text, mark.end, this.clause.end)) context.negated = !context.negated
    if (shallStop(this.text, this.clause.start, mark.start)) context.negated = false
    let polarity = mark.kind === 'neutral' ? 0 : mark.kind === 'praise' ? 1 : -1
    const denied = context.negated && polarity < 0
    if (context.negated) polarity = -polarity
    const follower = this.#after(marks, index, mark, 4)
    const said = follower?.token?.word.byAspect?.get(mark.aspect.id)
    if (follower && said !== undefined && !this.#grades(mark, follower, said)) {
      return { ...follower, start: Math.min(context.start, mark.start) }
    }
    // A word that it does not take speaks for its own aspect: 穿着舒服又暖和.
    const other = follower?.token?.word.implies
    if (follower?.token && other && other !== mark.aspect) this.used.delete(follower.token)
    const start = context.negated ? context.start : mark.start
    const heard = this.#inMood(polarity)
    const turned = denied || heard !== polarity || (polarity > 0 && denies(this.text, mark))
    return { token: null, turned, polarity: heard, start, end: mark.end, confidence: SURE.phrase }
  }

  /** Whether a word only says how much there is of what a phrase says: of a fault (油墨味也大), of a change (痘痘少了很多). */
  #grades({ kind, end }: Mark, { token, polarity }: Verdict, said: number): boolean {
    if (this.text[end - 1] === '了' && MUCH.test(this.text.slice(end, token!.end))) return true
    return kind === 'fault' && said > 0 && polarity === said && MAGNIFIES.has(this.text[token!.start]!)
  }

  #judgeTerm(marks: Mark[], index: number): Verdict | null {
    const mark = marks[index]!
    return (
      this.#attribute(mark, mark.start) ??
      this.#after(marks, index, mark, REACH) ??
      this.#sharedAttribute(marks, index) ??
      this.#earlier(marks, index) ??
      this.#withoutNuisance(mark) ??
      this.#sharedBefore(marks, index) ??
      (this.clause.excepted ? this.#excepted(mark) : this.#inNext(mark)) ??
      this.#overdone(mark) ??
      this.#byClassifier(marks, mark)
    )
  }

  /** Hardly any noise, 没有一点异响, 噪音几乎为零: less of it is better. */
  #withoutNuisance(mark: Mark): Verdict | null {
    if (!mark.nuisance) return null
    const { negated, start } = this.#before(mark.start)
    const hardly = hardlyAny(this.text, mark.end, this.clause.end)
    if (!negated && hardly === 0) return null
    const judgedBy = { start: negated ? start : mark.start, end: mark.end + hardly }
    return { token: null, judgedBy, turned: true, polarity: this.#inMood(1), ...judgedBy, confidence: SURE.near }
  }

  #overdone(mark: Mark): Verdict | null {
    const { start, end } = mark
    if (this.question || this.clause.tokens.some((token) => token.judges && token.start >= end)) return null
    const length = overdone(this.text.slice(end, this.clause.end))
    if (length === 0) return null
    const judgedBy = { start: end, end: end + length }
    return { token: null, judgedBy, polarity: this.#inMood(-1), start, end: judgedBy.end, confidence: SURE.mood }
  }

  /** 除了价格都很好: what is excepted is judged against the rest. */
  #excepted(mark: Mark): Verdict | null {
    const { clauses } = this.parsed
    const beside = [this.next, clauses[this.index - 1]].filter((other) => other?.sentence === this.clause.sentence)
    for (const rest of beside as Clause[]) {
      if (rest.excepted) continue
      let sum = 0
      for (let i = 0; i < rest.tokens.length; i++) {
        const token = rest.tokens[i]!
        if (token.judges && !gradesNext(rest.tokens, i))
          sum += polarityOf(token, before(rest.tokens, i, token.start), null)
      }
      if (sum === 0) continue
      const polarity = sum > 0 ? -1 : 1
      return { token: null, turned: true, polarity, start: mark.start, end: mark.end, confidence: SURE.mood }
    }
    return null
  }

  /** 不错的酒店, great screen: a judging word right before the name. */
  #attribute(mark: Mark, start: number, shared = false): Verdict | null {
    const { tokens } = this.clause
    for (let i = tokens.length - 1; i >= 0; i--) {
      effort.steps++
      const token = tokens[i]!
      if (token.end > start) continue
      if (!token.judges) return null
      const between = this.text.slice(token.end, start)
      const adjoins = between === '的' || between === ' ' || between === '的 ' || (between === '' && !token.word.degree)
      if (!adjoins || (!shared && this.used.has(token))) return null
      return this.#verdict(mark, i, SURE.near, shared)
    }
    return null
  }

  /** Superb sound and picture: names that are joined share what stands before the first. */
  #sharedAttribute(marks: Mark[], index: number): Verdict | null {
    let first = index
    while (first > 0 && this.#joined(marks[first - 1]!, marks[first]!)) first--
    return first === index ? null : this.#attribute(marks[index]!, marks[first]!.start, true)
  }

  /** The same where the second name opens the next clause: "superb sound" | "and picture quality". */
  #sharedBefore(marks: Mark[], index: number): Verdict | null {
    const { clause, text } = this
    const mark = marks[index]!
    const former = this.parsed.clauses[this.index - 1]
    const named = former?.marks.at(-1)
    if (index > 0 || former?.sentence !== clause.sentence || named?.kind !== 'term') return null
    const opening = text.slice(clause.start, mark.start).trim().toLowerCase()
    if ((opening !== 'and' && opening !== 'or') || text.slice(named.end, clause.start).trim() !== '') return null
    const i = former.tokens.findLastIndex(({ end }) => end <= named.start)
    const token = former.tokens[i]
    if (!token?.judges || named.start - token.end > 1) return null
    const context = before(former.tokens, i, token.start)
    const polarity = this.#inMood(polarityOf(token, context, mark.aspect.id))
    if (polarity === 0) return null
    const judgedBy = { start: context.start, end: token.end }
    return { token: null, judgedBy, polarity, start: context.start, end: mark.end, confidence: SURE.far }
  }

  /** Whether two names share a judgement; of those that adjoin only the ones are left that do (`heads`). */
  #joined(one: Mark, other: Mark): boolean {
    if (one.end === other.start) return one.kind === 'term' && other.kind === 'term'
    return isJoint(this.text.slice(one.end, other.start))
  }

  /** The first judging word after the name, before another aspect is named; names joined by 和, 、 or "and" share it. */
  #after(marks: Mark[], index: number, mark: Mark, reach: number): Verdict | null {
    const { tokens } = this.clause
    let limit = mark.end + reach + (tokens[0]?.han === false ? reach : 0)
    for (let i = index + 1; i < marks.length; i++) {
      if (this.#joined(i === index + 1 ? mark : marks[i - 1]!, marks[i]!)) continue
      limit = Math.min(limit, marks[i]!.start)
      break
    }
    for (let i = 0; i < tokens.length; i++) {
      effort.steps++
      const token = tokens[i]!
      if (token.start < mark.end || !token.judges) continue
      if (token.start >= limit) return null
      if (gradesNext(tokens, i)) continue
      if (token.word.polarity === 0 && token.han && token.start - mark.end > VAGUE_REACH) continue
      if (standsForAnother(token, mark.aspect)) return null
      const verdict = this.#verdict(mark, i, token.start - mark.end <= 6 ? SURE.near : SURE.far)
      if (verdict) return verdict
    }
    return null
  }

  /** The nearest judging word before the name that no other name has taken. */
  #earlier(marks: Mark[], index: number): Verdict | null {
    const mark = marks[index]!
    const floor = Math.max(index > 0 ? marks[index - 1]!.end : 0, mark.start - REACH)
    const { tokens } = this.clause
    for (let i = tokens.length - 1; i >= 0; i--) {
      effort.steps++
      const token = tokens[i]!
      if (token.end > mark.start || !token.judges || this.used.has(token)) continue
      if (token.start < floor) return null
      if (standsForAnother(token, mark.aspect) || token.word.implies) return null
      const verdict = this.#verdict(mark, i, SURE.far)
      if (verdict) return verdict
    }
    return null
  }

  /** "安装费，太贵了": the judgement opens the next clause, which names nothing itself, or this clause is a bare name. */
  #inNext(mark: Mark): Verdict | null {
    const { next, clause } = this
    if (!next || next.sentence !== clause.sentence || next.contrast) return null
    const bare = clause.end - clause.start <= mark.end - mark.start + BARE
    if (next.marks.length > 0 && !(bare && next.marks[0]!.kind === 'term')) return null
    const i = next.tokens.findIndex((token) => token.judges)
    const token = next.tokens[i]
    if (!token || clause.tokens.some(({ judges, start }) => judges && start >= mark.end)) return null
    const context = before(next.tokens, i, token.start)
    if (!bare && context.start > next.start + 1) return null
    if (token.start - mark.end > REACH || standsForAnother(token, mark.aspect)) return null
    const polarity = polarityOf(token, context, mark.aspect.id)
    if (polarity === 0) return null
    if (next.marks.length === 0) this.used.add(token)
    const mood = this.nextMood ?? this.mood
    return { token, polarity: inMood(polarity, mood), start: mark.start, end: token.end, confidence: SURE.next }
  }

  /** Where no word judges, the classifier may, if it is sure of the clause; else the name alone says nothing. */
  #byClassifier(marks: Mark[], mark: Mark): Verdict | null {
    const { clause } = this
    const span = { token: null, start: mark.start, end: mark.end }
    if (this.question) return { ...span, polarity: 0, confidence: SURE.mood }
    if (this.mood.regret) return { ...span, polarity: -1, confidence: SURE.mood }
    if (this.mood.sarcastic || this.mood.rhetorical)
      return { ...span, turned: true, polarity: -1, confidence: SURE.mood }
    const { classify } = this.spoken
    // What a phrase of the same aspect says beside it is not for the classifier to contradict.
    if (marks.some(({ kind, aspect }) => kind !== 'term' && aspect === mark.aspect)) return null
    if (!classify || marks.length > 2 || clause.end - clause.start < mark.end - mark.start + BARE) return null
    const lean = classify(clause.start, clause.end) - 0.5
    if (this.mood.complains && lean < CLASSIFIER_MARGIN) return { ...span, polarity: -1, confidence: SURE.mood }
    if (Math.abs(lean) < CLASSIFIER_MARGIN) return null
    return { ...span, polarity: Math.sign(lean), confidence: SURE.classifier }
  }

  /** A judging word that no name has taken: it counts for the whole, and speaks of the aspect that it implies. */
  #judgeAlone(index: number): void {
    const token = this.clause.tokens[index]!
    if (!token.judges || this.used.has(token) || gradesNext(this.clause.tokens, index)) return
    const context = before(this.clause.tokens, index, token.start)
    const aspect = token.word.implies ?? (this.opposing ? this.#formerAspect() : null)
    const raw = this.opposing ? -1 : polarityOf(token, context, aspect?.id ?? null)
    const polarity = this.#inMood(raw)
    if (polarity === 0) {
      // 以为是智商税, 结果真的嫩了: the classifier does not see that the first was only thought.
      if (raw !== 0 && this.mood.expectation) this.judged.turned++
      return
    }
    const exceptionBefore = polarity > 0 && this.parsed.clauses[this.index - 1]?.excepted === true
    const turned = polarity !== raw || turns(raw, context, token) || exceptionBefore
    if (!aspect) {
      this.#count(polarity, turned)
      return
    }
    const start = context.start
    this.#add(aspect, null, { token, turned, polarity, start, end: token.end, confidence: SURE.implied })
  }

  #verdict(mark: Mark, tokenIndex: number, confidence: number, shared = false): Verdict | null {
    const token = this.clause.tokens[tokenIndex]!
    const context = before(this.clause.tokens, tokenIndex, token.start)
    const raw = polarityOf(token, context, mark.aspect.id)
    if (raw === 0 || (!shared && this.used.has(token) && token.start < mark.start)) return null
    this.used.add(token)
    const { wish, regret } = this.mood
    // 希望能出个小屏版本 finds no screen too small; 声音小点就好了 finds it too loud.
    const merelyWished = wish && !regret && !this.nextMood?.regret && token.word.polarity === 0
    const polarity = merelyWished ? 0 : this.#inMood(raw)
    return {
      token,
      turned: polarity !== raw || turns(raw, context, token),
      polarity,
      start: Math.min(mark.start, context.start, token.start),
      end: Math.max(mark.end, token.end),
      confidence: polarity === raw ? confidence : SURE.mood,
    }
  }

  #before(start: number, reach?: number): Before {
    const index = this.clause.tokens.findIndex((token) => token.start >= start)
    return before(this.clause.tokens, index < 0 ? this.clause.tokens.length : index, start, reach)
  }

  /** Whether a clause says what is wrong after one that says what is not: 不是不亮，是太亮了. */
  #opposes(index: number): boolean {
    const clause = this.parsed.clauses[index]
    if (!clause) return false
    const opening = this.text[clause.start]
    if (opening !== '是' && !(opening === '而' && this.text[clause.start + 1] === '是')) return false
    const at = this.text.indexOf('是', clause.start) + 1
    if (!EXCESSES.some((word) => this.text.startsWith(word, at))) return false
    const before = this.parsed.clauses[index - 1]
    if (before?.sentence !== clause.sentence) return false
    const words = this.text.slice(before.start, before.end)
    return words.includes('不是不') || words.includes('不是说不')
  }

  /** What the clause before is about. */
  #formerAspect(): Aspect | null {
    const former = this.parsed.clauses[this.index - 1]
    return former?.marks[0]?.aspect ?? former?.tokens.find(({ word }) => word.implies)?.word.implies ?? null
  }

  #inMood(polarity: number): number {
    if (polarity > 0 && this.opposing) return -1
    return this.question ? 0 : inMood(polarity, this.mood, this.nextMood)
  }

  #count(polarity: number, turned: boolean | undefined): void {
    // 除了充电口有点松，其他都很好 is praise: what is excepted does not weigh against the rest.
    if (this.#isBesideTheRest()) {
      if (polarity !== 0) this.judged.turned++
      return
    }
    if (polarity > 0) this.judged.positive++
    if (polarity < 0) this.judged.negative++
    if (turned && polarity !== 0) this.judged.turned++
  }

  #isBesideTheRest(): boolean {
    if (!this.clause.excepted) return false
    const beside = [this.next, this.parsed.clauses[this.index - 1]]
    return beside.some((rest) => rest && !rest.excepted && rest.sentence === this.clause.sentence)
  }

  #add(aspect: Aspect, term: Mark | null, verdict: Verdict): void {
    const key = `${aspect.id} ${verdict.polarity}`
    if (this.said.has(key) || this.judged.mentions.length >= MOST_MENTIONS) return
    this.said.add(key)
    // What the classifier says is counted once, in the voice's score.
    if (verdict.confidence !== SURE.classifier) this.#count(verdict.polarity, verdict.turned)
    const { token, start, end } = verdict
    const judgedAt = token
      ? { start: Math.max(start, this.#opinionStart(token)), end: token.end }
      : (verdict.judgedBy ?? (term ? null : { start, end }))
    const scene = sceneOf(this.parsed, this.index, aspect)
    const about = [term, judgedAt].filter((span) => span !== null)
    this.judged.mentions.push({
      aspect: aspect.id,
      term: term ? this.text.slice(term.start, term.end) : null,
      termAt: term ? { start: term.start, end: term.end } : null,
      opinion: judgedAt ? this.text.slice(judgedAt.start, judgedAt.end) : null,
      opinionAt: judgedAt,
      polarity: polarityName(verdict.polarity),
      scene: scene ? scene.scene.id : null,
      sceneAt: scene ? { start: scene.start, end: scene.end } : null,
      ...bearingOn(this.text, this.spoken.circumstances, this.parsed.clauses, this.index, about, isLivedWith(aspect)),
      start,
      end,
      confidence: verdict.confidence,
    })
  }

  /** The opinion is quoted with its negation and degree: 不太好, not 好. */
  #opinionStart(token: Token): number {
    const tokens = this.clause.tokens.includes(token) ? this.clause.tokens : (this.next?.tokens ?? [])
    return before(tokens, tokens.indexOf(token), token.start).start
  }
}

/** What the classifier, which sees words beside each other, does not take in: a denied complaint, an idiom, an English "not as good". */
const turns = (raw: number, context: Before, token: Token): boolean =>
  token.word.idiom || context.twice || (context.negated && (raw > 0 || !token.han))

const polarityName = (polarity: number): Polarity => (polarity > 0 ? 'positive' : polarity < 0 ? 'negative' : 'neutral')
