import { z } from 'zod'
import { fail, ok, type Result } from '../../../../core/result.ts'
import { loadLexicon } from '../../../lexicon.ts'
import { DEFAULT_PACKS_DIR, loadPacks } from '../../../packs.ts'
import { loadReader, type Reader } from '../../../reader.ts'
import { averagedHead, Examples, fitHead, type Head, judge } from '../../crf/heads.ts'
import { WordFinder, type Wordlist, wordlistOf } from '../../crf/wordlist.ts'
import { foldOf } from '../../folds.ts'
import { learnClasses, type ClassReader as StrongReader } from '../../neural/strong-classes.ts'
import { strongClasses, withStrong } from '../../neural/strong-parts.ts'
import { priorOf, type SentimentPrior, shippedPrior } from '../../prior/sentiment.ts'
import { shippedTermPrior, TERM_WIDTH, type TermPrior, termPriorOf } from '../../prior/terms.ts'
import { claimOf } from '../../scores.ts'
import {
  defineTask,
  type Json,
  type Judged,
  type LearnOptions,
  type Parts,
  type Predictor,
  type Scores,
  tiers,
} from '../../task.ts'
import { unusable } from '../../tensor-file.ts'
import { type Combiner, combine, fitCombiner } from './combiner.ts'
import { termFeatures } from './features.ts'
import { marked } from './places.ts'
import { EXAMPLE, parseTerms, type TermAnswer, type TermsRow, writeTerms } from './rows.ts'
import { readerSays, SAID_WIDTH } from './said.ts'
import { scoreTerms } from './scoring.ts'

const FIT = { bits: 18, epochs: 8, rate: 0.02, ease: 0.1, decay: 0.003 }
/** A head for each fold, learnt without it; the mean of the heads is kept. */
const FOLDS = 3

export const termPolarityTask = defineTask<TermsRow, TermAnswer[]>({
  id: 'term-polarity',
  tiers,
  says: `how a text judges each of its given terms: ${EXAMPLE}`,
  parse: parseTerms,
  gold: ({ polarities }) => polarities?.map((polarity) => ({ polarity, confidence: 1 })) ?? null,
  textOf: ({ text }) => text,
  learn,
  load,
  write: writeTerms,
  score: (judged: Judged<TermsRow, TermAnswer[]>[]): Scores => scoreTerms(judged),
  claims: ({ row, gold, said }) =>
    said.map(({ polarity, confidence }, i) => {
      const { start, end } = row.terms[i]!
      return { of: row.text.slice(start, end), ...claimOf(polarity, gold[i]!.polarity, confidence) }
    }),
})

interface Model {
  domains: string[]
  polarities: string[]
  words: Wordlist
  prior: SentimentPrior | null
  head: Head
  /** How much the head counts beside the prior of term polarity. */
  combiner: Combiner
  termPrior: TermPrior | null
}

async function learn(rows: TermsRow[], { tier, seed, say }: LearnOptions): Promise<Result<Parts>> {
  const labelled = rows.filter(({ polarities }) => polarities !== null)
  const polarities = [...new Set(labelled.flatMap((row) => row.polarities!))].sort()
  if (polarities.length < 2) {
    return fail({
      code: 'too_few_labels',
      message: `The labelled terms know ${polarities.length === 0 ? 'no polarity' : `only "${polarities[0]}"`}: there is nothing to tell apart.`,
      remedy: 'Give lines with terms of at least two polarities.',
    })
  }
  const words = wordlistOf(loadLexicon(DEFAULT_PACKS_DIR), loadPacks())
  const domains = [...new Set(labelled.map(({ domain }) => domain))].sort()
  const examples = new Examples()
  const prior = shippedPrior()
  if (!prior.ok) return prior
  const termPrior = shippedTermPrior()
  if (!termPrior.ok) return termPrior
  const knowledge = { finder: new WordFinder(words), prior: prior.value }
  for (const row of labelled) {
    termFeatures({ ...row, domain: domains.indexOf(row.domain) + 1 }, knowledge, FIT.bits, examples)
  }
  const targets = Uint8Array.from(labelled.flatMap((row) => row.polarities!.map((one) => polarities.indexOf(one))))
  const folds = labelled.flatMap(({ text, terms }) => terms.map(() => foldOf(text, FOLDS, 'terms')))
  say(`${labelled.length} texts, ${targets.length} terms`)
  const heads = Array.from({ length: FOLDS }, (_, fold) => {
    const others = Uint32Array.from(folds.flatMap((one, i) => (one === fold ? [] : [i])))
    return fitHead(examples, others, targets, polarities.length, { ...FIT, seed: seed + fold })
  })
  const mean = averagedHead(heads)
  const factor = trust(heads, examples, folds, targets)
  const unseen = heads.map((one) => ({ ...one, scale: one.scale * factor }))
  const reader = loadReader({ weightsFile: null })
  const readings = labelled.flatMap((row) => termReadings(termPrior.value, reader, row))
  const evidence = readings.map((reading, i) => evidenceOf(unseen[folds[i]!]!, examples, i, reading))
  const combiner = fitCombiner(evidence, targets, polarities.length)
  const head = { ...mean, scale: mean.scale * factor }
  const parts = partsOf({ domains, polarities, words, prior: prior.value, head, combiner, termPrior: termPrior.value })
  if (tier === 'fast') return ok(parts)
  const lessons = {
    texts: labelled.flatMap(({ text, terms }) => terms.map((term) => marked(text, term))),
    labels: [...targets],
    weights: [...targets].map(() => 1),
    classes: polarities.length,
  }
  const fast = new Float64Array(targets.length * polarities.length)
  for (const [i, own] of evidence.entries())
    combine(combiner, own, fast.subarray(i * polarities.length, (i + 1) * polarities.length))
  return ok(withStrong(parts, await learnClasses(lessons, fast, { seed, say })))
}

