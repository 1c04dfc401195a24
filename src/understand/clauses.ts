import type { Emotion, Span } from '../core/reading.ts'
import type { Brand } from './brand-list.ts'
import type { CueName } from './cues.ts'
import { effort } from './effort.ts'
import type { Scene } from './packs.ts'
import { isDigit, isHan, isLatin } from './text.ts'
import type { Judging, Naming, Vocabulary } from './vocabulary.ts'

/** A word that names an aspect, found in the text. */
export interface Mark extends Naming {
  start: number
  end: number
}

/** A word that judges, negates, grades or turns, found in the text. */
export interface Token {
  word: Judging
  /** Whether it judges here: some words do only at the end of their phrase. */
  judges: boolean
  han: boolean
  start: number
  end: number
}

/** A turn of speech, found in the text. */
export interface CueFound {
  cue: CueName
  start: number
  end: number
}

/** Words that set a scene; adjoining ones of one scene are one: 晚上睡觉. */
export interface SceneFound {
  scene: Scene
  start: number
  end: number
}

/** A brand's name, found in the text. */
interface BrandFound {
  brand: Brand
  start: number
  end: number
}

/** A word of an emotion, found in the text. */
export interface EmotionFound {
  emotion: Emotion
  start: number
  end: number
}

/** The stretch between two marks of punctuation or turning words, with what was found in it. */
export interface Clause {
  start: number
  end: number
  /** Which sentence of the text it belongs to. */
  sentence: number
  marks: Mark[]
  tokens: Token[]
  scenes: SceneFound[]
  cues: CueFound[]
  brands: BrandFound[]
  contrast: boolean
  /** It names what is excepted from the clause beside it: 除了价格 (都很好). */
  excepted: boolean
}

/** A text taken apart. */
export interface Parsed {
  clauses: Clause[]
  /** The first place of each scene. */
  scenes: SceneFound[]
  emotions: EmotionFound[]
  cues: CueFound[]
  /** What holds a judging word and does not judge: names of goods (垃圾桶), degrees (暖和得不行). */
  things: Span[]
}

// A stretch without a mark of punctuation is cut here, so that the work within a clause stays bounded.
const LONGEST_CLAUSE = 256

const NONE = 0
const COMMA = 1
const SENTENCE = 2

const BOUNDARY = new Uint8Array(65_536)
for (const mark of ',，、:：~～()（）[]【】"“”《》/|\t—') BOUNDARY[mark.charCodeAt(0)] = COMMA
for (const mark of '。！？!?；;…\n\r') BOUNDARY[mark.charCodeAt(0)] = SENTENCE

/** Finds every word of the vocabulary and cuts the text into clauses. `units` are the folded units of the text. */
export function parse(vocabulary: Vocabulary, units: Uint16Array, length: number): Parsed {
  const found = find(vocabulary, units, length)
  settleJudges(found, units, length)
  settleTears(found)
  settleDegrees(found, units)
  const clauses = cut(units, length, found)
  const scenes: SceneFound[] = []
  deal(clauses, found.marks, (clause, mark) => clause.marks.push(mark))
  deal(clauses, found.cues, (clause, cue) => clause.cues.push(cue))
  deal(clauses, found.brands, (clause, brand) => clause.brands.push(brand))
  deal(clauses, found.tokens, (clause, token) => {
    clause.tokens.push(token)
    if (token.word.contrast) clause.contrast = true
  })
  deal(clauses, found.scenes, (clause, one) => {
    const last = clause.scenes.at(-1)
    if (last?.scene === one.scene && one.start - last.end <= 1) last.end = one.end
    else if (clause.scenes.every((other) => other.scene !== one.scene)) clause.scenes.push({ ...one })
    if (scenes.every((other) => other.scene !== one.scene)) scenes.push(one)
  })
  return { clauses, scenes, emotions: found.emotions, cues: found.cues, things: found.things }
}

interface Found {
  marks: Mark[]
  tokens: Token[]
  scenes: SceneFound[]
  emotions: EmotionFound[]
  cues: CueFound[]
  brands: BrandFound[]
  things: Span[]
}

/**
 * The longest word at each place, separately for naming, judging, scenes, cues and brands; what lies inside a naming phrase is
 * part of it.
 */
