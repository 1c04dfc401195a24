import { Examples, fitHead } from '../crf/heads.ts'
import type { Stretch } from '../crf/relations.ts'
import { foldOf } from '../folds.ts'
import { quantise } from '../linear.ts'
import { readRows } from '../reader/datasets.ts'
import type { Json, Parts } from '../task.ts'
import { NOWHERE, type Term, Terms } from '../tasks/opinions/terms.ts'
import { PRIOR_FOLDS } from './sentiment.ts'
import { termEvidence } from './term-evidence.ts'
import { TERM_BITS } from './terms.ts'

const FIT = { bits: TERM_BITS, epochs: 6, rate: 0.02, ease: 0.1, decay: 0.001 }

export const side = { complaint: 0, neither: 1, praise: 2 } as const
const SIDES: Record<string, number> = {
  negative: side.complaint,
  负面: side.complaint,
  neutral: side.neither,
  中性: side.neither,
  positive: side.praise,
  正面: side.praise,
}

/** A text, the stretches in it that are judged, and on which {@link side} each is. */
export interface JudgedText {
  text: string
  terms: Stretch[]
  sides: number[]
}

export interface JudgedSet {
  id: string
  licence: string
  texts: JudgedText[]
}

const ABSA = 'repository MIT, data for research under the original licences'

/** The sets whose terms have polarities. A judgement of nothing named counts for the words that judge. */
export function judgedSets(dir: string): JudgedSet[] {
  const set = (id: string, file: string, field: string, licence: string): JudgedSet => ({
    id,
    licence,
    texts: readRows(dir, file).map((row) => judgedText(String(row.text), row[field] as Judgement[])),
  })
  return [
    set('zhejiang_opinion', 'zhejiang_opinion/train.jsonl', 'quads', 'none stated (competition data)'),
    set('chinese_aste_reviews (train)', 'chinese_aste_reviews/train.jsonl', 'triplets', ABSA),
    set('chinese_absa_4domains', 'chinese_absa_4domains/train.jsonl', 'aspects', ABSA),
    set('chinese_absa_shampoo', 'chinese_absa_shampoo/train.jsonl', 'aspects', ABSA),
    set('semeval2014_absa', 'semeval2014_absa/train.jsonl', 'aspects', 'research use'),
    set('semeval_aste_en (train)', 'semeval_aste_en/train.jsonl', 'triplets', 'research use'),
    set('mams (term sentiment, train)', 'mams/atsa_train.jsonl', 'terms', 'Apache-2.0'),
    set('ecommerce_absa_en_tv_tshirt', 'ecommerce_absa_en_tv_tshirt/train.jsonl', 'aspects', 'research use'),
  ].filter(({ texts }) => texts.length > 0)
}

interface Judgement {
  term?: string
  start?: number | null
  end?: number | null
  aspect?: Term
  opinion?: Term
  polarity: string
}

function judgedText(text: string, judgements: Judgement[]): JudgedText {
  const places = new Terms(text)
  const known = new Map<string, { at: Stretch; side: number }>()
  for (const { term, start, end, aspect, opinion, polarity } of judgements) {
    const named: Term = term === undefined ? (aspect?.[0] ? aspect : opinion) : [term, start ?? null, end ?? null]
    const at = places.find(named)
    const judged = SIDES[polarity]
    if (at && at !== NOWHERE && judged !== undefined) known.set(`${at.start} ${at.end} ${judged}`, { at, side: judged })
  }
  const all = [...known.values()]
  return { text, terms: all.map(({ at }) => at), sides: all.map((one) => one.side) }
}

/** The members of the prior as parts of a model file, each trained without the texts of its fold. Deterministic by texts and seed. */
export function trainTermPrior(texts: JudgedText[], seed: number, say: (line: string) => void): Parts {
  const examples = new Examples()
  for (const { text, terms } of texts) termEvidence(text, terms, TERM_BITS, examples)
  const sides = Uint8Array.from(texts.flatMap((one) => one.sides))
  const folds = texts.flatMap(({ text, terms }) => {
    const fold = foldOf(text, PRIOR_FOLDS, 'prior')
    return terms.map(() => fold)
  })
  const scales: Json[] = []
  const tensors: Parts['tensors'] = {}
  for (let fold = 0; fold < PRIOR_FOLDS; fold++) {
    const others = Uint32Array.from(folds.flatMap((one, i) => (one === fold ? [] : [i])))
    const { weights } = fitHead(examples, others, sides, 3, { ...FIT, seed: seed + fold })
    const { scale, values } = quantise(againstNeither(weights))
    tensors[`terms${fold}`] = values
    scales.push(scale)
    say(`member ${fold + 1} of ${PRIOR_FOLDS}`)
  }
  return { header: { scales }, tensors }
}

/** Three weights a feature as two: praise and complaint, less neither. */
function againstNeither(weights: Float32Array | Int16Array): Float32Array {
  const out = new Float32Array((weights.length / 3) * 2)
  for (let f = 0; 2 * f < out.length; f++) {
    out[2 * f] = weights[3 * f + side.praise]! - weights[3 * f + side.neither]!
    out[2 * f + 1] = weights[3 * f + side.complaint]! - weights[3 * f + side.neither]!
  }
  return out
}
