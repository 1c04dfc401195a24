import type { Lexicon } from '../../lexicon.ts'
import { Matcher } from '../../matcher.ts'
import type { Pack } from '../../packs.ts'
import { foldText, foldWord } from '../../text.ts'
import type { Units } from './units.ts'

/** What a known word does. 0 is no known word. */
export const does = {
  nothing: 0,
  praises: 1,
  blames: 2,
  negates: 3,
  measures: 4,
  exceeds: 5,
  grades: 6,
  breaks: 7,
  turns: 8,
  ignored: 9,
  lacks: 10,
  wishes: 11,
  names: 12,
} as const

/** Known words by what they do; a word in two lists keeps the first. */
export type Wordlist = { does: number; words: string[] }[]

/** The words of the lexicon and the packs. A model keeps the list that it learnt with. */
export function wordlistOf(lexicon: Lexicon, packs: Pack[]): Wordlist {
  const aspects = packs.flatMap((pack) => pack.aspects)
  return [
    { does: does.ignored, words: lexicon.ignore },
    { does: does.negates, words: lexicon.negators },
    { does: does.lacks, words: lexicon.lack },
    { does: does.praises, words: [...lexicon.positive, ...lexicon.emojiPositive] },
    { does: does.blames, words: [...lexicon.negative, ...lexicon.emojiNegative] },
    { does: does.measures, words: lexicon.vague },
    { does: does.exceeds, words: lexicon.excess },
    { does: does.grades, words: lexicon.degree },
    { does: does.turns, words: lexicon.contrasts },
    { does: does.breaks, words: lexicon.breaks },
    { does: does.wishes, words: lexicon.wishes },
    { does: does.names, words: aspects.flatMap((aspect) => aspect.terms) },
    { does: does.praises, words: aspects.flatMap((aspect) => aspect.positive) },
    { does: does.blames, words: aspects.flatMap((aspect) => aspect.negative) },
  ]
}

/** A known word in a text, in UTF-16 units. */
export interface Known {
  does: number
  start: number
  end: number
}

export class WordFinder {
  readonly #matcher = new Matcher()

  constructor(list: Wordlist) {
    for (const part of list) for (const word of part.words) this.#matcher.add(foldWord(word).trim(), part.does)
  }

  /** The known words from left to right, the longest at each place, none within another. */
  find(text: string): Known[] {
    const codes = foldText(text)
    const found: Known[] = []
    for (let i = 0; i < text.length; ) {
      let end = 0
      let what = 0
      this.#matcher.walk(codes, text.length, i, (id, _, to) => {
        end = to
        what = id
      })
      if (end > 0) found.push({ does: what, start: i, end })
      i = end > i ? end : i + 1
    }
    return found
  }

  /** What each unit is part of: 4 × {@link does} + 0 within, 1 first, 2 last, 3 whole; 0 for none. */
  mark(text: string, units: Units, out: Uint8Array): void {
    out.fill(0, 0, units.count)
    let u = 0
    for (const known of this.find(text)) {
      while (u < units.count && units.ends[u]! <= known.start) u++
      for (; u < units.count && units.starts[u]! < known.end; u++) {
        const first = units.starts[u]! <= known.start ? 1 : 0
        const last = units.ends[u]! >= known.end ? 2 : 0
        out[u] = 4 * known.does + first + last
      }
    }
  }
}
