import { z } from 'zod'
import { fail, ok, type Result } from '../../../../core/result.ts'
import { foldText } from '../../../text.ts'
import { foldOf } from '../../folds.ts'
import { ClassReader } from '../../linear/class-reader.ts'
import { type Classifier, FOLDS, learnClassifier, pick } from '../../linear/classifier.ts'
import { classifierOf, classifierParts } from '../../linear/classifier-parts.ts'
import { hashGrams } from '../../linear/grams.ts'
import { MANY } from '../../linear/scorer.ts'
import { gather } from '../../linear/vocabulary.ts'
import { learnClasses, type ClassReader as StrongReader } from '../../neural/strong-classes.ts'
import { strongClasses, withStrong } from '../../neural/strong-parts.ts'
import { KNOWLEDGE_WIDTH, Knowledge } from '../../prior/knowledge.ts'
import { priorOf, type SentimentPrior, shippedPrior } from '../../prior/sentiment.ts'
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
  tiers,
} from '../../task.ts'
import { unusable } from '../../tensor-file.ts'
import { type ClassAnswer, type ClassRow, parseClassRow, writeClassRow } from './rows.ts'

const SHAPE = { order: 4, letters: 5, reach: 8 }
const ROOM = 100_000

export const classTask = defineTask<ClassRow, ClassAnswer>({
  id: 'class',
  tiers,
  says: 'a text to one of several labels: {"text": "…", "label": "…"}',
  parse: parseClassRow,
  gold: ({ label }) => (label === null ? null : { label, confidence: 1 }),
  textOf: ({ text }) => text,
  learn,
  load,
  write: writeClassRow,
  score,
  claims: ({ gold, said }) => [claimOf(String(said.label), String(gold.label), said.confidence)],
})

const isLabelled = ({ label }: ClassRow): boolean => label !== null

async function learn(rows: ClassRow[], { tier, seed, say }: LearnOptions): Promise<Result<Taught<ClassAnswer>>> {
  const labelled = rows.filter(isLabelled)
  const labels = [...new Set(labelled.map(({ label }) => label!))].sort(byTypeThenValue)
  if (labels.length < 2) {
    return fail({
      code: 'too_few_labels',
      message: `Every labelled line says ${JSON.stringify(labels[0])}: there is nothing to tell apart.`,
      remedy: 'Give lines of at least two labels.',
    })
  }
  const prior = shippedPrior()
  if (!prior.ok) return prior
  const number = new Map(labels.map((label, i) => [label, i]))
  say(`${labelled.length} texts, ${labels.length} labels`)
  const { classifier, outOfFold } = learnClassifier(
    {
      hashed: gather(labelled.length, (i, out) => hashText(labelled[i]!.text, out), ROOM),
      lengths: [1],
      // Of many labels hardly any is a matter of praise or complaint.
      ...sideOf(labelled, labels.length > MANY ? null : new Knowledge(prior.value)),
      labels: Int32Array.from(labelled, ({ label }) => number.get(label!)!),
      classes: labels.length,
      folds: Int32Array.from(labelled, ({ text }) => foldOf(text, FOLDS, 'inner')),
      even: true,
    },
    seed,
  )
  const honest = spread(rows, isLabelled, (nth) => {
    const p = outOfFold.subarray(nth * labels.length, (nth + 1) * labels.length)
    const chosen = pick(p, 0, classifier.favours)
    return { label: labels[chosen]!, confidence: p[chosen]! }
  })
  const parts = pack(classifier, labels, classifier.slopes.length > 0 ? prior.value : null)
  if (tier === 'fast') return ok({ ...parts, outOfFold: honest })
  const lessons = {
    texts: labelled.map(({ text }) => text),
    labels: labelled.map(({ label }) => number.get(label!)!),
    weights: labelled.map(() => 1),
    classes: labels.length,
  }
  return ok(withStrong(parts, await learnClasses(lessons, outOfFold, { seed, say })))
}

const hashText = (text: string, out: Uint32Array): number => hashGrams(foldText(text), 0, text.length, SHAPE, out)

function sideOf(rows: ClassRow[], knowledge: Knowledge | null): { side: Float64Array; sideWidth: number } {
  const side = new Float64Array(knowledge ? rows.length * KNOWLEDGE_WIDTH : 0)
  if (knowledge) for (const [i, { text }] of rows.entries()) knowledge.read(text, side, i * KNOWLEDGE_WIDTH)
  return { side, sideWidth: knowledge ? KNOWLEDGE_WIDTH : 0 }
}

function pack(classifier: Classifier, labels: (string | number)[], prior: SentimentPrior | null): Parts {
  const own = classifierParts('class', classifier)
  const lent = prior?.parts() ?? { header: null, tensors: {} }
  return {
    header: { labels, classifier: own.header, prior: lent.header },
    tensors: { ...own.tensors, ...lent.tensors },
  }
}

const header = z.object({
  labels: z.array(z.union([z.string(), z.number()])).min(2),
  classifier: z.unknown(),
  prior: z.record(z.string(), z.json()).nullable(),
})

function load(parts: Parts): Result<Predictor<ClassRow, ClassAnswer>> {
  const { header: json, tensors } = parts
  const parsed = header.safeParse(json)
  if (!parsed.success) return unusable('its header is not that of a class model')
  const { labels, classifier: own, prior: lent } = parsed.data
  const classifier = classifierOf('class', own, tensors)
  if (!classifier.ok) return classifier
  if (classifier.value.classes !== labels.length) return unusable('its labels and its weights differ in number')
  const leans = classifier.value.slopes.length > 0
  if (leans && classifier.value.sideWidth !== KNOWLEDGE_WIDTH)
    return unusable('it leans on evidence of another release')
  const prior = lent ? priorOf({ header: lent, tensors }) : ok(null)
  if (!prior.ok) return prior
  const strong = strongClasses(parts)
  if (!strong.ok) return strong
  const knowledge = leans ? new Knowledge(prior.value) : null
  return ok({ predict: (rows) => predict(rows, labels, new ClassReader(classifier.value), knowledge, strong.value) })
}

function predict(
  rows: ClassRow[],
  labels: (string | number)[],
  reader: ClassReader,
  knowledge: Knowledge | null,
  strong: StrongReader | null,
): ClassAnswer[] {
  const second = strong?.read(rows.map(({ text }) => text))
  const hashes = new Uint32Array(ROOM)
  const side = new Float64Array(KNOWLEDGE_WIDTH)
  const p = new Float64Array(labels.length)
  return rows.map(({ text }, i) => {
    knowledge?.read(text, side)
    reader.read(hashes, hashText(text, hashes), side, p)
    if (strong && second) strong.join(p, second[i]!)
    const chosen = reader.choose(p)
    return { label: labels[chosen]!, confidence: p[chosen]! }
  })
}

const byTypeThenValue = (a: string | number, b: string | number): number =>
  typeof a === typeof b ? (a < b ? -1 : 1) : typeof a === 'number' ? -1 : 1

/** Accuracy is the main figure; the mean F1 of the labels stands beside it. */
function score(judged: Judged<ClassRow, ClassAnswer>[]): Scores {
  const pairs = judged.map(({ gold, said }) => ({ gold: String(gold.label), said: String(said.label) }))
  const classes = perClass(pairs)
  const accuracy = pairs.filter(({ gold, said }) => gold === said).length / Math.max(1, pairs.length)
  return {
    main: { name: 'accuracy', value: accuracy },
    measures: { accuracy, 'macro-F1': macroF1(classes) },
    perClass: classes,
    confusions: confusions(pairs),
  }
}
