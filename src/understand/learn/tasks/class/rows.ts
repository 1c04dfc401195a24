import { z } from 'zod'
import { fail, ok, type Result } from '../../../../core/result.ts'
import type { Json } from '../../task.ts'

/** A text and its class. A class keeps its type, so that 1 is answered as 1 and "1" as "1". */
export interface ClassRow {
  text: string
  label: string | number | null
  raw: { [key: string]: Json }
}

export interface ClassAnswer {
  label: string | number
  /** Of the label, 0–1; 1 in labelled rows. */
  confidence: number
}

const shape = z.looseObject({ text: z.string(), label: z.union([z.string(), z.number()]).nullish() })

export function parseClassRow(json: Json): Result<ClassRow> {
  const parsed = shape.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    const where = issue.path.join('.') || 'line'
    return fail({
      code: 'bad_row',
      message: `${where}: ${issue.message}. A line is {"text": "…", "label": "…"}, the label a word or a number.`,
      where,
    })
  }
  const { text, label } = parsed.data
  return ok({ text, label: label ?? null, raw: json as ClassRow['raw'] })
}

export const writeClassRow = ({ raw }: ClassRow, { label, confidence }: ClassAnswer): Json => ({
  ...raw,
  label,
  confidence: Math.round(confidence * 10_000) / 10_000,
})
