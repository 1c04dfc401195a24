import { z } from 'zod'
import { fail, ok, type Result } from '../../../../core/result.ts'
import type { Stretch } from '../../crf/relations.ts'
import type { Json } from '../../task.ts'
import { Terms } from '../opinions/terms.ts'

/** A text and the terms in it whose polarity is asked or known. */
export interface TermsRow {
  text: string
  domain: string
  /** Where each term stands, in UTF-16 units. */
  terms: Stretch[]
  /** The polarity of each term; null where one is not labelled. */
  polarities: string[] | null
  /** The field that holds the terms. */
  field: 'aspects' | 'terms'
  raw: { [key: string]: Json }
}

export interface TermAnswer {
  polarity: string
  /** 0–1; 1 in labelled rows. */
  confidence: number
}

const termShape = z.looseObject({
  term: z.string(),
  start: z.number().nullish(),
  end: z.number().nullish(),
  polarity: z.string().nullish(),
})
const rowShape = z.looseObject({
  text: z.string(),
  domain: z.string().nullish(),
  aspects: z.array(termShape).optional(),
  terms: z.array(termShape).optional(),
})

export const EXAMPLE = '{"text": "…", "aspects": [{"term": "words", "start": 0, "end": 5, "polarity": "…"}]}'

export function parseTerms(json: Json): Result<TermsRow> {
  const parsed = rowShape.safeParse(json)
  const said = parsed.data?.aspects ?? parsed.data?.terms
  if (!parsed.success || !said) {
    const issue = parsed.error?.issues[0]
    const where = issue?.path.join('.') || 'line'
    const what = issue?.message ?? 'it names no terms'
    return fail({ code: 'bad_row', message: `${where}: ${what}. A line is ${EXAMPLE}.`, where })
  }
  const { text, domain, aspects } = parsed.data
  const places = new Terms(text)
  return ok({
    text,
    domain: domain ?? '',
    terms: said.map(({ term, start, end }) => places.find([term, start ?? null, end ?? null])!),
    polarities: said.every(({ polarity }) => polarity) ? said.map(({ polarity }) => polarity!) : null,
    field: aspects ? 'aspects' : 'terms',
    raw: json as TermsRow['raw'],
  })
}

export function writeTerms({ raw, field }: TermsRow, answers: TermAnswer[]): Json {
  const terms = raw[field] as { [key: string]: Json }[]
  return {
    ...raw,
    [field]: terms.map((term, i) => ({
      ...term,
      polarity: answers[i]!.polarity,
      confidence: Math.round(answers[i]!.confidence * 10_000) / 10_000,
    })),
  }
}
