import type { SentimentPrior } from '../prior/sentiment.ts'
import type { Boosted } from '../trees/boost.ts'
import { OUTPUTS } from './chain.ts'
import { unitFeatures, WIDTH } from './features.ts'
import type { Crf } from './fit.ts'
import { Examples, type Head, judge } from './heads.ts'
import { emissions, type Lattice, newLattice } from './lattice.ts'
import { pairFeatures } from './pairs.ts'
import { lookAgain } from './second-look.ts'
import { senseFeatures } from './senses.ts'
import { type MoodOf, overlap, type Pair, type Setting, settingOf } from './setting.ts'
import { candidates, expMoves } from './spans.ts'
import { cutUnits, newUnits, type Units } from './units.ts'
import { WordFinder, type Wordlist } from './wordlist.ts'

/** A stretch of a text in UTF-16 units, end exclusive. */
export interface Stretch {
  start: number
  end: number
}

/** What a text says of what: an aspect term, an opinion term (one of the two may be implicit), what it is about, how it judges. */
export interface Relation {
  aspect: Stretch | null
  opinion: Stretch | null
  category: string
  polarity: string
}

export interface Told extends Relation {
  /** The probability that all of its parts are right. */
  confidence: number
}

/** What is known of a kind of text before any is read. */
export interface Frame {
  /** The place of a domain, plus 1, is its number; 0 is one never seen. */
  domains: string[]
  categories: string[]
  polarities: string[]
  /** Whether an aspect may stand without an opinion, and the other way round, and whether the two may overlap. */
  aspectAlone: boolean
  opinionAlone: boolean
  overlapping: boolean
  /** The longest span, in units. */
  longest: number
  words: Wordlist
  /** What is known of praise and complaint before any label; null where it does not ship. */
  prior: SentimentPrior | null
}

export interface Heads {
  pair: Head
  category: Head
  polarity: Head
}

export interface RelationModel extends Frame, Heads {
  chain: Crf
  /** What looks at all pairs of a text again; null where it does not tell them better. */
  look: Boosted | null
  /** Relations of less confidence are not told. */
  threshold: number
  /** Whether what contradicts each other is told side by side, each with its confidence: see `decisionOf`. */
  alternatives: boolean
}

/** A text made ready: its units and their features. */
export interface Prepared {
  units: Units
  marks: Uint8Array
  domain: number
  features: Uint32Array
  moodOf: MoodOf
}

/** Spans and pairs less probable than this are not looked at. */
const LEAST_SPAN = 0.05
const LEAST_PAIR = 0.05
const LEAST_BOTH = 0.01
/** An aspect and an opinion farther apart, in units, are not paired. */
const FARTHEST = 80

export class Preparer {
  readonly #bits: number
  readonly #finder: WordFinder
  readonly #domains: Map<string, number>
  readonly #prior: SentimentPrior | null

  constructor(frame: Pick<Frame, 'domains' | 'words' | 'prior'>, bits: number) {
    this.#bits = bits
    this.#prior = frame.prior
    this.#finder = new WordFinder(frame.words)
    this.#domains = new Map(frame.domains.map((domain, i) => [domain, i + 1]))
  }

  prepare(text: string, domain: string): Prepared {
    const units = cutUnits(text, newUnits(text.length))
    const marks = new Uint8Array(units.count)
    this.#finder.mark(text, units, marks)
    const features = new Uint32Array(units.count * WIDTH)
    const number = this.#domains.get(domain) ?? 0
    unitFeatures({ units, marks, domain: number }, this.#bits, features, 0)
    return { units, marks, domain: number, features, moodOf: this.#moodsOf(text, units) }
  }

  #moodsOf(text: string, { starts, ends }: Units): MoodOf {
    const score = this.#prior?.scorerOf(text)
    return (start, end) => (score && end > start ? score(starts[start]!, ends[end - 1]!) : 0)
  }
}

/** Finds the candidate spans of a text by a chain. */
export class SpanReader {
  readonly #chain: Crf
  readonly #longest: number
  readonly #moves: Float64Array[]
  #lattice: Lattice = newLattice(256)
  #room = 256

