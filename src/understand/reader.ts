import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Emotion, emptyReading, type Polarity, type Readable, type Reading, type Span } from '../core/reading.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { type Brand, brandsAtHome, loadBrands } from './brand-list.ts'
import { nameBrands } from './brands.ts'
import { choosePack } from './choose-pack.ts'
import { circumstancesOf, type Patterns, patternsOf } from './circumstances.ts'
import { Classifier, sigmoid } from './classifier.ts'
import { type EmotionFound, type Parsed, parse } from './clauses.ts'
import { courtesyOf, hushCourtesies } from './courtesy.ts'
import { type Cues, loadCues } from './cues.ts'
import { strengthOf } from './feeling.ts'
import { type ClauseJudge, moodOf } from './judgement.ts'
import { detectLanguage } from './language.ts'
import { loadLexicon } from './lexicon.ts'
import type { Matcher } from './matcher.ts'
import { type Judged, judge } from './mentions.ts'
import { type Overlay, overlayPacks } from './overlay.ts'
import { DEFAULT_PACKS_DIR, loadPacks, type Pack } from './packs.ts'
import { markSarcasm } from './sarcasm.ts'
import { incentiveOf, spamOf } from './spam.ts'
import { foldText, isHan, isLatin, textOf } from './text.ts'
import { type Common, compile, type Vocabulary } from './vocabulary.ts'
import { asked, intentsOf, urgencyOf } from './wants.ts'
import { decodeWeights, type Weights } from './weights.ts'

export interface Reader {
  /** Reads one voice. Pure; never throws, whatever the text. */
  read(voice: Readable): Reading
  packs: Pack[]
  packFor(category: string | undefined): Pack
  /** The turns of speech that it goes by. */
  cues: Cues
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
  const common = loadCommon(packsDir)
  const bytes = options.weights ? ok(options.weights) : readWeights(options.weightsFile)
  const decoded = bytes.ok && bytes.value ? decodeWeights(bytes.value) : bytes.ok ? ok(null) : bytes
  const weights = decoded.ok ? decoded.value : null
  return new PackReader(packs, common, weights, {
    engine: `packs-${digestOf(packsDir, packs)}${weights ? `+weights-${weights.checksum}` : ''}`,
    warning: decoded.ok ? null : `${decoded.problem.message} ${decoded.problem.remedy}`,
  })
}

/** Twelve hex digits of the SHA-256 of the files that tell what is read. */
function digestOf(packsDir: string, packs: readonly Pack[]): string {
  const hash = createHash('sha256')
  for (const file of [
    'departments.json',
    'lexicon.json',
    'cues.json',
    'brands.json',
    ...packs.map((pack) => path.join(pack.id, 'pack.json')),
  ])
    hash.update(readFileSync(path.join(packsDir, file)))
  return hash.digest('hex').slice(0, 12)
}

/** What all packs share: the lexicon, the cues, the brands. Throws `PackError` for a broken file. */
export const loadCommon = (packsDir: string): Common => ({
  lexicon: loadLexicon(packsDir),
  cues: loadCues(packsDir),
  brands: loadBrands(packsDir),
})

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

// Packs that are kept compiled at once, of all tenants: some 2.5 MB each. All shipped ones fit, so that a shop that sells everything
// compiles each once.
const MOST_COMPILED = 40

// How much of a text is read, in UTF-16 units: some hundred reviews' worth. What lies beyond is marked as unread.
export const MOST_READ = 65_536

/** What is worked out of a pack once. `home`: the brands that it knows for its own. */
interface Knowledge {
  vocabulary: Vocabulary
  home: Set<Brand>
}

class PackReader implements Reader {
  readonly packs: Pack[]
  readonly engine: string
  readonly warning: string | null
  readonly cues: Cues
  readonly #common: Common
  readonly #patterns: Patterns
  readonly #courtesy: Matcher
  readonly #classifier: Classifier | null
  readonly #weights: Weights | null
  /** Shared with the readers of tenants: most of their packs are these. */
  readonly #known: Map<Pack, Knowledge>
  readonly #chosen = new Map<string, Pack>()
  readonly #ofTenants = new Map<string, PackReader>()

  constructor(
    packs: Pack[],
    common: Common,
    weights: Weights | null,
    about: { engine: string; warning: string | null },
    known: Map<Pack, Knowledge> = new Map(),
  ) {
    this.packs = packs
    this.engine = about.engine
    this.warning = about.warning
    this.cues = common.cues
    this.#common = common
    this.#patterns = patternsOf(common.cues)
    this.#courtesy = courtesyOf(common.cues)
    this.#weights = weights
    this.#known = known
    this.#classifier = weights ? new Classifier(weights) : null
  }

