import { z } from 'zod'
import { fail, ok, type Result } from '../../../../core/result.ts'
import { classifierOf, classifierParts } from '../../linear/classifier-parts.ts'
import { learnClasses } from '../../neural/strong-classes.ts'
import { strongClasses, withStrong } from '../../neural/strong-parts.ts'
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
import type { Head } from './heads.ts'
import { type DialogueModel, DialogueReader, dialogueText, learnDialogues } from './model.ts'
import { type DialogueAnswer, type DialogueRow, parseDialogueRow, writeDialogueRow } from './rows.ts'

export const dialogueTask = defineTask<DialogueRow, DialogueAnswer>({
  id: 'dialogue',
  tiers,
  says: 'what each customer turn asks for and how satisfied the customer is: {"turns": [{"role": "user", "text": "…", "action_group": "…", "satisfaction": 1}], "overall_satisfaction": 2}',
  parse: parseDialogueRow,
  gold: (row) => (row.labelled ? goldOf(row) : null),
  textOf: dialogueText,
  learn,
  load,
  write: writeDialogueRow,
  score,
  claims: ({ gold, said }) =>
    gold.turns.flatMap((turn, i) => {
      const own = said.turns[i]
      return turn && turn.group !== null && own
        ? [{ of: `turn ${i + 1}`, ...claimOf(own.group ?? '–', turn.group, own.ifAsking) }]
        : []
    }),
})

const goldOf = ({ turns, overall, mean }: DialogueRow): DialogueAnswer => ({
  turns: turns.map(({ customer, group, satisfaction }) =>
    customer ? { group, confidence: 1, ifAsking: 1, satisfaction } : null,
  ),
  overall,
  mean,
})

async function learn(rows: DialogueRow[], { tier, seed, say }: LearnOptions): Promise<Result<Taught<DialogueAnswer>>> {
  const labelled = rows.filter((row) => row.labelled)
  say(`${labelled.length} dialogues`)
  const { model, outOfFold, lessons } = learnDialogues(labelled, seed)
  if (heads.every((name) => model[name] === null)) {
    return fail({
      code: 'too_few_labels',
      message: 'The dialogues tell neither intents nor satisfactions that differ: there is nothing to learn.',
      remedy: 'Give customer turns with "action_group" or "satisfaction", or dialogues with a satisfaction.',
    })
  }
  const honest = spread(
    rows,
    (row) => row.labelled,
    (nth) => outOfFold[nth]!,
  )
  if (tier === 'fast' || !lessons) return ok({ ...pack(model), outOfFold: honest })
  return ok(withStrong(pack(model), await learnClasses(lessons, lessons.fast, { seed, say })))
}

const heads = ['first', 'group', 'turn', 'overall', 'mean'] as const

function pack(model: DialogueModel): Parts {
  const parts = heads.map((name) => {
    const head = model[name]
    const own = head ? classifierParts(name, head.classifier) : { header: null, tensors: {} }
    return { name, header: head ? { classes: head.classes, classifier: own.header } : null, tensors: own.tensors }
  })
  return {
    header: {
      silence: model.silence,
      levels: model.levels,
      heads: Object.fromEntries(parts.map(({ name, header }) => [name, header])),
    },
    tensors: Object.assign({}, ...parts.map(({ tensors }) => tensors)),
  }
}

const headHeader = z
  .object({ classes: z.array(z.union([z.string(), z.number(), z.null()])).min(2), classifier: z.unknown() })
  .nullable()

const header = z.object({
  silence: z.number(),
  levels: z.array(z.number()),
  heads: z.object({ first: headHeader, group: headHeader, turn: headHeader, overall: headHeader, mean: headHeader }),
})

