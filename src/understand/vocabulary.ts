import type { Emotion } from '../core/reading.ts'
import type { Brand } from './brand-list.ts'
import { type CueName, type Cues, cueLists } from './cues.ts'
import type { Lexicon } from './lexicon.ts'
import { Matcher } from './matcher.ts'
import type { Aspect, Pack, Scene } from './packs.ts'
import { foldWord, isHan } from './text.ts'

/** How a word names an aspect: by name, or by a phrase that judges it too. */
export interface Naming {
  aspect: Aspect
  kind: 'term' | 'praise' | 'fault' | 'neutral'
  /** A term of which less is better: 异味, noise. */
  nuisance: boolean
}

/** What a word does for judging. `polarity` 0: it depends on the aspect. */
export interface Judging {
  polarity: -1 | 0 | 1
  judges: boolean
  implies: Aspect | null
  byAspect: Map<string, -1 | 1> | null
  /** Said of the aspect with this id, the word speaks of another. */
  handsOver: Map<string, Aspect> | null
  negator: boolean
  lack: boolean
  degree: boolean
  excess: boolean
  breaks: boolean
  contrast: boolean
  wish: boolean
  regret: boolean
  sarcasm: boolean
  question: boolean
  /** Beside praise it weeps for joy. */
  tears: boolean
  /** Its single words say something else. */
  idiom: boolean
  /** Behind 得 it only says how much: 离谱, 要命. */
  extreme: boolean
  /** Judges only at the end of its phrase: see `closesPhrase`. */
  final: boolean
}

/** All that one word means to a pack. A word may name a scene and judge at once. */
export interface Word {
  /** Its place in the list of words. */
  id: number
  text: string
  ignore: boolean
  /** What is passed over here names a thing. */
  thing: boolean
  han: boolean
  naming: Naming | null
  judging: Judging | null
  scene: Scene | null
  emotion: Emotion | null
  cues: CueName[] | null
  brand: Brand | null
}

/** What every pack is compiled with. */
export interface Common {
  lexicon: Lexicon
  cues: Cues
  brands: readonly Brand[]
}

/** A pack and what all packs share, compiled for finding. */
export interface Vocabulary {
  pack: Pack
  words: Word[]
  matcher: Matcher
}

/** The words that all packs share, compiled once. */
interface Base {
  words: readonly Word[]
  matcher: Matcher
}

const bases = new WeakMap<Common, Base>()

function baseOf(common: Common): Base {
  let base = bases.get(common)
  if (!base) {
    const words: Word[] = []
    const matcher = new Matcher()
    const word = (text: string): Word => wordIn(words, matcher, text)
    addLexicon(common.lexicon, word)
    addCues(common.cues, word)
    for (const brand of common.brands) for (const name of [...brand.zh, ...brand.en]) word(name).brand ??= brand
    base = { words, matcher }
    bases.set(common, base)
  }
  return base
}

function wordIn(words: Word[], matcher: Matcher, text: string): Word {
  const folded = foldWord(text)
  const id = matcher.add(folded, words.length)
  if (id === words.length) words.push(blank(folded, id))
  // 热的快 is written for 热得快 as often as not; but 值得, 懂得 and the like are words.
  if (DEGREE.test(folded)) matcher.add(folded.replaceAll('得', '的'), id)
  // The traditional 著 is 着, or stays what it is: 著名.
  if (folded.includes('着')) matcher.add(folded.replaceAll('着', '著'), id)
  return words[id]!
}
const DEGREE = /[^值觉获没难不取懂免舍显记晓使]得./

/** A complaint of a verb and its object is told of as done, too: 掉色, 掉了色. */
const asDone = (list: readonly string[]): string[] =>
  list.flatMap((text) => (SEPARABLE.test(text) ? [text, `${text[0]}了${text[1]}`] : [text]))
const SEPARABLE = /^[\u4e00-\u9fff](?<![不没无未太很好难最真可有是极超巨贼])[\u4e00-\u9fff]$/

/** English adjectives with their comparative and superlative: quiet, quieter, quietest. */
const compared = (list: readonly string[]): string[] =>
  list.flatMap((text) => {
    if (!/^[a-z]{3,9}$/.test(text) || UNGRADED.has(text)) return [text]
    const stem = text.endsWith('y') ? `${text.slice(0, -1)}i` : text.replace(/e$/, '')
    return [text, `${stem}er`, `${stem}est`]
  })
// Words whose form in -er is another word (later, a cooler, a cleaner, a dryer), or is wished for (louder).
const UNGRADED = new Set([
  'late',
  'cool',
  'clean',
  'dry',
  'dim',
  'warm',
  'good',
  'bad',
  'best',
  'better',
  'worse',
  'worst',
  'cut',
  'loud',
])

export function compile(pack: Pack, common: Common): Vocabulary {
  const { lexicon, cues } = common
  const base = baseOf(common)
  const words = [...base.words]
  const matcher = new Matcher(base.matcher)
  /** A word that this pack may change: one of the base is copied first. */
  const word = (text: string): Word => {
    const found = wordIn(words, matcher, text)
    const id = found.id
    if (base.words[id] !== found) return found
    // Made as the others are, so that all words have one shape and are read fast.
    const own = Object.assign(blank(found.text, id), found)
    if (found.judging) own.judging = Object.assign(blankJudging(found.text), found.judging)
    words[id] = own
    return own
  }
  for (const aspect of pack.aspects) addAspect(aspect, word)
  for (const aspect of pack.aspects) addHandovers(pack, aspect, word)
  for (const scene of pack.scenes) for (const term of scene.terms) word(term).scene ??= scene
  // A word that a pack lists both as a name and as a judgement judges: 顺滑 of hair.
  for (const entry of words) if (entry.naming?.kind === 'term' && entry.judging?.implies) entry.naming = null
  for (const text of cues.nuisances) {
    const { naming } = word(text)
    if (naming?.kind === 'term') word(text).naming = { ...naming, nuisance: true }
  }
  const machine = [...cues.spam.incentive, ...cues.spam.template]
  for (const text of [...pack.ignore, ...lexicon.ignore, ...lexicon.things, ...machine]) markIgnored(word(text))
  for (const text of lexicon.things) word(text).thing = word(text).ignore
  return { pack, words, matcher }
}

