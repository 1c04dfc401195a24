import { fail, ok, type Result } from '../../../../core/result.ts'
import { loadLexicon } from '../../../lexicon.ts'
import { DEFAULT_PACKS_DIR, loadPacks } from '../../../packs.ts'
import { learnRelations } from '../../crf/learn-relations.ts'
import { relationModel, relationParts } from '../../crf/relation-parts.ts'
import { RelationReader, type Told } from '../../crf/relations.ts'
import { wordlistOf } from '../../crf/wordlist.ts'
import { strongRelations, withStrong } from '../../neural/strong-parts.ts'
import { shippedPrior } from '../../prior/sentiment.ts'
import { defineTask, type LearnOptions, type Parts, type Task, tiers } from '../../task.ts'
import { bothTiers, learnBoth } from './both-tiers.ts'
import { parseRelations, type RelationFile, type RelationRow, writeRelations } from './rows.ts'
import { relationClaims, scoreRelations } from './scoring.ts'
import { NOWHERE } from './terms.ts'

const quads: RelationFile = {
  field: 'quads',
  categories: true,
  example:
    '{"text": "…", "quads": [{"aspect": ["words", start, end] or null, "opinion": the same, "category": "…", "polarity": "…"}]}',
}

export const opinionsTask = defineTask<RelationRow, Told[]>({
  id: 'opinions',
  tiers,
  says: `what a text says of what, with its category and its polarity: ${quads.example}`,
  ...relationTask(quads),
  score: (judged) => scoreRelations(judged, 'F1', (one) => `${one.category} ${one.polarity}`),
})

/** What the tasks that find relations have in common. */
export function relationTask(
  file: RelationFile,
): Pick<Task<RelationRow, Told[]>, 'parse' | 'gold' | 'textOf' | 'learn' | 'load' | 'write' | 'claims'> {
  return {
    parse: parseRelations(file),
    gold: ({ relations }) => relations,
    textOf: ({ text }) => text,
    learn,
    load: (parts) => {
      const model = relationModel(parts)
      if (!model.ok) return model
      const reader = new RelationReader(model.value)
      const strong = strongRelations(parts)
      if (!strong.ok) return strong
      if (strong.value) return ok(bothTiers(strong.value, reader, model.value))
      return ok({ predict: (rows) => rows.map(({ text, domain }) => reader.read(text, domain)) })
    },
    write: writeRelations(file),
    claims: relationClaims,
  }
}

const isThere = ({ aspect, opinion }: Told): boolean => aspect !== NOWHERE && opinion !== NOWHERE

async function learn(rows: RelationRow[], { tier, seed, say }: LearnOptions): Promise<Result<Parts>> {
  const words = wordlistOf(loadLexicon(DEFAULT_PACKS_DIR), loadPacks())
  const labelled = rows.flatMap(({ text, domain, relations }) =>
    relations ? [{ text, domain, relations: relations.filter(isThere) }] : [],
  )
  const prior = shippedPrior()
  if (!prior.ok) return prior
  say(`labelled texts: ${labelled.length}`)
  const model = learnRelations(labelled, { seed, say, words, prior: prior.value })
  if (model) {
    const parts = relationParts(model)
    return ok(tier === 'fast' ? parts : withStrong(parts, await learnBoth(labelled, model, { seed, say })))
  }
  return fail({
    code: 'too_few_rows',
    message: `There are too few labelled texts (${labelled.length}): each third of them needs one that says something.`,
    remedy: 'Label a few dozen texts at least; a few hundred are better.',
  })
}