function load(parts: Parts): Result<Predictor<DialogueRow, DialogueAnswer>> {
  const { header: json, tensors } = parts
  const parsed = header.safeParse(json)
  if (!parsed.success) return broken()
  const { silence, levels } = parsed.data
  const found: Record<(typeof heads)[number], Head | null> = {
    first: null,
    group: null,
    turn: null,
    overall: null,
    mean: null,
  }
  for (const name of heads) {
    const own = parsed.data.heads[name]
    if (!own) continue
    const classifier = classifierOf(name, own.classifier, tensors)
    if (!classifier.ok) return classifier
    if (classifier.value.classes !== own.classes.length) return broken()
    found[name] = { classes: own.classes, classifier: classifier.value }
  }
  const wide = found.group && found.group.classifier.sideWidth !== 4 * (found.first?.classes.length ?? 0)
  if (wide || found.mean?.classes.some((level) => levels[Number(level)] === undefined)) return broken()
  const strong = strongClasses(parts)
  if (!strong.ok) return strong
  const reader = new DialogueReader({ ...found, silence, levels }, strong.value)
  return ok({ predict: (rows) => rows.map((row) => reader.read(row)) })
}

const broken = () => unusable('its header is not that of a dialogue model, or its parts do not fit together')

interface Said {
  gold: string
  said: string
}

/**
 * The main figure is the first of these that the rows tell: mean F1 of the intent groups over customer turns that have one (turns
 * without a group are not counted), accuracy of the turns' satisfaction, correlation of the rating.
 */
function score(judged: Judged<DialogueRow, DialogueAnswer>[]): Scores {
  const groups: Said[] = []
  const turns: Said[] = []
  const wholes: Said[] = []
  const ratings: { gold: number; said: number }[] = []
  for (const { gold, said } of judged) {
    gold.turns.forEach((turn, i) => {
      const own = said.turns[i]
      if (turn && turn.group !== null) groups.push({ gold: turn.group, said: own?.group ?? '–' })
      if (turn && turn.satisfaction !== null)
        turns.push({ gold: String(turn.satisfaction), said: String(own?.satisfaction ?? '–') })
    })
    if (gold.overall !== null) wholes.push({ gold: String(gold.overall), said: String(said.overall ?? '–') })
    if (gold.mean !== null) ratings.push({ gold: gold.mean, said: said.mean ?? 0 })
  }
  const measures: Record<string, number> = {}
  const classes = perClass(groups)
  if (groups.length > 0) measures['macro-F1 of intents'] = macroF1(classes)
  if (groups.length > 0) measures['accuracy of intents'] = accuracy(groups)
  if (turns.length > 0) measures['accuracy of satisfaction'] = accuracy(turns)
  if (wholes.length > 0) measures['accuracy of overall satisfaction'] = accuracy(wholes)
  if (ratings.length > 0) measures['correlation of ratings'] = correlation(ratings)
  if (ratings.length > 0) measures['mean error of ratings'] = meanError(ratings)
  const [name, value] = Object.entries(measures)[0] ?? ['macro-F1 of intents', 0]
  const shown = groups.length > 0 ? groups : turns
  return { main: { name, value }, measures, perClass: perClass(shown), confusions: confusions(shown) }
}

const accuracy = (pairs: Said[]): number => pairs.filter(({ gold, said }) => gold === said).length / pairs.length

const meanError = (pairs: { gold: number; said: number }[]): number =>
  pairs.reduce((sum, { gold, said }) => sum + Math.abs(gold - said), 0) / pairs.length

/** Pearson's correlation; 0 where one side does not vary. */
function correlation(pairs: { gold: number; said: number }[]): number {
  const mean = (pick: 'gold' | 'said') => pairs.reduce((sum, pair) => sum + pair[pick], 0) / pairs.length
  const [g, s] = [mean('gold'), mean('said')]
  let both = 0
  let ofGold = 0
  let ofSaid = 0
  for (const { gold, said } of pairs) {
    both += (gold - g) * (said - s)
    ofGold += (gold - g) ** 2
    ofSaid += (said - s) ** 2
  }
  return ofGold > 0 && ofSaid > 0 ? both / Math.sqrt(ofGold * ofSaid) : 0
}
