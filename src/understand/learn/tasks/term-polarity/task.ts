import { z } from 'zod'
import { fail, ok, type Result } from '../../../../core/result.ts'
import { loadLexicon } from '../../../lexicon.ts'
import { DEFAULT_PACKS_DIR, loadPacks } from '../../../packs.ts'
import { averagedHead, Examples, fitHead, type Head, judge } from '../../crf/heads.ts'
import { WordFinder, type Wordlist, wordlistOf } from '../../crf/wordlist.ts'
import { priorOf, type SentimentPrior, shippedPrior } from '../../prior/sentiment.ts'
import {
  defineTask,
  type Json,
  type Judged,
  type LearnOptions,
  type Parts,
  type Predictor,
  type Scores,
} from '../../task.ts'
import { termFeatures } from './features.ts'
import { EXAMPLE, parseTerms, type TermAnswer, type TermsRow, writeTerms } from './rows.ts'
import { scoreTerms } from './scoring.ts'

const FIT = { bits: 18, epochs: 8, rate: 0.02, ease: 0.1, decay: 0.003 }
/** Heads learnt in different orders, of which the mean is kept. */
const HEADS = 3

export const termPolarityTask = defineTask<TermsRow, TermAnswer[]>({
  id: 'term-polarity',
  says: `how a text judges each of its given terms: ${EXAMPLE}`,
  parse: parseTerms,
  gold: ({ polarities }) => polarities?.map((polarity) => ({ polarity, confidence: 1 })) ?? null,
  textOf: ({ text }) => text,
  learn,
  load,
  write: writeTerms,
  score: (judged: Judged<TermsRow, TermAnswer[]>[]): Scores => scoreTerms(judged),
})

interface Model {
  domains: string[]
  polarities: string[]
  words: Wordlist
  prior: SentimentPrior | null
  head: Head
}

async function learn(rows: TermsRow[], { seed, say }: LearnOptions): Promise<Result<Parts>> {
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
  const knowledge = { finder: new WordFinder(words), prior: prior.value }
  for (const row of labelled) {
    termFeatures({ ...row, domain: domains.indexOf(row.domain) + 1 }, knowledge, FIT.bits, examples)
  }
  const targets = Uint8Array.from(labelled.flatMap((row) => row.polarities!.map((one) => polarities.indexOf(one))))
  const all = Uint32Array.from(targets, (_, i) => i)
  say(`${labelled.length} texts, ${targets.length} terms`)
  const heads = Array.from({ length: HEADS }, (_, k) =>
    fitHead(examples, all, targets, polarities.length, { ...FIT, seed: seed + k }),
  )
  return ok(partsOf({ domains, polarities, words, prior: prior.value, head: averagedHead(heads) }))
}

function partsOf({ domains, polarities, words, prior, head }: Model): Parts {
  const lent = prior?.parts() ?? { header: null, tensors: {} }
  const header = { domains, polarities, words, prior: lent.header, bits: head.bits, scale: head.scale }
  return { header: header as unknown as Json, tensors: { ...lent.tensors, weights: head.weights } }
}

const headerShape = z.object({
  domains: z.array(z.string()),
  polarities: z.array(z.string()).min(2),
  words: z.array(z.object({ does: z.number().int().min(0).max(62), words: z.array(z.string()) })),
  prior: z.record(z.string(), z.json()).nullable(),
  bits: z.number().int().min(1).max(24),
  scale: z.number(),
})

function load({ header, tensors }: Parts): Result<Predictor<TermsRow, TermAnswer[]>> {
  const parsed = headerShape.safeParse(header)
  if (!parsed.success) return unusable('its header is not that of a model of term polarity')
  const { polarities, bits, scale, prior: lent, ...rest } = parsed.data
  const { weights } = tensors
  const outputs = polarities.length === 2 ? 1 : polarities.length
  if (!(weights instanceof Int16Array) || weights.length !== 2 ** bits * outputs)
    return unusable('its weights are missing or of another size')
  const prior = lent ? priorOf({ header: lent, tensors }) : ok(null)
  if (!prior.ok) return prior
  const model = { ...rest, polarities, prior: prior.value, head: { classes: polarities.length, bits, scale, weights } }
  return ok({ predict: predictorOf(model) })
}

const unusable = (what: string) =>
  fail({ code: 'model_unusable', message: `The model cannot be used: ${what}.`, remedy: 'Learn it again.' })

function predictorOf({ domains, polarities, words, prior, head }: Model): (rows: TermsRow[]) => TermAnswer[][] {
  const knowledge = { finder: new WordFinder(words), prior }
  const examples = new Examples()
  const p = new Float64Array(polarities.length)
  return (rows) =>
    rows.map((row) => {
      examples.clear()
      termFeatures({ ...row, domain: domains.indexOf(row.domain) + 1 }, knowledge, head.bits, examples)
      return row.terms.map((_, i) => {
        judge(head, examples, i, p)
        const best = p.indexOf(Math.max(...p))
        return { polarity: polarities[best]!, confidence: p[best]! }
      })
    })
}
