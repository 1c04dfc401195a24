import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Emotion, Polarity, Readable, Reading } from '../core/reading.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { Classifier, sigmoid } from './classifier.ts'
import { parse } from './clauses.ts'
import { detectLanguage } from './language.ts'
import { type Lexicon, loadLexicon } from './lexicon.ts'
import { type Judged, judge } from './mentions.ts'
import { type Overlay, overlayPacks } from './overlay.ts'
import { choosePack, DEFAULT_PACKS_DIR, loadPacks, type Pack } from './packs.ts'
import { foldText } from './text.ts'
import { compile, type Vocabulary } from './vocabulary.ts'
import { decodeWeights, type Weights } from './weights.ts'

export interface Reader {
  /** Reads one voice. Pure; never throws, whatever the text. */
  read(voice: Readable): Reading
  packs: Pack[]
  packFor(category: string | undefined): Pack
  /** What read a voice: a version of packs and weights together, such as `packs-1f2e…+weights-9a8b…`. */
  engine: string
  /** Why the weights are not in use although there is a file, or null. */
  warning: string | null
  /** The reader of a tenant with additions of its own; this one where there are none. Kept by digest, so asking again is cheap. */
  with(overlay: Overlay | null | undefined): Reader
}

export interface ReaderOptions {
  packsDir?: string
  /** A weights file, or null for the packs alone. Default: `models/reader/reader.weights` where it is there. */
  weightsFile?: string | null
  /** The bytes of a weights file that is already in memory, such as one shared among workers. */
  weights?: Uint8Array
}

export const DEFAULT_WEIGHTS_FILE = path.resolve(import.meta.dirname, '../../models/reader/reader.weights')

/** Loads packs, lexicon and weights; works offline. Throws `PackError` for a broken pack; broken weights are a warning. */
export function loadReader(options: ReaderOptions = {}): Reader {
  const packsDir = options.packsDir ?? DEFAULT_PACKS_DIR
  const packs = loadPacks(packsDir)
  const lexicon = loadLexicon(packsDir)
  const bytes = options.weights ? ok(options.weights) : readWeights(options.weightsFile)
  const decoded = bytes.ok && bytes.value ? decodeWeights(bytes.value) : bytes.ok ? ok(null) : bytes
  const weights = decoded.ok ? decoded.value : null
  const digest = createHash('sha256')
    .update(JSON.stringify([packs, lexicon]))
    .digest('hex')
    .slice(0, 12)
  return new PackReader(packs, lexicon, weights, {
    engine: `packs-${digest}${weights ? `+weights-${weights.checksum}` : ''}`,
    warning: decoded.ok ? null : `${decoded.problem.message} ${decoded.problem.remedy}`,
  })
}

/** The bytes of the weights file; null where none is wanted or none is shipped. A named file that cannot be read is a problem. */
export function readWeights(file: string | null | undefined): Result<Uint8Array | null> {
  if (file === null || (file === undefined && !existsSync(DEFAULT_WEIGHTS_FILE))) return ok(null)
  try {
    return ok(readFileSync(file ?? DEFAULT_WEIGHTS_FILE))
  } catch (error) {
    return fail({
      code: 'weights_unreadable',
      message: `The reader's weights cannot be read: ${(error as Error).message}.`,
      remedy: 'Name another file, or null for the packs alone, which read until then.',
    })
  }
}

// The emotion classifier was taught on posts, not on reviews: it must be this sure to speak, and this sure to overrule a word.
const EMOTION_SURE = 0.6
const EMOTION_CERTAIN = 0.8

// Tenants whose own vocabularies are kept compiled at once.
const MOST_TENANTS = 8

const UNREAD: Omit<Reading, 'lang'> = {
  read: false,
  sentiment: 'neutral',
  score: 0,
  emotion: 'none',
  scenes: [],
  mentions: [],
}

class PackReader implements Reader {
  readonly packs: Pack[]
  readonly engine: string
  readonly warning: string | null
  readonly #lexicon: Lexicon
  readonly #classifier: Classifier | null
  readonly #weights: Weights | null
  /** Shared with the readers of tenants: most of their packs are these. */
  readonly #vocabularies: WeakMap<Pack, Vocabulary>
  readonly #chosen = new Map<string, Pack>()
  readonly #ofTenants = new Map<string, PackReader>()

  constructor(
    packs: Pack[],
    lexicon: Lexicon,
    weights: Weights | null,
    about: { engine: string; warning: string | null },
    vocabularies: WeakMap<Pack, Vocabulary> = new WeakMap(),
  ) {
    this.packs = packs
    this.engine = about.engine
    this.warning = about.warning
    this.#lexicon = lexicon
    this.#weights = weights
    this.#vocabularies = vocabularies
    this.#classifier = weights ? new Classifier(weights) : null
  }

