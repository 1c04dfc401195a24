import type { Emotion } from '../core/reading.ts'
import type { Lexicon } from './lexicon.ts'
import { Matcher } from './matcher.ts'
import type { Aspect, Pack, Scene } from './packs.ts'
import { foldWord, isHan } from './text.ts'

/** How a word names an aspect: by name, or by a phrase that judges it too. */
export interface Naming {
  aspect: Aspect
  kind: 'term' | 'praise' | 'fault' | 'neutral'
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
  /** Judges only at the end of its phrase: see `closesPhrase`. */
  final: boolean
}

/** All that one word means to a pack. A word may name a scene and judge at once. */
export interface Word {
  text: string
  ignore: boolean
  han: boolean
  naming: Naming | null
  judging: Judging | null
  scene: Scene | null
  emotion: Emotion | null
}

/** A pack and the lexicon, compiled for finding. */
export interface Vocabulary {
  pack: Pack
  words: Word[]
  matcher: Matcher
}

export function compile(pack: Pack, lexicon: Lexicon): Vocabulary {
  const words: Word[] = []
  const matcher = new Matcher()
  const word = (text: string): Word => {
    const folded = foldWord(text)
    const id = matcher.add(folded, words.length)
    if (id === words.length) words.push(blank(folded))
    return words[id]!
  }
  addLexicon(lexicon, word)
  for (const aspect of pack.aspects) addAspect(aspect, word)
  for (const aspect of pack.aspects) addHandovers(pack, aspect, word)
  for (const scene of pack.scenes) for (const term of scene.terms) word(term).scene ??= scene
  // A word that a pack lists both as a name and as a judgement judges: 顺滑 of hair.
  for (const entry of words) if (entry.naming?.kind === 'term' && entry.judging?.implies) entry.naming = null
  for (const text of [...pack.ignore, ...lexicon.ignore]) markIgnored(word(text))
  return { pack, words, matcher }
}

const blank = (text: string): Word => ({
  text,
  ignore: false,
  han: isHan(text.charCodeAt(0)),
  naming: null,
  judging: null,
  scene: null,
  emotion: null,
})

// What a pack says of a word weighs more than the common list of words to pass over.
function markIgnored(word: Word): void {
  if (!word.naming && !word.judging?.implies) word.ignore = true
}

function judging(word: Word): Judging {
  word.judging ??= {
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
    final: isHan(word.text.charCodeAt(0)) && word.text.length === 1,
  }
  return word.judging
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
  set([...lexicon.positive, ...lexicon.emojiPositive], polar(1))
  set([...lexicon.negative, ...lexicon.emojiNegative], polar(-1))
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
    for (const text of list) word(text).naming ??= { aspect, kind }
  }
  name(aspect.faults, 'fault')
  name(aspect.praises, 'praise')
  name(aspect.neutral, 'neutral')
  name(aspect.terms, 'term')
  for (const [list, polarity] of [
    [aspect.positive, 1],
    [aspect.negative, -1],
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
