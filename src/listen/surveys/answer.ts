import { fail, ok, type Result } from '../../core/result.ts'
import { mask } from '../mask.ts'
import { type Question, scaleOf } from './definition.ts'

/** A score, an option, options, a column for each row, or a text. Null: asked and left out. */
export type Answer = number | string | string[] | Record<string, string>
export type Answers = Readonly<Record<string, Answer | null>>

export const LONGEST_TEXT = 5_000

/** Why an answer cannot be taken, for the page to say in its language. */
const refusals = ['required', 'not_a_choice', 'out_of_scale', 'too_many', 'rows_missing', 'too_long'] as const
export type Refusal = (typeof refusals)[number]

/**
 * An answer as a form or a program sends it, against its question. Nothing (undefined, null, an empty text or list) is an answer left
 * out: null, or `required`. Free text is masked here, before anything is kept.
 */
export function parseAnswer(question: Question, raw: unknown): Result<Answer | null, Refusal> {
  const parsed = isNothing(raw) ? ok(null) : parseGiven(question, raw)
  return parsed.ok && parsed.value === null && question.required ? fail('required') : parsed
}

const isNothing = (raw: unknown): boolean =>
  raw === undefined ||
  raw === null ||
  (typeof raw === 'string' && raw.trim() === '') ||
  (Array.isArray(raw) && raw.length === 0)

function parseGiven(question: Question, raw: unknown): Result<Answer | null, Refusal> {
  switch (question.type) {
    case 'nps':
    case 'csat':
    case 'ces':
    case 'stars':
      return parseScore(question, raw)
    case 'single':
      return isOption(question.options, raw) ? ok(raw) : fail('not_a_choice')
    case 'multiple':
      return parseChoices(question, raw)
    case 'matrix':
      return parseMatrix(question, raw)
    case 'text':
      return parseText(raw)
  }
}

function parseScore(question: Question, raw: unknown): Result<number, Refusal> {
  const { min, max } = scaleOf(question)!
  const value = typeof raw === 'string' && /^\d{1,2}$/.test(raw) ? Number(raw) : raw
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
    ? ok(value)
    : fail('out_of_scale')
}

function isOption(options: readonly { id: string }[], raw: unknown): raw is string {
  return typeof raw === 'string' && options.some(({ id }) => id === raw)
}

/** Chosen options in the order in which the question lists them. */
function parseChoices(question: Question & { type: 'multiple' }, raw: unknown): Result<string[], Refusal> {
  const chosen: unknown[] = Array.isArray(raw) ? raw : [raw]
  if (chosen.length > 100 || !chosen.every((one) => isOption(question.options, one))) return fail('not_a_choice')
  const distinct = question.options.map(({ id }) => id).filter((id) => chosen.includes(id))
  return distinct.length > (question.atMost ?? distinct.length) ? fail('too_many') : ok(distinct)
}

function parseMatrix(
  question: Question & { type: 'matrix' },
  raw: unknown,
): Result<Record<string, string> | null, Refusal> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return fail('not_a_choice')
  const cells: [string, string][] = []
  for (const [row, column] of Object.entries(raw)) {
    if (isNothing(column)) continue
    if (!isOption(question.rows, row) || !isOption(question.columns, column)) return fail('not_a_choice')
    cells.push([row, column])
  }
  if (cells.length === 0) return ok(null)
  if (question.required && cells.length < question.rows.length) return fail('rows_missing')
  return ok(Object.fromEntries(cells))
}

function parseText(raw: unknown): Result<string, Refusal> {
  if (typeof raw !== 'string') return fail('not_a_choice')
  const text = raw.trim().toWellFormed().replaceAll('\u0000', '\u2400')
  return text.length > LONGEST_TEXT ? fail('too_long') : ok(mask(text))
}
