import { foldOf } from '../folds.ts'
import type { SentimentPrior } from '../prior/sentiment.ts'
import { tagSpan } from './chain.ts'
import { WIDTH } from './features.ts'
import { averagedCrf, type Crf, fitCrf, lossOf, type Sequences } from './fit.ts'
import { averagedHead, Examples, fitHead } from './heads.ts'
import { pairFeatures } from './pairs.ts'
import {
  type Frame,
  type Heads,
  Judge,
  type Prepared,
  Preparer,
  pairsOf,
  piecesOf,
  type Relation,
  type RelationModel,
  SpanReader,
  type Stretch,
} from './relations.ts'
import { senseFeatures } from './senses.ts'
import type { Pair, Setting } from './setting.ts'
import { howToTell, type Judgeable, same } from './telling.ts'
import type { Wordlist } from './wordlist.ts'

/** A text with all of its relations. */
export interface LabelledText {
  text: string
  domain: string
  relations: Relation[]
}

interface Options {
  seed: number
  words: Wordlist
  /** What is known of praise and complaint before any label; null where it does not ship. */
  prior: SentimentPrior | null
  say(line: string): void
}

/** Each part is learnt this many times, each time without one fold: what it says of that fold trains and sets what comes after it. */
const FOLDS = 3
const CHAIN = { epochs: 6, decay: 0.001 }
/** The steps of the chains: where labels are uneven, short ones learn less of what is but chance. The first fold tells which. */
const PACES = [
  { rate: 0.06, ease: 1 },
  { rate: 0.02, ease: 4 },
]
const PAIR = { epochs: 5, rate: 0.05, ease: 1, decay: 0.001 }
const SENSE = { epochs: 6, rate: 0.1, ease: 1, decay: 0.001 }

/** Hash tables grow with what they hold, from 2^12 rows to these; those of many classes to fewer. */
const MOST_BITS = { chain: 19, chainOfMuch: 20, pair: 20, sense: 19, senseWeights: 22 }
const MUCH_TEXT = 400_000
const bitsFor = (features: number, most: number): number =>
  Math.min(most, Math.max(12, Math.ceil(Math.log2(features + 1))))

/** A relation in units: the spans it covers, or null where they are no units of the text. */
interface Target extends Pair {
  category: number
  polarity: number
}

interface Lesson extends Prepared {
  fold: number
  targets: Target[]
}

/** Learns to read relations; null where a fold would be empty. */
export function learnRelations(labelled: LabelledText[], { seed, words, prior, say }: Options): RelationModel | null {
  const texts = labelled.flatMap(inPieces)
  const frame = frameOf(texts, words, prior)
  const characters = texts.reduce((sum, { text }) => sum + text.length, 0)
  const bits = bitsFor(characters * 8, characters > MUCH_TEXT ? MOST_BITS.chainOfMuch : MOST_BITS.chain)
  const preparer = new Preparer(frame, bits)
  const lessons = texts.map((one) => lessonOf(one, frame, preparer))
  const folds = Array.from({ length: FOLDS }, (_, fold) => fold)
  if (!folds.every((fold) => lessons.some((lesson) => lesson.fold === fold && lesson.targets.length > 0))) return null
  const data = sequencesOf(lessons)
  const chains = chainsOf(data, lessons, { bits, seed, say })
  const settings = settingsOf(lessons, chains, frame.longest)
  const heads = headsOf(lessons, settings, frame, seed, say)
  return {
    ...frame,
    chain: averagedCrf(chains),
    pair: averagedHead(heads.map((head) => head.pair)),
    category: averagedHead(heads.map((head) => head.category)),
    polarity: averagedHead(heads.map((head) => head.polarity)),
    ...howToTell(judgeables(lessons, settings, texts, frame, heads), FOLDS, seed),
  }
}

/** What each text's own judge, which has not learnt it, finds in it. */
function judgeables(lessons: Lesson[], settings: Setting[], texts: LabelledText[], frame: Frame, heads: Heads[]) {
  const judges = heads.map((one) => new Judge(frame, one))
  return lessons.map(({ fold }, i): Judgeable => {
    const setting = settings[i]!
    return { relations: texts[i]!.relations, fold, setting, found: judges[fold]!.likely(setting) }
  })
}

/** A chain a fold, learnt without it, at the pace that foretells the first fold better. */
function chainsOf(
  data: Sequences,
  lessons: Lesson[],
  { bits, seed, say }: { bits: number; seed: number; say: Options['say'] },
): Crf[] {
  const chainOf = (fold: number, pace: (typeof PACES)[number]) => {
    say(`chain ${fold + 1} of ${FOLDS}`)
    return fitCrf(
      data,
      numbers(lessons, (one) => one !== fold),
      { ...CHAIN, ...pace, bits, seed: seed + fold },
    )
  }
  const first = numbers(lessons, (fold) => fold === 0)
  const tried = PACES.map((pace) => {
    const chain = chainOf(0, pace)
    return { pace, chain, loss: lossOf(chain, data, first) }
  })
  const best = tried.reduce((a, b) => (b.loss < a.loss ? b : a))
  const later = Array.from({ length: FOLDS - 1 }, (_, i) => chainOf(i + 1, best.pace))
  return [best.chain, ...later]
}

/** The numbers of the lessons of the folds that are wanted. */
const numbers = (lessons: Lesson[], wanted: (fold: number) => boolean): Uint32Array =>
  Uint32Array.from(lessons.flatMap(({ fold }, i) => (wanted(fold) ? [i] : [])))

