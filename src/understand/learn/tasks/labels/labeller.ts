import { foldText } from '../../../text.ts'
import { foldOf } from '../../folds.ts'
import { ClassReader } from '../../linear/class-reader.ts'
import { type Classifier, FOLDS, learnClassifier, pick } from '../../linear/classifier.ts'
import { hashGrams, mixHash, putInBlock } from '../../linear/grams.ts'
import { gather } from '../../linear/vocabulary.ts'
import { PRIOR_WIDTH, type SentimentPrior } from '../../prior/sentiment.ts'
import { focusOf, type Stretch } from './focus.ts'
import { type Guess, guessFrom, type Joint, jointsOf, numbersOf, spreadOver } from './joint.ts'
import { type Label, type LabelsAnswer, type LabelsRow, labelKey } from './rows.ts'

const SHAPE = { order: 2, letters: 5, reach: 8 }
const ROOM = 100_000

/** What is learnt: which topics a text has, and the sentiment of each. */
export interface Labeller {
  /** The topics; '' stands for a text without any. */
  subjects: string[]
  topic: Classifier
  sentiments: (string | number)[]
  /** Null where the labels have no sentiment, or always the same. */
  feeling: Classifier | null
  /** Beside the likeliest topic a label is told that is at least so probable, its topic and its sentiment together. */
  least: number
  /** The classes by which a strong tier tells topics and sentiments together. */
  joints: Joint[]
}

interface Told {
  text: string
  subject: string
  sentiment: string | number | null
}

const NONE = ''

/** Learns a labeller and the honest answers to its rows, all of which are labelled. */
export function learnLabeller(rows: LabelsRow[], prior: SentimentPrior | null, seed: number) {
  const told = rows.flatMap(({ text, labels }): Told[] =>
    labels!.length > 0 ? labels!.map((label) => ({ text, ...label })) : [{ text, subject: NONE, sentiment: null }],
  )
  const subjects = distinct(told.map(({ subject }) => subject))
  const topic = learnClassifier(
    {
      hashed: gather(told.length, (i, out) => hashText(told[i]!.text, out), ROOM),
      lengths: [1],
      side: new Float64Array(0),
      sideWidth: 0,
      labels: Int32Array.from(told, ({ subject }) => subjects.indexOf(subject)),
      classes: subjects.length,
      folds: foldsOf(told),
      even: false,
    },
    seed,
  )
  const felt = told.filter(({ sentiment }) => sentiment !== null)
  const sentiments = distinct(felt.map(({ sentiment }) => sentiment!))
  const feeling = sentiments.length > 1 ? learnFeeling(felt, subjects, topic.classifier, sentiments, prior, seed) : null
  const honest = honestGuesses(rows, told, subjects, topic.outOfFold, (at) =>
    feeling ? feeling.outOfFold.subarray(at * sentiments.length, (at + 1) * sentiments.length) : null,
  )
  const numbered = told.map(({ subject, sentiment }) => {
    return { subject: subjects.indexOf(subject), sentiment: sentiment === null ? null : sentiments.indexOf(sentiment) }
  })
  const joints = jointsOf(numbered)
  const settled = { subjects, topic: topic.classifier, sentiments, feeling: feeling?.classifier ?? null, joints }
  const labeller: Labeller = { ...settled, least: bestLeast(rows, honest, settled) }
  return {
    labeller,
    outOfFold: honest.map((guess) => answerOf(guess, labeller)),
    /** What a strong tier learns from, and what this one says of it without having learnt it: a joint each. */
    lessons: () => ({
      texts: told.map(({ text }) => text),
      labels: numbersOf(numbered, joints),
      fast: fastOf(rows, honest, joints),
    }),
  }
}

/** What honest guesses say of the joints, once for each label of each row. */
function fastOf(rows: LabelsRow[], honest: Guess[], joints: Joint[]): Float64Array {
  const guesses = rows.flatMap(({ labels }, i) => new Array<Guess>(Math.max(1, labels!.length)).fill(honest[i]!))
  const fast = new Float64Array(guesses.length * joints.length)
  for (const [i, guess] of guesses.entries())
    spreadOver(joints, guess, fast.subarray(i * joints.length, (i + 1) * joints.length))
  return fast
}

function learnFeeling(
  felt: Told[],
  subjects: string[],
  topic: Classifier,
  sentiments: (string | number)[],
  prior: SentimentPrior | null,
  seed: number,
) {
  const reader = new ClassReader(topic)
  const scratch = new Uint32Array(ROOM)
  const focus = felt.map(
    ({ text, subject }) => focusOf(text, reader, SHAPE, scratch, subjects.length)[subjects.indexOf(subject)]!,
  )
  const side = new Float64Array(prior ? felt.length * SIDE : 0)
  if (prior) for (const [i, { text }] of felt.entries()) readSide(prior, text, focus[i]!, side, i * SIDE)
  return learnClassifier(
    {
      hashed: gather(felt.length, (i, out) => hashFeeling(felt[i]!.text, felt[i]!.subject, focus[i]!, out), 3 * ROOM),
      lengths: LENGTHS,
      side,
      sideWidth: prior ? SIDE : 0,
      labels: Int32Array.from(felt, ({ sentiment }) => sentiments.indexOf(sentiment!)),
      classes: sentiments.length,
      folds: foldsOf(felt),
      even: false,
    },
    seed,
  )
}

const distinct = <T extends string | number>(values: T[]): T[] => [...new Set(values)].sort((a, b) => (a < b ? -1 : 1))

const foldsOf = (told: Told[]): Int32Array => Int32Array.from(told, ({ text }) => foldOf(text, FOLDS, 'inner'))

