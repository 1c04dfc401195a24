import type { Pack } from '../packs.ts'
import { foldText, isHan, isLatin } from '../text.ts'
import { type Common, compile, type Vocabulary, type Word } from '../vocabulary.ts'
import { EVERYDAY } from './everyday.ts'

/** Tells phrases that a pack, the lexicon or everyday language already has from those that are news to the reader. */
export class KnownWords {
  readonly #vocabulary: Vocabulary
  readonly #own: ReadonlySet<string>

  constructor(pack: Pack, common: Common) {
    this.#vocabulary = compile(pack, common)
    this.#own = new Set([pack.zh, pack.en.toLowerCase(), ...pack.match.map((word) => word.toLowerCase())])
  }

  /** True where nothing of the phrase is new: at most one character is left without the words that are known. */
  has(phrase: string): boolean {
    if (this.#own.has(phrase) || EVERYDAY.has(phrase)) return true
    return this.#rest(phrase) < 2
  }

  /** How many characters (or letters) no known word of the phrase covers. */
  #rest(phrase: string): number {
    const covered = new Uint8Array(phrase.length)
    this.#walk(phrase, (word, start, end) => {
      if (word.naming || word.judging || word.scene || word.ignore || word.brand) covered.fill(1, start, end)
    })
    for (const word of [...EVERYDAY, ...this.#own]) {
      for (let at = phrase.indexOf(word); at >= 0; at = phrase.indexOf(word, at + 1))
        covered.fill(1, at, at + word.length)
    }
    let rest = 0
    for (let i = 0; i < phrase.length; i++) {
      const code = phrase.charCodeAt(i)
      if (covered[i] === 0 && (isHan(code) || isLatin(code)) && !FILLERS.has(phrase[i]!)) rest++
    }
    return rest
  }

  #walk(phrase: string, onWord: (word: Word, start: number, end: number) => void): void {
    const { matcher, words } = this.#vocabulary
    const units = foldText(phrase)
    for (let i = 0; i < phrase.length; i++)
      matcher.walk(units, phrase.length, i, (id, start, end) => onWord(words[id]!, start, end))
  }
}

/** Characters that carry no meaning of their own beside a known word: 的服务, 了一次. */
const FILLERS = new Set(
  '的了是在着过得地和与也都还很太挺就才又再有没不这那个一二三两几次天日人我你他家们上下中里外前后来去到给被把让'.split(
    '',
  ),
)
