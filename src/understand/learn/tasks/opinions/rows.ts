import { z } from 'zod'
import { fail, ok, type Result } from '../../../../core/result.ts'
import type { Relation, Told } from '../../crf/relations.ts'
import type { Json } from '../../task.ts'
import { Terms, termShape } from './terms.ts'

/** A text and what it says of what. Offsets are UTF-16 units. */
export interface RelationRow {
  text: string
  domain: string
  /** Null in an unlabelled line. */
  relations: Told[] | null
  raw: { [key: string]: Json }
}

const relationShape = z.looseObject({
  aspect: termShape,
  opinion: termShape,
  category: z.string().default(''),
  polarity: z.string(),
})

const rowShape = z.looseObject({ text: z.string(), domain: z.string().nullish() })
const relationsShape = z.array(relationShape).nullish()

/** How the relations of a task stand in its files. */
export interface RelationFile {
  /** The field that holds them. */
  field: 'quads' | 'triplets'
  /** Whether they say what they are about. */
  categories: boolean
  /** A line, for messages. */
  example: string
}

export function parseRelations({ field, example }: RelationFile): (json: Json) => Result<RelationRow> {
  return (json) => {
    const row = rowShape.safeParse(json)
    if (!row.success) return bad(row.error.issues[0]!, '', example)
    const said = relationsShape.safeParse(row.data[field])
    if (!said.success) return bad(said.error.issues[0]!, `${field}.`, example)
    const { text, domain } = row.data
    const terms = new Terms(text)
    const relations = said.data?.map((one) => relationOf(terms, one)) ?? null
    return ok({ text, domain: domain ?? '', relations, raw: json as RelationRow['raw'] })
  }
}

function bad({ path, message }: z.core.$ZodIssue, prefix: string, example: string): Result<never> {
  const where = `${prefix}${path.join('.')}`.replace(/\.$/, '') || 'line'
  return fail({ code: 'bad_row', message: `${where}: ${message}. A line is ${example}.`, where })
}

const relationOf = (terms: Terms, said: z.infer<typeof relationShape>): Told => ({
  aspect: terms.find(said.aspect),
  opinion: terms.find(said.opinion),
  category: said.category,
  polarity: said.polarity,
  confidence: 1,
})

export function writeRelations({ field, categories }: RelationFile): (row: RelationRow, told: Told[]) => Json {
  return ({ text, raw }, told) => {
    const terms = new Terms(text)
    return { ...raw, [field]: told.map((one) => writeRelation(terms, one, categories)) }
  }
}

const writeRelation = (terms: Terms, one: Told, categories: boolean): Json => ({
  aspect: terms.write(one.aspect),
  opinion: terms.write(one.opinion),
  ...(categories ? { category: one.category } : {}),
  polarity: one.polarity,
  confidence: Math.round(one.confidence * 10_000) / 10_000,
})

/** What must be equal for two relations to be the same: both stretches, the category, the polarity. */
export function keyOf({ aspect, opinion, category, polarity }: Relation): string {
  const place = (stretch: Relation['aspect']) => (stretch ? `${stretch.start}-${stretch.end}` : '')
  return [place(aspect), place(opinion), category, polarity].join('|')
}