const hashText = (text: string, out: Uint32Array): number =>
  hashGrams(foldText(text), 0, text.length, SHAPE, out.subarray(0, ROOM))

// The whole text, the clause that speaks of the topic, and the whole text's n-grams as said of this topic alone.
const LENGTHS = [1, 0.7, 0.5]
const SIDE = PRIOR_WIDTH + 1

/** Hashes of what tells the sentiment of a topic of a text. Returns how many there are. */
function hashFeeling(text: string, subject: string, { start, end }: Stretch, out: Uint32Array): number {
  let tag = 0x3c6ef372
  for (let i = 0; i < subject.length; i++) tag = mixHash(tag ^ subject.charCodeAt(i))
  const whole = hashText(text, out)
  for (let k = 0; k < whole; k++) out[whole + k] = mixHash(out[k]! ^ tag)
  out[2 * whole] = mixHash(tag)
  const of = putInBlock(out, whole, 2 * whole + 1, 2)
  putInBlock(out, 0, whole, 0)
  const near = hashGrams(foldText(text), start, end, SHAPE, out.subarray(of, of + ROOM - 1))
  return putInBlock(out, of, of + near, 1)
}

/** Writes the prior's reading of the text and its score of the clause. */
function readSide(prior: SentimentPrior, text: string, focus: Stretch, side: Float64Array, at = 0): void {
  prior.read(text, side, at)
  prior.between(text, [focus], side.subarray(at + PRIOR_WIDTH, at + SIDE))
}

function honestGuesses(
  rows: LabelsRow[],
  told: Told[],
  subjects: string[],
  topics: Float64Array,
  feelings: (felt: number) => Float64Array | null,
): Guess[] {
  let at = 0
  let felt = 0
  return rows.map(({ labels }) => {
    const own = new Map<number, Float64Array | null>()
    const first = at
    for (const { subject, sentiment } of told.slice(at, at + Math.max(1, labels!.length))) {
      if (sentiment !== null) own.set(subjects.indexOf(subject), feelings(felt++))
    }
    at += Math.max(1, labels!.length)
    // A topic that the text does not have is wrong whatever its sentiment; how sure one would be of it, one that it has tells.
    const [any = null] = own.values()
    return {
      topics: topics.subarray(first * subjects.length, (first + 1) * subjects.length),
      feel: (subject) => own.get(subject) ?? any,
    }
  })
}

/** The likeliest topic and the others that are told, each with its likeliest sentiment. */
function answerOf({ topics, feel }: Guess, labeller: Labeller): LabelsAnswer {
  const { subjects, sentiments, topic, feeling, least } = labeller
  const order = subjects.map((_, s) => s).sort((a, b) => topics[b]! - topics[a]! || a - b)
  const first = pick(topics, 0, topic.favours)
  const labels: Label[] = []
  const confidences: number[] = []
  if (subjects[first] === NONE) return { labels, confidences }
  for (const s of order) {
    if (subjects[s] === NONE || (s !== first && topics[s]! < least)) continue
    const p = feel(s)
    const best = p && feeling ? pick(p, 0, feeling.favours) : 0
    const confidence = topics[s]! * (p?.[best] ?? 1)
    if (s !== first && confidence < least) continue
    labels.push({ subject: subjects[s]!, sentiment: sentiments[best] ?? null })
    confidences.push(confidence)
  }
  return { labels, confidences }
}

/** The probability from which on telling gives the best F1 over all labels. */
function bestLeast(rows: LabelsRow[], guesses: Guess[], settled: Omit<Labeller, 'least'>): number {
  let best = 1
  let most = -1
  for (let least = 0.05; least < 0.51; least += 0.025) {
    let hits = 0
    let total = 0
    rows.forEach(({ labels }, i) => {
      const gold = new Set(labels!.map(labelKey))
      const said = answerOf(guesses[i]!, { ...settled, least }).labels.map(labelKey)
      total += gold.size + said.length
      hits += said.filter((key) => gold.has(key)).length
    })
    if ((2 * hits) / total > most) {
      most = (2 * hits) / total
      best = least
    }
  }
  return best
}

export class LabelReader {
  readonly #labeller: Labeller
  readonly #prior: SentimentPrior | null
  readonly #topic: ClassReader
  readonly #feeling: ClassReader | null
  readonly #hashes = new Uint32Array(3 * ROOM)
  readonly #side = new Float64Array(SIDE)

  constructor(labeller: Labeller, prior: SentimentPrior | null) {
    this.#labeller = labeller
    this.#prior = prior
    this.#topic = new ClassReader(labeller.topic)
    this.#feeling = labeller.feeling ? new ClassReader(labeller.feeling) : null
  }

  /** The labels of a text; `join` may change the distribution over the joints before they are told. */
  read(text: string, join?: (p: Float64Array) => void): LabelsAnswer {
    const { subjects, sentiments, joints } = this.#labeller
    const count = hashText(text, this.#hashes)
    const topics = new Float64Array(subjects.length)
    this.#topic.read(this.#hashes, count, this.#side, topics)
    const focus = this.#feeling ? focusOf(text, this.#topic, SHAPE, this.#hashes, subjects.length) : []
    const feel = (s: number) => {
      if (!this.#feeling) return null
      const p = new Float64Array(sentiments.length)
      if (this.#prior) readSide(this.#prior, text, focus[s]!, this.#side)
      this.#feeling.read(this.#hashes, hashFeeling(text, subjects[s]!, focus[s]!, this.#hashes), this.#side, p)
      return p
    }
    if (!join) return answerOf({ topics, feel }, this.#labeller)
    const p = new Float64Array(joints.length)
    spreadOver(joints, { topics, feel }, p)
    join(p)
    return answerOf(guessFrom(joints, p, subjects.length, sentiments.length), this.#labeller)
  }
}
