import path from 'node:path'
import { z } from 'zod'
import { emotions } from '../core/reading.ts'
import { readJson } from './packs.ts'

const words = z.string().or(z.array(z.string()))
const list = words.transform((value) =>
  (typeof value === 'string' ? [value] : value).flatMap((part) => part.split('|')),
)

const lexiconFile = z.strictObject({
  positive: list,
  negative: list,
  /** Words that judge only together with an aspect: 大, 小, 高, 低. */
  vague: list,
  /** Words that may stand between a negation and what it negates. */
  degree: list,
  /** Degrees that turn a vague word into a complaint: 太, 有点. */
  excess: list,
  negators: list,
  /** Negators that complain of too little, whatever follows: 不够. */
  lack: list,
  /** Words at which a clause ends though no mark stands there. */
  breaks: list,
  /** Breaks after which the writer comes to the point. */
  contrasts: list,
  /** Words that speak of what is wished for, not of what is. */
  wishes: list,
  /** Words that regret the lack of something. */
  regrets: list,
  sarcasm: list,
  questions: list,
  ignore: list,
  /** Names of goods that hold a judging word by chance: 垃圾桶, 破壁机. The weights are not shown them either. */
  things: list,
  /** Words that judge only where nothing of the same phrase follows: 还可以, but not 可以换. */
  final: list,
  emojiPositive: list,
  emojiNegative: list,
  emotions: z.strictObject(
    Object.fromEntries(emotions.filter((emotion) => emotion !== 'none').map((emotion) => [emotion, list])) as Record<
      'happy' | 'angry' | 'sad' | 'fear' | 'surprise',
      typeof list
    >,
  ),
})

/** The words that judge, negate, grade and turn, for every category (`packs/lexicon.json`). */
export type Lexicon = z.infer<typeof lexiconFile>

export const loadLexicon = (dir: string): Lexicon => readJson(path.join(dir, 'lexicon.json'), lexiconFile)