  with(overlay: Overlay | null | undefined): Reader {
    if (!overlay) return this
    const known = this.#ofTenants.get(overlay.digest)
    const reader =
      known ??
      new PackReader(
        overlayPacks(this.packs, overlay).packs,
        this.#common,
        this.#weights,
        { engine: `${this.engine}+own-${overlay.digest}`, warning: this.warning },
        this.#known,
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
    const { text, unreadFrom } = within(voice.text)
    // Compiling folds words in the buffer that the text is folded in: it comes first.
    const { vocabulary, home } = this.#knowledge(
      voice.category ? this.packFor(voice.category) : choosePack(this.packs, text),
    )
    const units = foldText(text)
    const parsed = parse(vocabulary, units, text.length)
    let folded: string | undefined
    const foldedText = () => {
      folded ??= textOf(units, text.length)
      return folded
    }
    const spam = spamOf(foldedText, units, text.length, parsed.cues)
    const lang = detectLanguage(units, text.length, () => englishWords(parsed, units))
    // A text of nothing but signs of feeling is read in any language.
    const wordless = lang === 'other' && isFelt(parsed) && isWordless(units, text.length)
    if (lang === 'other' && !wordless) return { ...emptyReading(lang), spam, unreadFrom }
    const moods = parsed.clauses.map((clause) => moodOf(clause, units))
    const isTalk = talk.has(voice.kind ?? '')
    if (isTalk) hushCourtesies(parsed.clauses, units, this.#courtesy)
    const shown = shownToWeights(parsed.things, units, text.length)
    const classify = wordless ? null : this.#classify(shown)
    const sarcasm = markSarcasm(text, parsed.clauses, moods, classify)
    const asks = voice.kind === 'question' || voice.kind === 'search_term'
    const circumstances = parsed.cues.some(({ cue }) => cue.startsWith('condition.') || cue.startsWith('cause.'))
      ? circumstancesOf(foldedText(), parsed.clauses, moods, this.#patterns)
      : []
    // To weights that learnt from reviews whoever names a thing in a conversation complains of it.
    const ofClauses = isTalk ? null : classify
    const judged = judge(text, parsed, { moods, classify: ofClauses, question: asks, circumstances })
    const onlyAsks = parsed.clauses.every((clause, i) => moods[i]!.question || asked(text, clause, moods[i]!))
    // 此用户没有填写评价内容: the system's words, not a customer's.
    if (spam.includes('template') && judged.mentions.length === 0)
      return { ...emptyReading(lang), read: true, spam, unreadFrom }
    const score = this.#score(classify && shown, text.length, judged, isTalk || onlyAsks, sarcasm !== null)
    const sentiment = sentimentOf(score, judged, classify !== null)
    // The classifier knows no questions: to it somebody who asks is angry.
    const felt = onlyAsks ? null : classify && shown
    return {
      lang,
      read: true,
      sentiment,
      score,
      ...this.#emotion(felt, units, text.length, score, parsed),
      urgency: urgencyOf(parsed.clauses, moods),
      intents: intentsOf(text, parsed.clauses, moods, judged, sentiment, asks),
      sarcasm,
      brands: nameBrands(text, parsed.clauses, home),
      spam,
      incentive: incentiveOf(parsed.cues),
      copyOf: null,
      scenes: parsed.scenes.map(({ scene }) => scene.id),
      mentions: judged.mentions,
      unreadFrom,
    }
  }

  #knowledge(pack: Pack): Knowledge {
    let known = this.#known.get(pack)
    if (!known) {
      const { brands } = this.#common
      const home = brandsAtHome(brands, pack, (category) => this.packFor(category))
      known = { vocabulary: compile(pack, this.#common), home }
    } else if (this.#known.size < MOST_COMPILED) return known
    // The one asked for last stays longest.
    this.#known.delete(pack)
    this.#known.set(pack, known)
    if (this.#known.size > MOST_COMPILED) this.#known.delete(this.#known.keys().next().value!)
    return known
  }

  #classify(units: Uint16Array): ClauseJudge {
    const classifier = this.#classifier
    return classifier ? (start, end) => sigmoid(classifier.sentiment(units, start, end)) : null
  }

  /** `units` is null where the classifier has no say. */
  #score(units: Uint16Array | null, length: number, judged: Judged, isTalk: boolean, sarcastic: boolean): number {
    const lexical = lexicalScore(judged)
    // The classifier learnt from reviews, which always judge: to it "when will it be sent" is a complaint.
    if (!this.#classifier || units === null || (isTalk && lexical === 0)) return round(lexical)
    const { a, b, c } = this.#classifier.weights.sentiment
    const logit = this.#classifier.sentiment(units, 0, length)
    return round(2 * sigmoid(a * heeded(logit, judged, sarcastic, length) + b * lexical + c) - 1)
  }

  /** Words of emotion first, then the classifier; an emotion that contradicts the sentiment is not believed. */
  #emotion(classified: Uint16Array | null, units: Uint16Array, length: number, score: number, parsed: Parsed) {
    const fits = (emotion: Emotion) =>
      emotion === 'happy' ? score > -0.2 : emotion === 'surprise' || emotion === 'none' ? true : score < 0.2
    const strength = (emotion: Emotion, sureness?: number) => ({
      emotion,
      emotionStrength: strengthOf(emotion, parsed, units, length, sureness),
    })
    const cue = foremost(parsed.emotions, fits)
    if (!this.#classifier || classified === null) return strength(cue ?? 'none')
    const guess = this.#classifier.emotion(units, 0, length)
    if (cue && (guess.emotion === 'none' || guess.probability < EMOTION_CERTAIN || !fits(guess.emotion)))
      return strength(cue)
    const sure = guess.probability >= EMOTION_SURE && fits(guess.emotion)
    return strength(sure ? guess.emotion : 'none', guess.probability)
  }
}

/** As much of a text as is read, not cut inside a surrogate pair, and where the rest begins. */
function within(text: string): { text: string; unreadFrom: number | null } {
  if (text.length <= MOST_READ) return { text, unreadFrom: null }
  const end = (text.charCodeAt(MOST_READ) & 0xfc00) === 0xdc00 ? MOST_READ - 1 : MOST_READ
  return { text: text.slice(0, end), unreadFrom: end }
}

/**
 * What the weights are shown: to them a 垃圾桶 would be 垃圾, and 不错 half a denial and half a mistake. On 3,607 texts with 不错 that the
 * weights had not seen, 95.4 % are on the right side so, where 94.8 % were (`docs/reading.md`).
 */
function shownToWeights(things: readonly Span[], units: Uint16Array, length: number): Uint16Array {
  let shown = units
  const own = () => {
    if (shown === units) shown = units.slice(0, length)
    return shown
  }
  for (let i = 0; i + 1 < length; i++) {
    if (units[i] !== NOT) continue
    const plain = PLAINLY.get(units[i + 1]!)
    if (plain) own().set(plain, i)
  }
  for (const { start, end } of things) own().fill(SPACE, start, end)
  return shown
}
const SPACE = 32
const NOT = '不'.charCodeAt(0)
/** By what follows 不: the same in plain words, of the same length. */
const PLAINLY = new Map(
  Object.entries({ 错: '很好', 贵: '便宜' }).map(([denied, words]) => [
    denied.charCodeAt(0),
    [...words].map((sign) => sign.charCodeAt(0)),
  ]),
)

/** How many English names and judgements were found. */
const englishWords = ({ clauses }: Parsed, units: Uint16Array): number =>
  clauses.reduce(
    (sum, { marks, tokens }) =>
      sum +
      marks.filter(({ start }) => isLatin(units[start]!)).length +
      tokens.filter(({ start, judges }) => judges && isLatin(units[start]!)).length,
    0,
  )

const isFelt = ({ clauses, emotions }: Parsed): boolean =>
  emotions.length > 0 || clauses.some(({ tokens }) => tokens.some(({ judges }) => judges))

// Letters that a kaomoji may hold: T_T, orz, :D.
const MOST_LETTERS = 4
const KAOMOJI = new Set([...'_^([<>:;'].map((sign) => sign.charCodeAt(0)))

function isWordless(units: Uint16Array, length: number): boolean {
  let letters = 0
  let signs = 0
  for (let i = 0; i < length; i++) {
    const code = units[i]!
    if (isHan(code) || (isLatin(code) && ++letters > MOST_LETTERS)) return false
    if (code > 0x2000 || KAOMOJI.has(code)) signs++
  }
  return signs > 0
}

/** The first fitting emotion; anger shown anywhere comes before the others. */
function foremost(found: readonly EmotionFound[], fits: (emotion: Emotion) => boolean): Emotion | undefined {
  const fitting = found.filter(({ emotion }) => fits(emotion))
  return (fitting.find(({ emotion }) => emotion === 'angry') ?? fitting[0])?.emotion
}

// Where half of the words mean the opposite of what they say, a text must be this long for the classifier to be heard, and this much longer
// to be heard in full.
const UNHEARD = 12
const HEARD = 60

/** The classifier sees words, not what turns them: behind a sneer it has no praise to give, among turned words less to say. */
function heeded(logit: number, { positive, negative, turned }: Judged, sarcastic: boolean, length: number): number {
  if (sarcastic) return Math.min(logit, 0)
  if (turned === 0 || turned * 2 < positive + negative) return logit
  return logit * Math.min(1, Math.max(0, (length - UNHEARD) / HEARD))
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