function find({ matcher, words }: Vocabulary, units: Uint16Array, length: number): Found {
  const found: Found = { marks: [], tokens: [], scenes: [], emotions: [], cues: [], brands: [], things: [] }
  let markEnd = 0
  let tokenEnd = 0
  let sceneEnd = 0
  let cueEnd = 0
  let brandEnd = 0
  let ignoredEnd = 0
  let naming = -1
  let namingTo = 0
  let judging = -1
  let judgingTo = 0
  let scene = -1
  let sceneTo = 0
  let cue = -1
  let cueTo = 0
  let brand = -1
  let brandTo = 0
  let emotion = -1
  let emotionTo = 0
  let ignoreTo = 0
  let thing = false
  let thingEnd = 0
  const onMatch = (id: number, _start: number, end: number) => {
    const word = words[id]!
    if (word.naming && end > namingTo) [naming, namingTo] = [id, end]
    if (word.judging && end > judgingTo) [judging, judgingTo] = [id, end]
    if (word.scene && end > sceneTo) [scene, sceneTo] = [id, end]
    if (word.cues && end > cueTo) [cue, cueTo] = [id, end]
    if (word.brand) [brand, brandTo] = [id, end]
    if (word.emotion && end > emotionTo) [emotion, emotionTo] = [id, end]
    if (word.ignore && end > ignoreTo) [ignoreTo, thing] = [end, word.thing]
  }
  for (let i = 0; i < length; i++) {
    naming = judging = scene = cue = brand = emotion = -1
    namingTo = judgingTo = sceneTo = cueTo = brandTo = emotionTo = ignoreTo = 0
    effort.steps += matcher.walk(units, length, i, onMatch)
    // Inside a name nothing is passed over: 包装好 holds 装好 by chance. Nor inside what is passed over: 不得不说 before 好用.
    if (i < markEnd || i < ignoredEnd) ignoreTo = 0
    // 空气炸锅 is not 气炸.
    if (emotion >= 0 && emotionTo >= ignoreTo && i >= ignoredEnd)
      found.emotions.push({ emotion: words[emotion]!.emotion!, start: i, end: emotionTo })
    if (cue >= 0 && i >= cueEnd && cueTo >= ignoreTo && i >= thingEnd) {
      for (const name of words[cue]!.cues!) found.cues.push({ cue: name, start: i, end: cueTo })
      cueEnd = cueTo
    }
    if (brand >= 0 && i >= brandEnd && i >= ignoredEnd) {
      found.brands.push({ brand: words[brand]!.brand!, start: i, end: brandTo })
      brandEnd = brandTo
    }
    if (scene >= 0 && sceneTo > sceneEnd && sceneTo >= ignoreTo) {
      const last = found.scenes.at(-1)
      const { scene: named } = words[scene]!
      if (i >= sceneEnd) found.scenes.push({ scene: named!, start: i, end: sceneTo })
      // 晚上睡 and 睡觉 lie over each other.
      else if (last?.scene === named) last!.end = sceneTo
      if (i >= sceneEnd || last?.scene === named) sceneEnd = sceneTo
    }
    if (
      naming >= 0 &&
      i >= markEnd &&
      namingTo >= ignoreTo &&
      (judging < 0 || namingTo >= judgingTo) &&
      !isSwallowed(found.tokens.at(-1), i, namingTo)
    ) {
      found.marks.push({ ...words[naming]!.naming!, start: i, end: namingTo })
      markEnd = namingTo
      tokenEnd = Math.max(tokenEnd, namingTo)
      giveWay(found.tokens, units, i)
      // 牛奶奶味 holds no 奶奶.
      const last = found.scenes.at(-1)
      if (last?.scene.who && last.start < i && last.end > i && last.end < namingTo) found.scenes.pop()
    } else if (judging >= 0 && i >= tokenEnd && judgingTo >= ignoreTo && !countsDays(units, length, i, judgingTo)) {
      const { judging: word, han } = words[judging]!
      found.tokens.push({ word: word!, judges: word!.judges, han, start: i, end: judgingTo })
      tokenEnd = judgingTo
    }
    if (ignoreTo > 0) {
      if (thing) {
        found.things.push({ start: i, end: ignoreTo })
        thingEnd = ignoreTo
      }
      ignoredEnd = ignoreTo
      if (ignoreTo > namingTo) markEnd = Math.max(markEnd, ignoreTo)
      if (ignoreTo > judgingTo) tokenEnd = Math.max(tokenEnd, ignoreTo)
    }
  }
  return found
}

/** Whether a name is a part of a judging word: 没毛病 holds no 毛, "easy to set up" no "set up". */
const isSwallowed = (token: Token | undefined, start: number, end: number): boolean =>
  token?.judges === true && token.start < start && token.end >= end

// What is left of a negator must negate: of 一点都不 before 不服帖 nothing does.
const NEGATES = new Set([...'不没无非未'].map((sign) => sign.charCodeAt(0)))

/** Tokens that reach into a name are none; but a negator before it still negates: 没(有异响), 不是(很合脚). */
function giveWay(tokens: Token[], units: Uint16Array, start: number): void {
  while (tokens.length > 0 && tokens.at(-1)!.end > start) {
    const token = tokens.pop()!
    if (token.word.negator && token.start < start && NEGATES.has(units[token.start]!)) {
      tokens.push({ ...token, end: start })
      return
    }
  }
}

const NOT_YET = '没'.charCodeAt(0)
const ONE = '一'.charCodeAt(0)
const NUMERALS = new Set([...'两二三四五六七八九十几半多'].map((sign) => sign.charCodeAt(0)))
const UNITS = new Set([...'天个周年月次'].map((sign) => sign.charCodeAt(0)))

/** 没两天就坏 denies nothing: 没 counts. */
function countsDays(units: Uint16Array, length: number, start: number, end: number): boolean {
  if (end - start !== 1 || units[start] !== NOT_YET || end >= length) return false
  const after = units[end]!
  return NUMERALS.has(after) || isDigit(after) || (after === ONE && UNITS.has(units[end + 1] ?? 0))
}