function inPieces({ text, domain, relations }: LabelledText): LabelledText[] {
  return piecesOf(text).map(({ start, end }) => {
    const holds = (one: Stretch | null) => one === null || (one.start >= start && one.end <= end)
    const moved = (one: Stretch | null) => one && { start: one.start - start, end: one.end - start }
    return {
      text: text.slice(start, end),
      domain,
      relations: relations
        .filter((one) => holds(one.aspect) && holds(one.opinion))
        .map((one) => ({ ...one, aspect: moved(one.aspect), opinion: moved(one.opinion) })),
    }
  })
}

function frameOf(texts: LabelledText[], words: Wordlist, prior: SentimentPrior | null): Frame {
  const all = texts.flatMap((one) => one.relations)
  const names = (of: string[]) => [...new Set(of)].sort()
  const spans = all.flatMap((one) => [one.aspect, one.opinion]).filter((one) => one !== null)
  const crossing = all.filter(
    ({ aspect, opinion }) => aspect && opinion && aspect.start < opinion.end && opinion.start < aspect.end,
  )
  return {
    domains: names(texts.map((one) => one.domain)),
    categories: names(all.map((one) => one.category)),
    polarities: names(all.map((one) => one.polarity)),
    aspectAlone: all.some((one) => one.opinion === null),
    opinionAlone: all.some((one) => one.aspect === null),
    overlapping: crossing.length > 0,
    longest: spans.reduce((most, span) => Math.max(most, span.end - span.start), 1),
    words,
    prior,
  }
}

function lessonOf({ text, domain, relations }: LabelledText, frame: Frame, preparer: Preparer): Lesson {
  const prepared = preparer.prepare(text, domain)
  const { starts, ends, count } = prepared.units
  const spanOf = (stretch: Stretch, sort: number) => {
    let start = 0
    while (start < count && ends[start]! <= stretch.start) start++
    let end = start
    while (end < count && starts[end]! < stretch.end) end++
    return end > start ? { sort, start, end, probability: 1 } : null
  }
  const targets = relations.flatMap((one) => {
    const aspect = one.aspect && spanOf(one.aspect, 0)
    const opinion = one.opinion && spanOf(one.opinion, 1)
    if (aspect === null && opinion === null) return []
    const category = frame.categories.indexOf(one.category)
    return [{ aspect, opinion, category, polarity: frame.polarities.indexOf(one.polarity) }]
  })
  return { ...prepared, targets, fold: foldOf(text, FOLDS, 'relations') }
}

function sequencesOf(lessons: Lesson[]): Sequences {
  const starts = new Uint32Array(lessons.length + 1)
  lessons.forEach((lesson, i) => {
    starts[i + 1] = starts[i]! + lesson.units.count
  })
  const total = starts[lessons.length]!
  const features = new Uint32Array(total * WIDTH)
  const tags: [Uint8Array, Uint8Array] = [new Uint8Array(total), new Uint8Array(total)]
  lessons.forEach((lesson, i) => {
    features.set(lesson.features, starts[i]! * WIDTH)
    for (const { aspect, opinion } of lesson.targets) {
      if (aspect) tagSpan(tags[0], starts[i]!, aspect)
      if (opinion) tagSpan(tags[1], starts[i]!, opinion)
    }
  })
  return { starts, width: WIDTH, features, tags }
}

/** The candidates of each text, by the chain that has not learnt it. */
function settingsOf(lessons: Lesson[], chains: Crf[], longest: number): Setting[] {
  const readers = chains.map((chain) => new SpanReader(chain, longest))
  return lessons.map((lesson) => {
    const reader = readers[lesson.fold]!
    reader.scores(lesson)
    return reader.spans(lesson)
  })
}

/** The heads, one set a fold, learnt without it. */
function headsOf(lessons: Lesson[], settings: Setting[], frame: Frame, seed: number, say: Options['say']): Heads[] {
  const pairs = new Examples()
  const senses = new Examples()
  const isGold: number[] = []
  const pairFold: number[] = []
  const gold: Target[] = []
  const relations = lessons.reduce((sum, { targets }) => sum + targets.length, 0)
  const pairBits = bitsFor(relations * 64, MOST_BITS.pair)
  const classes = (of: string[]) => Math.max(2, of.length)
  const widest = Math.max(classes(frame.categories), classes(frame.polarities))
  const senseBits = bitsFor(
    relations * 32,
    Math.min(MOST_BITS.sense, MOST_BITS.senseWeights - Math.ceil(Math.log2(widest))),
  )
  const senseFold: number[] = []
  lessons.forEach(({ targets, fold }, i) => {
    for (const pair of pairsOf(frame, settings[i]!)) {
      pairFeatures(settings[i]!, pair, pairBits, pairs)
      isGold.push(targets.some((target) => same(target, pair)) ? 1 : 0)
      pairFold.push(fold)
    }
    for (const target of targets) {
      senseFeatures(settings[i]!, target, senseBits, senses)
      gold.push(target)
      senseFold.push(fold)
    }
  })
  const without = (of: number[], fold: number) => Uint32Array.from(of.flatMap((one, i) => (one === fold ? [] : [i])))
  const pairTargets = Uint8Array.from(isGold)
  const categories = Uint8Array.from(gold, (one) => one.category)
  const polarities = Uint8Array.from(gold, (one) => one.polarity)
  return Array.from({ length: FOLDS }, (_, fold) => {
    say(`heads ${fold + 1} of ${FOLDS}`)
    const sense = { ...SENSE, bits: senseBits, seed: seed + fold }
    const chosen = without(senseFold, fold)
    return {
      pair: fitHead(pairs, without(pairFold, fold), pairTargets, 2, { ...PAIR, bits: pairBits, seed: seed + fold }),
      category: fitHead(senses, chosen, categories, classes(frame.categories), sense),
      polarity: fitHead(senses, chosen, polarities, classes(frame.polarities), sense),
    }
  })
}