const blank = (text: string, id: number): Word => ({
  id,
  text,
  ignore: false,
  thing: false,
  han: isHan(text.charCodeAt(0)),
  naming: null,
  judging: null,
  scene: null,
  emotion: null,
  cues: null,
  brand: null,
})

// What a pack says of a word weighs more than the common list of words to pass over.
function markIgnored(word: Word): void {
  if (!word.naming && !word.judging?.implies) word.ignore = true
}

function judging(word: Word): Judging {
  word.judging ??= blankJudging(word.text)
  return word.judging
}

function blankJudging(text: string): Judging {
  return {
    polarity: 0,
    judges: false,
    implies: null,
    byAspect: null,
    handsOver: null,
    negator: false,
    lack: false,
    degree: false,
    excess: false,
    breaks: false,
    contrast: false,
    wish: false,
    regret: false,
    sarcasm: false,
    question: false,
    idiom: false,
    extreme: false,
    tears: false,
    final: isHan(text.charCodeAt(0)) && text.length === 1,
  }
}

function addLexicon(lexicon: Lexicon, word: (text: string) => Word): void {
  const set = (list: readonly string[], change: (entry: Judging) => void) => {
    for (const text of list) if (text) change(judging(word(text)))
  }
  const polar = (polarity: -1 | 0 | 1) => (entry: Judging) => {
    entry.judges = true
    entry.polarity = polarity
  }
  set(lexicon.vague, polar(0))
  set([...compared(lexicon.positive), ...lexicon.emojiPositive], polar(1))
  set([...compared(asDone(lexicon.negative)), ...lexicon.emojiNegative], polar(-1))
  const flags = {
    degree: lexicon.degree,
    excess: lexicon.excess,
    negator: [...lexicon.negators, ...lexicon.lack],
    lack: lexicon.lack,
    breaks: lexicon.breaks,
    contrast: lexicon.contrasts,
    wish: lexicon.wishes,
    regret: lexicon.regrets,
    sarcasm: lexicon.sarcasm,
    question: lexicon.questions,
    extreme: lexicon.extremes,
    final: lexicon.final,
  } as const
  for (const [flag, list] of Object.entries(flags)) {
    set(list, (entry) => {
      entry[flag as keyof typeof flags] = true
    })
  }
  for (const [emotion, list] of Object.entries(lexicon.emotions)) {
    for (const text of list) if (text) word(text).emotion = emotion as Emotion
  }
}

function addCues(cues: Cues, word: (text: string) => Word): void {
  for (const [name, list] of cueLists(cues)) {
    for (const text of list) {
      const entry = word(text)
      entry.cues ??= []
      if (!entry.cues.includes(name)) entry.cues.push(name)
    }
  }
  for (const [emotion, list] of Object.entries(cues.emotion)) {
    for (const text of list) word(text).emotion ??= emotion as Emotion
  }
  for (const [polarity, idiom, list] of [
    [1, false, cues.signs.positive],
    [-1, false, cues.signs.negative],
    [1, true, cues.idioms.positive],
    [-1, true, cues.idioms.negative],
  ] as const) {
    for (const text of list) Object.assign(judging(word(text)), { judges: true, polarity, idiom })
  }
  for (const text of cues.signs.wry) judging(word(text)).sarcasm = true
  for (const text of cues.signs.tears) judging(word(text)).tears = true
}

function addHandovers(pack: Pack, aspect: Aspect, word: (text: string) => Word): void {
  for (const [id, list] of Object.entries(aspect.handsOver)) {
    const other = pack.aspects.find((candidate) => candidate.id === id)!
    for (const text of list) {
      const entry = judging(word(text))
      entry.handsOver ??= new Map()
      entry.handsOver.set(aspect.id, other)
    }
  }
}

function addAspect(aspect: Aspect, word: (text: string) => Word): void {
  const name = (list: string[], kind: Naming['kind']) => {
    for (const text of list) word(text).naming ??= { aspect, kind, nuisance: false }
  }
  name(asDone(aspect.faults), 'fault')
  name(aspect.praises, 'praise')
  name(aspect.neutral, 'neutral')
  name(aspect.terms, 'term')
  for (const [list, polarity] of [
    [compared(aspect.positive), 1],
    [compared(asDone(aspect.negative)), -1],
  ] as const) {
    for (const text of list) {
      const entry = judging(word(text))
      entry.judges = true
      if (entry.implies) continue
      entry.implies = aspect
      entry.polarity = polarity
    }
  }
  for (const [list, polarity] of [
    [aspect.opinions.positive, 1],
    [aspect.opinions.negative, -1],
  ] as const) {
    for (const text of list) {
      const entry = judging(word(text))
      entry.judges = true
      entry.byAspect ??= new Map()
      if (!entry.byAspect.has(aspect.id)) entry.byAspect.set(aspect.id, polarity)
    }
  }
}