/** What the reader says of each term of a row and, where it ships, the prior. */
function termReadings(prior: TermPrior | null, reader: Reader, { text, terms }: TermsRow): Float64Array[] {
  const width = prior ? TERM_WIDTH : 0
  const known = new Float64Array(width * terms.length)
  prior?.read(text, terms, known)
  const said = new Float64Array(SAID_WIDTH * terms.length)
  readerSays(reader, text, terms, said)
  return terms.map((_, i) =>
    Float64Array.of(
      ...known.subarray(width * i, width * (i + 1)),
      ...said.subarray(SAID_WIDTH * i, SAID_WIDTH * (i + 1)),
    ),
  )
}

const LEAST = 1e-5

/** The head's log-probabilities of an example, then what else is known of it: what the combiner weighs. */
function evidenceOf(head: Head, examples: Examples, example: number, reading: Float64Array): Float64Array {
  const evidence = new Float64Array(head.classes + reading.length)
  const p = evidence.subarray(0, head.classes)
  judge(head, examples, example, p)
  for (let c = 0; c < p.length; c++) p[c] = Math.log(p[c]! + LEAST)
  evidence.set(reading, head.classes)
  return evidence
}

/** By how much scores must shrink or grow for their probabilities to fit texts that were not learnt: the least log-loss over the folds. */
function trust(heads: Head[], examples: Examples, folds: number[], targets: Uint8Array): number {
  const p = new Float64Array(heads[0]!.classes)
  let best = Number.POSITIVE_INFINITY
  let trusted = 1
  for (let factor = 0.2; factor < 1.55; factor += 0.1) {
    const scaled = heads.map((head) => ({ ...head, scale: head.scale * factor }))
    let loss = 0
    folds.forEach((fold, i) => {
      judge(scaled[fold]!, examples, i, p)
      loss -= Math.log(Math.max(1e-12, p[targets[i]!]!))
    })
    if (loss >= best) continue
    best = loss
    trusted = factor
  }
  return trusted
}

function partsOf({ domains, polarities, words, prior, head, combiner, termPrior }: Model): Parts {
  const lent = prior?.parts() ?? { header: null, tensors: {} }
  const ofTerms = termPrior?.parts() ?? { header: null, tensors: {} }
  const own = { domains, polarities, words, combiner, bits: head.bits, scale: head.scale }
  const header = { ...own, prior: lent.header, termPrior: ofTerms.header }
  return { header: header as unknown as Json, tensors: { ...lent.tensors, ...ofTerms.tensors, weights: head.weights } }
}

const headerShape = z.object({
  domains: z.array(z.string()),
  polarities: z.array(z.string()).min(2),
  words: z.array(z.object({ does: z.number().int().min(0).max(62), words: z.array(z.string()) })),
  prior: z.record(z.string(), z.json()).nullable(),
  termPrior: z.record(z.string(), z.json()).nullable(),
  combiner: z.object({ inputs: z.number().int(), weights: z.array(z.number()) }),
  bits: z.number().int().min(1).max(24),
  scale: z.number(),
})

function load(parts: Parts): Result<Predictor<TermsRow, TermAnswer[]>> {
  const { header, tensors } = parts
  const parsed = headerShape.safeParse(header)
  if (!parsed.success) return unusable('its header is not that of a model of term polarity')
  const { polarities, combiner, bits, scale, prior: lent, termPrior: ofTerms, ...rest } = parsed.data
  const { weights } = tensors
  const outputs = polarities.length === 2 ? 1 : polarities.length
  if (!(weights instanceof Int16Array) || weights.length !== 2 ** bits * outputs)
    return unusable('its weights are missing or of another size')
  const prior = lent ? priorOf({ header: lent, tensors }) : ok(null)
  if (!prior.ok) return prior
  const termPrior = ofTerms ? termPriorOf({ header: ofTerms, tensors }) : ok(null)
  if (!termPrior.ok) return termPrior
  const inputs = polarities.length + (ofTerms ? TERM_WIDTH : 0) + SAID_WIDTH
  if (combiner.inputs !== inputs || combiner.weights.length !== polarities.length * (inputs + 1))
    return unusable('what weighs its evidence is of another size')
  const head = { classes: polarities.length, bits, scale, weights }
  const strong = strongClasses(parts)
  if (!strong.ok) return strong
  const model = { ...rest, polarities, prior: prior.value, head, combiner, termPrior: termPrior.value }
  return ok({ predict: predictorOf(model, strong.value) })
}

function predictorOf(model: Model, strong: StrongReader | null): (rows: TermsRow[]) => TermAnswer[][] {
  const { domains, polarities, head, combiner, termPrior } = model
  const knowledge = { finder: new WordFinder(model.words), prior: model.prior }
  const reader = loadReader({ weightsFile: null })
  const examples = new Examples()
  const p = new Float64Array(polarities.length)
  return (rows) => {
    const second = strong?.read(rows.flatMap(({ text, terms }) => terms.map((term) => marked(text, term)))) ?? []
    let at = 0
    return rows.map((row) => {
      examples.clear()
      termFeatures({ ...row, domain: domains.indexOf(row.domain) + 1 }, knowledge, head.bits, examples)
      return termReadings(termPrior, reader, row).map((reading, i) => {
        combine(combiner, evidenceOf(head, examples, i, reading), p)
        strong?.join(p, second[at++]!)
        const best = p.indexOf(Math.max(...p))
        return { polarity: polarities[best]!, confidence: p[best]! }
      })
    })
  }
}
