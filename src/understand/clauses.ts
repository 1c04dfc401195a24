import type { Emotion } from '../core/reading.ts'
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

/** The stretch between two marks of punctuation or turning words, with what was found in it. */
export interface Clause {
  start: number
  end: number
  /** Which sentence of the text it belongs to. */
  sentence: number
  marks: Mark[]
  tokens: Token[]
  scenes: Scene[]
  contrast: boolean
}

/** A text taken apart. */
export interface Parsed {
  clauses: Clause[]
  scenes: Scene[]
  emotions: Emotion[]
}

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
  const clauses = cut(units, length, found.tokens)
  const scenes: Scene[] = []
  deal(clauses, found.marks, (clause, mark) => clause.marks.push(mark))
  deal(clauses, found.tokens, (clause, token) => {
    clause.tokens.push(token)
    if (token.word.contrast) clause.contrast = true
  })
  deal(clauses, found.scenes, (clause, { scene }) => {
    if (!clause.scenes.includes(scene)) clause.scenes.push(scene)
    if (!scenes.includes(scene)) scenes.push(scene)
  })
  return { clauses, scenes, emotions: found.emotions }
}

interface Found {
  marks: Mark[]
  tokens: Token[]
  scenes: { scene: Scene; start: number }[]
  emotions: Emotion[]
}

/** The longest word at each place, separately for naming, judging and scenes; what lies inside a naming phrase is part of it. */
function find({ matcher, words }: Vocabulary, units: Uint16Array, length: number): Found {
  const found: Found = { marks: [], tokens: [], scenes: [], emotions: [] }
  let markEnd = 0
  let tokenEnd = 0
  let sceneEnd = 0
  let naming = -1
  let namingTo = 0
  let judging = -1
  let judgingTo = 0
  let scene = -1
  let sceneTo = 0
  let ignoreTo = 0
  const onMatch = (id: number, _start: number, end: number) => {
    const word = words[id]!
    if (word.naming) [naming, namingTo] = [id, end]
    if (word.judging) [judging, judgingTo] = [id, end]
    if (word.scene) [scene, sceneTo] = [id, end]
    if (word.emotion) found.emotions.push(word.emotion)
    if (word.ignore) ignoreTo = end
  }
  for (let i = 0; i < length; i++) {
    naming = judging = scene = -1
    namingTo = judgingTo = sceneTo = ignoreTo = 0
    matcher.walk(units, length, i, onMatch)
    // Inside a name nothing is passed over: 包装好 holds 装好 by chance.
    if (i < markEnd) ignoreTo = 0
    if (scene >= 0 && i >= sceneEnd && sceneTo >= ignoreTo) {
      found.scenes.push({ scene: words[scene]!.scene!, start: i })
      sceneEnd = sceneTo
    }
    if (naming >= 0 && i >= markEnd && namingTo >= ignoreTo && (judging < 0 || namingTo >= judgingTo)) {
      found.marks.push({ ...words[naming]!.naming!, start: i, end: namingTo })
      markEnd = namingTo
      tokenEnd = Math.max(tokenEnd, namingTo)
      while (found.tokens.length > 0 && found.tokens.at(-1)!.end > i) found.tokens.pop()
    } else if (judging >= 0 && i >= tokenEnd && judgingTo >= ignoreTo) {
      const { judging: word, han } = words[judging]!
      found.tokens.push({ word: word!, judges: word!.judges, han, start: i, end: judgingTo })
      tokenEnd = judgingTo
    }
    if (ignoreTo > 0) {
      if (ignoreTo > namingTo) markEnd = Math.max(markEnd, ignoreTo)
      if (ignoreTo > judgingTo) tokenEnd = Math.max(tokenEnd, ignoreTo)
    }
  }
  return found
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

// 这么快就坏了: what comes after 就 is the point.
const THEN = '就'.charCodeAt(0)

function cut(units: Uint16Array, length: number, tokens: Token[]): Clause[] {
  const clauses: Clause[] = []
  let start = 0
  let sentence = 0
  let next = 0
  const close = (end: number) => {
    if (end > start) clauses.push({ start, end, sentence, marks: [], tokens: [], scenes: [], contrast: false })
    start = end
  }
  for (let i = 0; i < length; i++) {
    while (next < tokens.length && tokens[next]!.start < i) next++
    if (next < tokens.length && tokens[next]!.start === i && tokens[next]!.word.breaks) close(i)
    const kind = boundary(units, length, i)
    if (kind === NONE) continue
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
