import type { LabelledText } from '../../crf/learn-relations.ts'
import type { Frame, RelationModel, RelationReader, Told } from '../../crf/relations.ts'
import { fuse, type SaidLink } from '../../neural/relation-reading.ts'
import {
  learnRelations,
  type RelationReader as StrongReader,
  type StrongRelations,
} from '../../neural/strong-relations.ts'
import type { Predictor } from '../../task.ts'
import type { RelationRow } from './rows.ts'

type Classes = Pick<Frame, 'categories' | 'polarities'>

const toLink = ({ categories, polarities }: Classes, one: Told): SaidLink => {
  const classes = [categories.indexOf(one.category), polarities.indexOf(one.polarity)]
  return { a: one.aspect, b: one.opinion, classes, confidence: one.confidence }
}

const toTold = ({ categories, polarities }: Classes, { a, b, classes, confidence }: SaidLink): Told => {
  return { aspect: a, opinion: b, category: categories[classes[0]!]!, polarity: polarities[classes[1]!]!, confidence }
}

/** What the strong tier learns of texts that the fast one has learnt too, with the fast one's categories and polarities. */
export function learnBoth(
  texts: LabelledText[],
  frame: Classes,
  options: { seed: number; say(line: string): void },
): Promise<StrongRelations> {
  const links = texts.map(({ relations }) => relations.map((one) => toLink(frame, { ...one, confidence: 1 })))
  const heads = [frame.categories.length, frame.polarities.length]
  return learnRelations(
    texts.map(({ text }) => text),
    links,
    heads,
    options,
  )
}

/** Both tiers read; what is told is what they are sure of together, in the order of the places. */
export function bothTiers(
  strong: StrongReader,
  fast: Pick<RelationReader, 'candidates'>,
  frame: Classes & Pick<RelationModel, 'alternatives'>,
): Predictor<RelationRow, Told[]> {
  return {
    predict(rows) {
      const found = strong.candidates(rows.map(({ text }) => text))
      return rows.map(({ text, domain }, i) => {
        const known = fast.candidates(text, domain).map((one) => toLink(frame, one))
        const told = strong.decide(fuse(found[i]!, known), frame.alternatives).map((link) => toTold(frame, link))
        return told.sort((x, y) => place(x) - place(y))
      })
    },
  }
}

const place = ({ aspect, opinion }: Told): number => Math.min(aspect?.start ?? Infinity, opinion?.start ?? Infinity)
