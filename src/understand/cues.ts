import path from 'node:path'
import { type Shaped, strictObject } from '../core/shape.ts'
import { readJson, words } from './pack-file.ts'

const emotionWords = strictObject({ angry: words, sad: words, fear: words, surprise: words, happy: words })

const cuesFile = strictObject({
  /** Under what condition something holds: what opens and closes such words, and the verbs and units of 用了两天. */
  condition: strictObject({
    open: words,
    close: words,
    /** What stands between the condition and what follows from it: 就. */
    follows: words,
    verbs: words,
    /** What follows any verb that is counted: 了不到, 过三. */
    counted: words,
    units: words,
    after: words,
  }),
  /** What opens a cause, what stands between cause and effect in one clause, and what opens the effect after a cause. */
  cause: strictObject({ open: words, close: words, so: words }),
  /** 除了…以外都…: what opens an exception, where the rest begins, and what makes it an addition (除了好看还便宜). */
  except: strictObject({ open: words, rest: words, also: words }),
  /** Questions that assert the opposite: 这也叫保温？ */
  rhetorical: words,
  /** Turns of speech that complain whatever they speak of: 连…都没, and those that stand alone: 说好的. */
  complains: strictObject({ even: words, none: words, alone: words }),
  /** Exclamations that look like questions: 怎么这么吵. */
  exclaim: words,
  /** Questions that take for granted what they ask about: 漏水怎么办. */
  given: words,
  /** Comparisons in which the goods at hand lose: 比这个好. */
  inverse: words,
  /** What tells that something was thought (本来以为), and that it turned out otherwise (没想到). */
  expectation: strictObject({ thought: words, overturned: words }),
  /** Names of aspects of which less is better: "hardly any noise" praises. */
  nuisances: words,
  sarcasm: strictObject({
    /** What turns the praise right behind it: 好一个. */
    openers: words,
    /** Exclamations of praise that mock where a fault follows. */
    exclaims: words,
    /** Praise that is mostly meant: it mocks only right before a hard fault. */
    praises: words,
    /** Thanks for what nobody is thankful for. */
    thanks: words,
    /** Words of a bad experience that unmask an exclamation. */
    bitter: words,
  }),
  emotion: emotionWords,
  /** Judgements whose single words say something else: 好得不能再好, "can't go wrong". */
  idioms: strictObject({ positive: words, negative: words }),
  /** Emoji and kaomoji that judge; the wry ones smile and do not mean it, tears beside praise are tears of joy. */
  signs: strictObject({ positive: words, negative: words, wry: words, tears: words }),
  strength: strictObject({ extreme: words, strong: words, mild: words, swear: words }),
  urgency: strictObject({ now: words, soon: words, calm: words }),
  intent: strictObject({
    ask: words,
    return: words,
    not_return: words,
    suggest: words,
    not_suggest: words,
    leave: words,
    report: words,
    not_report: words,
  }),
  spam: strictObject({ advert: words, contact: words, template: words, filler: words, incentive: words }),
  comparison: strictObject({ than: words, switch: words, former: words }),
  /** What is said in conversations: of the customer's side, and of the helping side. */
  talk: strictObject({
    courtesy: words,
    resolved: words,
    unresolved: words,
    offer: words,
    apology: words,
    refusal: words,
  }),
})

/** The turns of speech that tell intent, urgency, sarcasm and the like, for every category (`packs/cues.json`). */
export type Cues = Shaped<typeof cuesFile>

/** Throws `PackError` with the file and the place where the file is not such a list. */
export const loadCues = (dir: string): Cues => readJson(path.join(dir, 'cues.json'), cuesFile)

/** A cue by its place in the file, such as `urgency.now`. */
export type CueName =
  | 'condition.open'
  | 'condition.close'
  | 'condition.follows'
  | 'condition.verbs'
  | 'condition.counted'
  | 'condition.after'
  | 'cause.open'
  | 'cause.close'
  | 'cause.so'
  | `except.${keyof Cues['except']}`
  | 'rhetorical'
  | `complains.${keyof Cues['complains']}`
  | 'exclaim'
  | 'given'
  | 'inverse'
  | `expectation.${keyof Cues['expectation']}`
  | `sarcasm.${keyof Cues['sarcasm']}`
  | 'signs.wry'
  | `strength.${keyof Cues['strength']}`
  | `urgency.${keyof Cues['urgency']}`
  | `intent.${keyof Cues['intent']}`
  | `spam.${keyof Cues['spam']}`
  | `comparison.${keyof Cues['comparison']}`

/** The lists that are looked for in every text, by name. */
export function cueLists(cues: Cues): [CueName, string[]][] {
  const part = <G extends string>(group: G, lists: Record<string, string[]>): [CueName, string[]][] =>
    Object.entries(lists).map(([name, list]) => [`${group}.${name}` as CueName, list])
  const { units: _, ...condition } = cues.condition
  return [
    ...part('condition', condition),
    ...part('cause', cues.cause),
    ...part('except', cues.except),
    ['rhetorical', cues.rhetorical],
    ...part('complains', cues.complains),
    ['exclaim', cues.exclaim],
    ['given', cues.given],
    ['inverse', cues.inverse],
    ...part('expectation', cues.expectation),
    ...part('sarcasm', cues.sarcasm),
    ['signs.wry', cues.signs.wry],
    ...part('strength', cues.strength),
    ...part('urgency', cues.urgency),
    ...part('intent', cues.intent),
    ...part('spam', cues.spam),
    ...part('comparison', cues.comparison),
  ]
}