// What may follow a word that closes its phrase: 小了点, 好的, 快得很.
const PARTICLES = new Set(
  [...'的吧啊了哦呀呢哈啦嘛得到点些一死极多之是滴哟噢喔耶呵诶且'].map((sign) => sign.charCodeAt(0)),
)

/** Takes the judgement from words that do not close their phrase: 大花蚊子, 好痒, 快半个月, 可以换. */
function settleJudges({ marks, tokens }: Found, units: Uint16Array, length: number): void {
  let mark = 0
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (!token.judges || !token.word.final || token.end >= length) continue
    const after = units[token.end]!
    if (!isHan(after) || PARTICLES.has(after)) continue
    while (mark < marks.length && marks[mark]!.start < token.end) mark++
    const next = tokens[i + 1]
    const named = mark < marks.length && marks[mark]!.start === token.end
    const goesOn =
      next?.start === token.end && (next.word.judges || next.word.breaks || next.word.negator || next.word.degree)
    token.judges = named || (goesOn && after !== THEN)
  }
}

// How far, in UTF-16 units, praise may lie before tears of joy.
const WEEPS = 16

/** 好用到哭😭 praises. */
function settleTears({ tokens }: Found): void {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (!token.word.tears) continue
    for (let k = i - 1; k >= 0 && token.start - tokens[k]!.end <= WEEPS; k--) {
      const { judges, word } = tokens[k]!
      if (word.tears) continue
      if (judges && word.polarity > 0 && !tokens[k - 1]?.word.negator) token.judges = false
      if (judges || word.negator) break
    }
  }
}

const COMPLEMENTS = new Set([...'得的到'].map((sign) => sign.charCodeAt(0)))

/** 好用得离谱, 香到犯规, 好看得要命: what stands behind 得 only says how much, to the weights too. */
function settleDegrees({ tokens, things }: Found, units: Uint16Array): void {
  for (let i = 1; i < tokens.length; i++) {
    const { start, end, han, word } = tokens[i]!
    const former = tokens[i - 1]!
    if (!han || !word.extreme || former.end !== start - 1 || !former.judges || former.word.polarity === 0) continue
    if (!COMPLEMENTS.has(units[start - 1]!)) continue
    tokens[i]!.judges = false
    if (former.word.polarity > 0) things.push({ start, end })
  }
}

// 这么快就坏了: what comes after 就 is the point.
const THEN = '就'.charCodeAt(0)

function cut(units: Uint16Array, length: number, { tokens, cues }: Found): Clause[] {
  const clauses: Clause[] = []
  let start = 0
  let sentence = 0
  let next = 0
  let nextCue = 0
  let excepted = false
  const close = (end: number) => {
    if (end > start) {
      const empty = { marks: [], tokens: [], scenes: [], cues: [], brands: [], contrast: false }
      clauses.push({ start, end, sentence, excepted, ...empty })
    }
    excepted = false
    start = end
  }
  for (let i = 0; i < length; i++) {
    while (next < tokens.length && tokens[next]!.start < i) next++
    if (next < tokens.length && tokens[next]!.start === i && tokens[next]!.word.breaks) close(i)
    for (; nextCue < cues.length && cues[nextCue]!.start <= i; nextCue++) {
      const { cue, start: from } = cues[nextCue]!
      if (from < i) continue
      if (cue === 'except.open') {
        close(i)
        excepted = true
      } else if (cue === 'except.rest' && excepted && i - start > 2) close(i)
      else if (cue === 'except.also' && excepted) excepted = false
    }
    const kind = boundary(units, length, i)
    if (kind === NONE) {
      if (i - start >= LONGEST_CLAUSE) close(i)
      continue
    }
    close(i + 1)
    if (kind === SENTENCE) sentence++
  }
  close(length)
  return clauses
}

const DOT = 46
const SPACE = 32
const COMMA_CODE = 44

function boundary(units: Uint16Array, length: number, at: number): number {
  const code = units[at]!
  if (code === SPACE) return isHan(units[at - 1] ?? 0) && at + 1 < length && isHan(units[at + 1]!) ? COMMA : NONE
  if (code === DOT || code === COMMA_CODE) {
    const inside = at > 0 && at + 1 < length && isDigit(units[at - 1]!) && isDigit(units[at + 1]!)
    if (inside) return NONE
    if (code === COMMA_CODE) return COMMA
    return at + 1 < length && isLatin(units[at + 1]!) && at > 0 && isLatin(units[at - 1]!) ? NONE : SENTENCE
  }
  return BOUNDARY[code]!
}

/** Hands each found thing to the clause it begins in; both lists are in order of place. */
function deal<T extends { start: number }>(
  clauses: Clause[],
  things: T[],
  give: (clause: Clause, thing: T) => void,
): void {
  let at = 0
  for (const thing of things) {
    while (at + 1 < clauses.length && clauses[at]!.end <= thing.start) at++
    const clause = clauses[at]
    if (clause) give(clause, thing)
  }
}