  constructor(chain: Crf, longest: number) {
    this.#chain = chain
    this.#longest = longest
    this.#moves = expMoves(chain.moves)
  }

  /** Scores of the tags of each unit (OUTPUTS a unit), for another model's to be added to. Valid until the next call. */
  scores({ units, features }: Prepared): Float64Array {
    if (units.count > this.#room) {
      this.#room = 2 * units.count
      this.#lattice = newLattice(this.#room)
    }
    const { weights, scale } = this.#chain
    emissions(weights, OUTPUTS, features, 0, units.count, WIDTH, scale, this.#lattice.scores)
    return this.#lattice.scores
  }

  /** The setting of a text whose scores stand in what {@link scores} returned. */
  spans(prepared: Prepared): Setting {
    const { count } = prepared.units
    const found = count === 0 ? [] : candidates(this.#lattice, count, this.#moves, LEAST_SPAN, this.#longest)
    return settingOf(prepared, found)
  }
}

/** Every pair that a text's candidates may form. */
export function pairsOf(frame: Frame, { found }: Setting): Pair[] {
  const pairs: Pair[] = []
  const aspects = found.filter((one) => one.sort === 0)
  for (const opinion of found) {
    if (opinion.sort === 0) continue
    if (frame.opinionAlone) pairs.push({ aspect: null, opinion })
    for (const aspect of aspects) {
      if (!frame.overlapping && overlap(aspect, opinion)) continue
      if (aspect.probability * opinion.probability < LEAST_BOTH) continue
      if (Math.abs(aspect.start - opinion.start) <= FARTHEST) pairs.push({ aspect, opinion })
    }
  }
  if (frame.aspectAlone) for (const aspect of aspects) pairs.push({ aspect, opinion: null })
  return pairs
}

export interface Judged extends Pair {
  probability: number
}

/** A pair in words, with the number of its polarity. */
export interface Voiced extends Judged {
  told: Told
  polarity: number
}

/** Judges pairs and words them as relations. */
export class Judge {
  readonly #frame: Frame
  readonly #heads: Heads
  readonly #example = new Examples()
  readonly #both = new Float64Array(2)
  readonly #category: Float64Array
  readonly #polarity: Float64Array

  constructor(frame: Frame, heads: Heads) {
    this.#frame = frame
    this.#heads = heads
    this.#category = new Float64Array(Math.max(2, frame.categories.length))
    this.#polarity = new Float64Array(Math.max(2, frame.polarities.length))
  }

  /** The pairs that a text may hold, the likeliest first, whether they agree with each other or not. */
  likely(setting: Setting): Voiced[] {
    const likely: Judged[] = []
    for (const pair of pairsOf(this.#frame, setting)) {
      const probability = this.probability(setting, pair)
      if (probability >= LEAST_PAIR) likely.push({ ...pair, probability })
    }
    return likely.sort((a, b) => b.probability - a.probability).map((one) => this.#voiced(setting, one))
  }

  /** The probability that a pair is one of the text's. */
  probability(setting: Setting, pair: Pair): number {
    const { pair: head } = this.#heads
    this.#example.clear()
    pairFeatures(setting, pair, head.bits, this.#example)
    judge(head, this.#example, 0, this.#both)
    return this.#both[1]!
  }

  /** The probabilities of the categories and the polarities of a pair. Valid until the next call. */
  senses(setting: Setting, pair: Pair): { category: Float64Array; polarity: Float64Array } {
    const { category, polarity } = this.#heads
    this.#example.clear()
    senseFeatures(setting, pair, polarity.bits, this.#example)
    judge(category, this.#example, 0, this.#category)
    judge(polarity, this.#example, 0, this.#polarity)
    return { category: this.#category, polarity: this.#polarity }
  }

  #voiced(setting: Setting, one: Judged): Voiced {
    const { category, polarity } = this.senses(setting, one)
    const c = highest(category, this.#frame.categories.length)
    const p = highest(polarity, this.#frame.polarities.length)
    const sure = (probabilities: Float64Array, at: number, of: string[]) => (of.length > 1 ? probabilities[at]! : 1)
    const stretch = (span: { start: number; end: number } | null): Stretch | null =>
      span && { start: setting.units.starts[span.start]!, end: setting.units.ends[span.end - 1]! }
    const told = {
      aspect: stretch(one.aspect),
      opinion: stretch(one.opinion),
      category: this.#frame.categories[c]!,
      polarity: this.#frame.polarities[p]!,
      confidence:
        one.probability * sure(category, c, this.#frame.categories) * sure(polarity, p, this.#frame.polarities),
    }
    return { ...one, told, polarity: p }
  }
}

function highest(values: Float64Array, count: number): number {
  let best = 0
  for (let i = 1; i < count; i++) if (values[i]! > values[best]!) best = i
  return best
}

/** Of pairs, the likeliest first, those that agree with each other. */
export function agreeing<One extends Judged>(likely: readonly One[]): One[] {
  const kept: One[] = []
  for (const one of likely) if (agrees(one, kept)) kept.push(one)
  return kept
}

/**
 * Whether a pair agrees with those kept: spans of a sort are equal or apart; a span that stands alone stands in no other pair; a
 * second partner must be more likely than not.
 */
function agrees(one: Judged, kept: Judged[]): boolean {
  return kept.every((other) => fits(one, other, 'aspect') && fits(one, other, 'opinion'))
}

function fits(one: Judged, other: Judged, side: 'aspect' | 'opinion'): boolean {
  const a = one[side]
  const b = other[side]
  if (a === null || b === null) return true
  if (a !== b) return !overlap(a, b)
  const across = side === 'aspect' ? 'opinion' : 'aspect'
  return one[across] !== null && other[across] !== null && (side === 'aspect' || one.probability >= 0.5)
}

/** Texts are read in pieces of at most this many UTF-16 units, cut after a sentence or a clause. */
const PIECE = 600

/** Reads the relations of texts with a model. */
export class RelationReader {
  readonly #model: RelationModel
  readonly #preparer: Preparer
  readonly #spans: SpanReader
  readonly #judge: Judge

  constructor(model: RelationModel) {
    this.#model = model
    this.#preparer = new Preparer(model, model.chain.bits)
    this.#spans = new SpanReader(model.chain, model.longest)
    this.#judge = new Judge(model, model)
  }

  /** The relations of a text, in the order of their places. */
  read(text: string, domain: string): Told[] {
    const { threshold, alternatives } = this.#model
    const told = this.#told(text, domain, alternatives).filter((one) => one.confidence >= threshold)
    return told.sort((a, b) => place(a) - place(b))
  }

  /** The relations that a text may hold, whatever their confidence and whether they agree with each other or not. */
  candidates(text: string, domain: string): Told[] {
    return this.#told(text, domain, true)
  }

  #told(text: string, domain: string, alternatives: boolean): Told[] {
    return piecesOf(text).flatMap(({ start, end }) => {
      const prepared = this.#preparer.prepare(text.slice(start, end), domain)
      this.#spans.scores(prepared)
      const setting = this.#spans.spans(prepared)
      const likely = this.#judge.likely(setting)
      const seen = this.#model.look ? lookAgain(this.#model.look, setting, likely) : likely
      const chosen = alternatives ? seen : agreeing(seen)
      return chosen.map(({ told }) => shifted(told, start))
    })
  }
}

const place = ({ aspect, opinion }: Told): number => Math.min(aspect?.start ?? Infinity, opinion?.start ?? Infinity)

function shifted(one: Told, by: number): Told {
  const moved = (stretch: Stretch | null) => stretch && { start: stretch.start + by, end: stretch.end + by }
  return { ...one, aspect: moved(one.aspect), opinion: moved(one.opinion) }
}

/** A text in pieces that are short enough to be read at once. */
export function piecesOf(text: string): Stretch[] {
  const pieces: Stretch[] = []
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + PIECE)
    if (end < text.length) {
      const window = text.slice(start, end)
      const cut = Math.max(
        ...['。', '！', '？', '.', '!', '?', '\n', '，', ','].map((mark) => window.lastIndexOf(mark)),
      )
      if (cut > PIECE / 3) end = start + cut + 1
      else if (/[\uD800-\uDBFF]$/.test(window)) end--
    }
    pieces.push({ start, end })
    start = end
  }
  return pieces
}
