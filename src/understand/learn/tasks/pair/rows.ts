import { z } from 'zod'
import { fail, ok, type Result } from '../../../../core/result.ts'
import type { Json } from '../../task.ts'

/** Two texts; label 1 where they mean the same, 0 where they do not, null where nobody has said. */
export interface PairRow {
  a: string
  b: string
  label: 0 | 1 | null
  raw: { [key: string]: Json }
}

export interface PairAnswer {
  label: 0 | 1
  /** Of the label, 0–1; 1 in labelled rows. */
  confidence: number
}

const shape = z.looseObject({
  text_a: z.string(),
  text_b: z.string(),
  label: z
    .union([
      z.literal(0),
      z.literal(1),
      z.literal('0').transform(() => 0 as const),
      z.literal('1').transform(() => 1 as const),
    ])
    .nullish(),
})

export function parsePairRow(json: Json): Result<PairRow> {
  const parsed = shape.safeParse(json)
  if (!parsed.success) {
    const where = parsed.error.issues[0]!.path.join('.') || 'line'
    return fail({
      code: 'bad_row',
      message: `${where}: ${parsed.error.issues[0]!.message}. A line is {"text_a": "…", "text_b": "…", "label": 0 or 1}.`,
      where,
    })
  }
  const { text_a, text_b, label } = parsed.data
  return ok({ a: text_a, b: text_b, label: label ?? null, raw: json as PairRow['raw'] })
}

export const writePairRow = ({ raw }: PairRow, { label, confidence }: PairAnswer): Json => ({
  ...raw,
  label: typeof raw.label === 'string' ? String(label) : label,
  confidence: Math.round(confidence * 10_000) / 10_000,
})