  with(overlay: Overlay | null | undefined): Reader {
    if (!overlay) return this
    const known = this.#ofTenants.get(overlay.digest)
    const reader =
      known ??
      new PackReader(
        overlayPacks(this.packs, overlay).packs,
        this.#lexicon,
        this.#weights,
        { engine: `${this.engine}+own-${overlay.digest}`, warning: this.warning },
        this.#vocabularies,
      )
    // The one asked for last stays longest.
    this.#ofTenants.delete(overlay.digest)
    this.#ofTenants.set(overlay.digest, reader)
    if (this.#ofTenants.size > MOST_TENANTS) this.#ofTenants.delete(this.#ofTenants.keys().next().value!)
    return reader
  }

  packFor(category: string | undefined): Pack {
    const key = category ?? ''
    let pack = this.#chosen.get(key)
    if (!pack) {
      pack = choosePack(this.packs, category)
      // Categories come from imports: a source with a category per row must not grow this without end.
      if (this.#chosen.size < 10_000) this.#chosen.set(key, pack)
    }
    return pack
  }

  read(voice: Readable): Reading {
    const { text } = voice
    // Compiling folds words in the buffer that the text is folded in: it comes first.
    const vocabulary = this.#vocabulary(voice.category ? this.packFor(voice.category) : choosePack(this.packs, text))
    const units = foldText(text)
    const lang = detectLanguage(units, text.length)
    if (lang === 'other') return { lang, ...UNREAD, scenes: [], mentions: [] }
    const classifier = this.#classifier
    const classify = classifier
      ? (start: number, end: number) => sigmoid(classifier.sentiment(units, start, end))
      : null
    const parsed = parse(vocabulary, units, text.length)
    const judged = judge(text, parsed, classify, voice.kind === 'question' || voice.kind === 'search_term')
    const score = this.#score(units, text.length, judged, talk.has(voice.kind ?? ''))
    return {
      lang,
      read: true,
      sentiment: sentimentOf(score, judged, classifier !== null),
      score,
      emotion: this.#emotion(units, text.length, score, parsed.emotions),
      scenes: parsed.scenes.map((scene) => scene.id),
      mentions: judged.mentions,
    }
  }

  #vocabulary(pack: Pack): Vocabulary {
    let vocabulary = this.#vocabularies.get(pack)
    if (!vocabulary) {
      vocabulary = compile(pack, this.#lexicon)
      this.#vocabularies.set(pack, vocabulary)
    }
    return vocabulary
  }

  #score(units: Uint16Array, length: number, judged: Judged, isTalk: boolean): number {
    const lexical = lexicalScore(judged)
    // The classifier learnt from reviews, which always judge: to it "when will it be sent" is a complaint.
    if (!this.#classifier || (isTalk && lexical === 0)) return round(lexical)
    const { a, b, c } = this.#classifier.weights.sentiment
    return round(2 * sigmoid(a * this.#classifier.sentiment(units, 0, length) + b * lexical + c) - 1)
  }

  /** Words of emotion first, then the classifier; an emotion that contradicts the sentiment is not believed. */
  #emotion(units: Uint16Array, length: number, score: number, cues: Emotion[]): Emotion {
    const fits = (emotion: Emotion) =>
      emotion === 'happy' ? score > -0.2 : emotion === 'surprise' || emotion === 'none' ? true : score < 0.2
    const cue = cues.find(fits)
    if (!this.#classifier) return cue ?? 'none'
    const guess = this.#classifier.emotion(units, 0, length)
    if (cue && (guess.emotion === 'none' || guess.probability < EMOTION_CERTAIN || !fits(guess.emotion))) return cue
    return guess.probability >= EMOTION_SURE && fits(guess.emotion) ? guess.emotion : 'none'
  }
}

/** −1 to 1 by the judging words alone. */
const lexicalScore = ({ positive, negative }: Judged): number => (positive - negative) / (positive + negative + 0.5)

/** Kinds of text that mostly ask and tell. */
const talk: ReadonlySet<string> = new Set(['chat', 'call', 'question', 'search_term', 'email', 'live_comment'])

// Below this the score says neither praise nor complaint.
const NEUTRAL_BAND = 0.2
// Both sides are strong when the smaller has at least this share of the judging words.
const MIXED_SHARE = 0.34
const MIXED_CERTAIN = 0.9

function sentimentOf(score: number, { positive, negative }: Judged, classified: boolean): Polarity {
  const smaller = Math.min(positive, negative)
  if (smaller >= 1 && smaller / (positive + negative) >= MIXED_SHARE) {
    if (!classified || Math.abs(score) < MIXED_CERTAIN) return 'mixed'
  }
  if (Math.abs(score) < NEUTRAL_BAND) return 'neutral'
  return score > 0 ? 'positive' : 'negative'
}

const round = (score: number): number => Math.round(score * 1000) / 1000
