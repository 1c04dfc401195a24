import { z } from 'zod'
import { fail, ok, type Result } from '../../../../core/result.ts'
import { foldOf, normalised } from '../../folds.ts'
import { FOLDS } from '../../linear/classifier.ts'
import { classifierOf, classifierParts } from '../../linear/classifier-parts.ts'
import { type PairPrior, pairPriorOf, rarityOfParts, shippedPairPrior } from '../../prior/pair.ts'
import { claimOf, confusions, macroF1, perClass } from '../../scores.ts'
import {
  defineTask,
  type Judged,
  type LearnOptions,
  type Parts,
  type Predictor,
  type Scores,
  spread,
  type Taught,
} from '../../task.ts'
import { unusable } from '../../tensor-file.ts'
import { treesOf, treeTensors } from '../../trees/tree-parts.ts'
import { LIKENESS, rarityOf } from './likeness.ts'
import { learnMatcher, type Matcher, MatchReader } from './matcher.ts'
import { type PairAnswer, type PairRow, parsePairRow, writePairRow } from './rows.ts'

export const pairTask = defineTask<PairRow, PairAnswer>({
  id: 'pair',
  tiers: ['fast'],
  says: 'whether two texts mean the same: {"text_a": "…", "text_b": "…", "label": 1 or 0}',
  parse: parsePairRow,
  gold: ({ label }) => (label === null ? null : { label, confidence: 1 }),
  textOf: ({ a, b }) => `${a}\n${b}`,
  learn,
  load,
  write: writePairRow,
  score,
  claims: ({ gold, said }) => [claimOf(String(said.label), String(gold.label), said.confidence)],
})

const isLabelled = ({ label }: PairRow): boolean => label !== null

async function learn(rows: PairRow[], { seed, say }: LearnOptions): Promise<Result<Taught<PairAnswer>>> {
  const labelled = rows.filter(isLabelled)
  if (new Set(labelled.map(({ label }) => label)).size < 2) {
    return fail({
      code: 'too_few_labels',
      message: 'The labelled pairs all say the same: there is nothing to tell apart.',
      remedy: 'Give pairs that mean the same (1) and pairs that do not (0).',
    })
  }
  const prior = shippedPairPrior()
  if (!prior.ok) return prior
  say(`${labelled.length} labelled pairs, ${rows.length - labelled.length} more for how rare words are`)
  const groups = groupsOf(labelled)
  const { matcher, outOfFold } = learnMatcher({
    pairs: labelled,
    labels: Int32Array.from(labelled, ({ label }) => label!),
    folds: Int32Array.from(groups, (group) => foldOf(group, FOLDS, 'inner')),
    rarity: rarityOf(rows.flatMap(({ a, b }) => [a, b])),
    prior: prior.value ? Float64Array.from(labelled, ({ a, b }) => prior.value!.score(a, b)) : null,
    seed,
  })
  const honest = spread(rows, isLabelled, (nth) => answerOf(outOfFold[nth]!, matcher.threshold))
  return ok({ ...pack(matcher, matcher.leans ? prior.value : null), outOfFold: honest })
}

/** A name for each pair that it shares with every pair that it is tied to by a text, however many steps away. */
function groupsOf(rows: PairRow[]): string[] {
  const up = new Map<string, string>()
  const root = (text: string): string => {
    let at = text
    for (let next = up.get(at); next !== undefined && next !== at; next = up.get(at)) at = next
    up.set(text, at)
    return at
  }
  for (const { a, b } of rows) up.set(root(normalised(a)), root(normalised(b)))
  return rows.map(({ a }) => root(normalised(a)))
}

function answerOf(z: number, threshold: number): PairAnswer {
  const label = z > threshold ? 1 : 0
  const p = 1 / (1 + Math.exp(-z))
  return { label, confidence: label === 1 ? p : 1 - p }
}

function pack({ rarity, difference, boosted, leans, mix, threshold }: Matcher, prior: PairPrior | null): Parts {
  const own = classifierParts('difference', difference)
  const lent = prior?.parts() ?? { header: null, tensors: {} }
  return {
    header: {
      unknown: rarity.unknown,
      difference: own.header,
      depth: boosted.depth,
      bias: boosted.bias,
      leans,
      mix,
      threshold,
      prior: lent.header,
    },
    tensors: {
      'rarity.hashes': rarity.hashes,
      'rarity.rarity': rarity.rarity,
      ...own.tensors,
      ...treeTensors('trees', boosted),
      ...lent.tensors,
    },
  }
}

const header = z.object({
  unknown: z.number(),
  difference: z.unknown(),
  depth: z.number().int().min(1).max(8),
  bias: z.number(),
  leans: z.boolean(),
  mix: z.tuple([z.number(), z.number(), z.number()]).nullable(),
  threshold: z.number(),
  prior: z.record(z.string(), z.json()).nullable(),
})

function load({ header: json, tensors }: Parts): Result<Predictor<PairRow, PairAnswer>> {
  const parsed = header.safeParse(json)
  if (!parsed.success) return unusable('its header is not that of a pair model')
  const { unknown, depth, bias, leans, mix, threshold } = parsed.data
  const rarity = rarityOfParts('rarity', unknown, tensors)
  const boosted = treesOf('trees', depth, bias, LIKENESS + (leans && !mix ? 2 : 1), tensors)
  const difference = classifierOf('difference', parsed.data.difference, tensors)
  if (!difference.ok) return difference
  if (!rarity || !boosted || difference.value.classes !== 2) return unusable('its parts do not fit together')
  if (leans !== (parsed.data.prior !== null)) return unusable('the prior that it leans on is missing')
  const prior = parsed.data.prior ? pairPriorOf({ header: parsed.data.prior, tensors }) : ok(null)
  if (!prior.ok) return prior
  const reader = new MatchReader({ rarity, difference: difference.value, boosted, leans, mix, threshold })
  return ok({
    predict: (rows) => rows.map((row) => answerOf(reader.score(row, prior.value?.score(row.a, row.b) ?? 0), threshold)),
  })
}

/** Accuracy is the main figure; F1 of the pairs that mean the same stands beside it. */
function score(judged: Judged<PairRow, PairAnswer>[]): Scores {
  const pairs = judged.map(({ gold, said }) => ({ gold: String(gold.label), said: String(said.label) }))
  const classes = perClass(pairs)
  const accuracy = pairs.filter(({ gold, said }) => gold === said).length / Math.max(1, pairs.length)
  return {
    main: { name: 'accuracy', value: accuracy },
    measures: {
      accuracy,
      'F1 of same': classes.find(({ label }) => label === '1')?.f1 ?? 0,
      'macro-F1': macroF1(classes),
    },
    perClass: classes,
    confusions: confusions(pairs),
  }
}
