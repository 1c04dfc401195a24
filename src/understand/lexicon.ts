import path from 'node:path'
import { type Shaped, strictObject } from '../core/shape.ts'
import { readJson, words } from './pack-file.ts'

const lexiconFile = strictObject({
  positive: words,
  negative: words,
  /** Words that judge only together with an aspect: 大, 小, 高, 低. */
  vague: words,
  /** Words that may stand between a negation and what it negates. */
  degree: words,
  /** Degrees that turn a vague word into a complaint: 太, 有点. */
  excess: words,
  negators: words,
  /** Negators that complain of too little, whatever follows: 不够. */
  lack: words,
  /** Words at which a clause ends though no mark stands there. */
  breaks: words,
  /** Breaks after which the writer comes to the point. */
  contrasts: words,
  /** Words that speak of what is wished for, not of what is. */
  wishes: words,
  /** Words that regret the lack of something. */
  regrets: words,
  sarcasm: words,
  questions: words,
  ignore: words,
  /** Names of goods that hold a judging word by chance: 垃圾桶, 破壁机. The weights are not shown them either. */
  things: words,
  /** Words that only say how much behind 得 and 到: 好用得离谱. */
  extremes: words,
  /** Words that judge only where nothing of the same phrase follows: 还可以, but not 可以换. */
  final: words,
  emojiPositive: words,
  emojiNegative: words,
  emotions: strictObject({ happy: words, angry: words, sad: words, fear: words, surprise: words }),
})

/** The words that judge, negate, grade and turn, for every category (`packs/lexicon.json`). */
export type Lexicon = Shaped<typeof lexiconFile>

export const loadLexicon = (dir: string): Lexicon => readJson(path.join(dir, 'lexicon.json'), lexiconFile)
