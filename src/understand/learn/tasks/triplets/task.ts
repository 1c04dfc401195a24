import type { Told } from '../../crf/relations.ts'
import { defineTask, tiers } from '../../task.ts'
import type { RelationFile, RelationRow } from '../opinions/rows.ts'
import { scoreRelations } from '../opinions/scoring.ts'
import { relationTask } from '../opinions/task.ts'

const triplets: RelationFile = {
  field: 'triplets',
  categories: false,
  example:
    '{"text": "…", "triplets": [{"aspect": ["words", start, end] or null, "opinion": the same, "polarity": "…"}]}',
}

export const tripletsTask = defineTask<RelationRow, Told[]>({
  id: 'triplets',
  tiers,
  says: `what a text says of what, with its polarity: ${triplets.example}`,
  ...relationTask(triplets),
  score: (judged) => scoreRelations(judged, 'F1', (one) => one.polarity),
})
