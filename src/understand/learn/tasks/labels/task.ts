import { z } from 'zod'
import { fail, ok, type Result } from '../../../../core/result.ts'
import { classifierOf, classifierParts } from '../../linear/classifier-parts.ts'
import { learnClasses } from '../../neural/strong-classes.ts'
import { strongClasses, withStrong } from '../../neural/strong-parts.ts'
import { priorOf, type SentimentPrior, shippedPrior } from '../../prior/sentiment.ts'
import { claimOf, macroF1, ratios } from '../../scores.ts'
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
import { type Labeller, LabelReader, learnLabeller } from './labeller.ts'
import { type LabelsAnswer, type LabelsRow, labelKey, parseLabelsRow, writeLabelsRow } from './rows.ts'

export const labelsTask = defineTask<LabelsRow, LabelsAnswer>({
  id: 'labels',
  tiers,
  says: 'several labels of a text: {"text": "…", "labels": ["…"]}, or each with a sentiment, [{"subject": "…", "sentiment": …}]',
  parse: parseLabelsRow,
  gold: ({ labels }) => (labels === null ? null : { labels, confidences: labels.map(() => 1) }),
  textOf: ({ text }) => text,
  learn,
  load,
  write: writeLabelsRow,
  score,
  claims: ({ gold, said }) =>
    said.labels.map((label, i) => {
      // A topic may be praised and blamed in one text: what is said is held against its own label, else against one of its topic.
      const key = labelKey(label)
      const ofTopic = gold.labels.filter(({ subject }) => subject === label.subject).map(labelKey)
      return claimOf(key, ofTopic.find((one) => one === key) ?? ofTopic[0] ?? null, said.confidences[i]!)
    }),
})

const isLabelled = ({ labels }: LabelsRow): boolean => labels !== null

async function learn(rows: LabelsRow[], { tier, seed, say }: LearnOptions): Promise<Result<Taught<LabelsAnswer>>> {
  const labelled = rows.filter(isLabelled)
  const subjects = new Set(
    labelled.flatMap(({ labels }) => (labels!.length > 0 ? labels!.map((one) => one.subject) : [''])),
  )
  if (subjects.size < 2) {
    return fail({
      code: 'too_few_labels',
      message: 'Every labelled text bears the same one label: there is nothing to tell apart.',
      remedy: 'Give texts of at least two labels, or some without.',
    })
  }
  const prior = shippedPrior()
  if (!prior.ok) return prior
  say(`${labelled.length} texts, ${subjects.size} labels`)
  const { labeller, outOfFold, lessons } = learnLabeller(labelled, prior.value, seed)
  const honest = spread(rows, isLabelled, (nth) => outOfFold[nth]!)
  const leans = (labeller.feeling?.slopes.length ?? 0) > 0
  const parts = pack(labeller, leans ? prior.value : null)
  if (tier === 'fast') return ok({ ...parts, outOfFold: honest })
  const { texts, labels, fast } = lessons()
  const taught = { texts, labels, weights: labels.map(() => 1), classes: labeller.joints.length }
  return ok(withStrong(parts, await learnClasses(taught, fast, { seed, say })))
}

function pack({ subjects, topic, sentiments, feeling, least, joints }: Labeller, prior: SentimentPrior | null): Parts {
  const topics = classifierParts('topic', topic)
  const feelings = feeling ? classifierParts('feeling', feeling) : { header: null, tensors: {} }
  const lent = prior?.parts() ?? { header: null, tensors: {} }
  return {
    header: {
      subjects,
      sentiments,
      least,
      joints: joints.map(({ subject, sentiment }) => [subject, sentiment]),
      topic: topics.header,
      feeling: feelings.header,
      prior: lent.header,
    },
    tensors: { ...topics.tensors, ...feelings.tensors, ...lent.tensors },
  }
}

const header = z.object({
  subjects: z.array(z.string()).min(2),
  sentiments: z.array(z.union([z.string(), z.number()])),
  least: z.number(),
  joints: z.array(z.tuple([z.number().int().min(0), z.number().int().min(0).nullable()])),
  topic: z.unknown(),
  feeling: z.unknown(),
  prior: z.record(z.string(), z.json()).nullable(),
})

function load(parts: Parts): Result<Predictor<LabelsRow, LabelsAnswer>> {
  const { header: json, tensors } = parts
  const parsed = header.safeParse(json)
  if (!parsed.success) return unusable('its header is not that of a labels model')
  const { subjects, sentiments, least } = parsed.data
  const topic = classifierOf('topic', parsed.data.topic, tensors)
  if (!topic.ok) return topic
  const feeling = parsed.data.feeling === null ? ok(null) : classifierOf('feeling', parsed.data.feeling, tensors)
  if (!feeling.ok) return feeling
  const prior = parsed.data.prior ? priorOf({ header: parsed.data.prior, tensors }) : ok(null)
  if (!prior.ok) return prior
  if (topic.value.classes !== subjects.length || (feeling.value && feeling.value.classes !== sentiments.length))
    return unusable('its labels and its weights differ in number')
  const joints = parsed.data.joints.map(([subject, sentiment]) => ({ subject, sentiment }))
  const labeller = { subjects, sentiments, least, joints, topic: topic.value, feeling: feeling.value }
  const reader = new LabelReader(labeller, prior.value)
  const strong = strongClasses(parts)
  if (!strong.ok) return strong
  if (!strong.value) return ok({ predict: (rows) => rows.map(({ text }) => reader.read(text)) })
  const { read, join } = strong.value
  return ok({
    predict: (rows) => {
      const second = read(rows.map(({ text }) => text))
      return rows.map(({ text }, i) => reader.read(text, (p) => join(p, second[i]!)))
    },
  })
}

/** F1 over all labels of all texts; a label with a sentiment counts when both are right. */
function score(judged: Judged<LabelsRow, LabelsAnswer>[]): Scores {
  const counts = new Map<string, { gold: number; said: number; hit: number }>()
  const of = (key: string) => {
    const found = counts.get(key) ?? { gold: 0, said: 0, hit: 0 }
    counts.set(key, found)
    return found
  }
  const mixed = new Map<string, { gold: string; said: string; n: number }>()
  for (const { gold, said } of judged) {
    const right = new Set(gold.labels.map(labelKey))
    const told = new Set(said.labels.map(labelKey))
    for (const key of right) of(key).gold++
    for (const key of told) of(key).said++
    for (const key of told) if (right.has(key)) of(key).hit++
    const missed = [...right].filter((key) => !told.has(key))
    for (const wrong of [...told].filter((key) => !right.has(key))) {
      for (const key of missed.length > 0 ? missed : ['–']) {
        const found = mixed.get(`${key}\n${wrong}`) ?? { gold: key, said: wrong, n: 0 }
        found.n++
        mixed.set(`${key}\n${wrong}`, found)
      }
    }
  }
  const sum = { gold: 0, said: 0, hit: 0 }
  for (const one of counts.values()) for (const key of ['gold', 'said', 'hit'] as const) sum[key] += one[key]
  const perLabel = [...counts].map(([label, one]) => ({ label, ...ratios(one.hit, one.said, one.gold), n: one.gold }))
  const { precision, recall, f1 } = ratios(sum.hit, sum.said, sum.gold)
  return {
    main: { name: 'F1', value: f1 },
    measures: { F1: f1, precision, recall, 'macro-F1': macroF1(perLabel) },
    perClass: perLabel.sort((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1)),
    confusions: [...mixed.values()].sort((a, b) => b.n - a.n || (a.gold + a.said < b.gold + b.said ? -1 : 1)),
  }
}
