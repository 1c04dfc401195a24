import { z } from 'zod'
import { fail, ok, type Result } from '../../../../core/result.ts'
import type { Json } from '../../task.ts'

/** A label of a text: a topic, and where the file has them a sentiment of it. */
export interface Label {
  subject: string
  sentiment: string | number | null
}

export interface LabelsRow {
  text: string
  /** Null for a line without the field: nobody has said. */
  labels: Label[] | null
  raw: { [key: string]: Json }
}

export interface LabelsAnswer {
  labels: Label[]
  /** Of each label, 0–1; 1 in labelled rows. */
  confidences: number[]
}

const shape = z.looseObject({
  text: z.string(),
  labels: z
    .array(z.union([z.string(), z.looseObject({ subject: z.string(), sentiment: z.union([z.string(), z.number()]) })]))
    .nullish(),
})

export function parseLabelsRow(json: Json): Result<LabelsRow> {
  const parsed = shape.safeParse(json)
  if (!parsed.success) {
    const where = parsed.error.issues[0]!.path.join('.') || 'line'
    return fail({
      code: 'bad_row',
      message: `${where}: ${parsed.error.issues[0]!.message}. A line is {"text": "…", "labels": ["…"]} or {"text": "…", "labels": [{"subject": "…", "sentiment": …}]}.`,
      where,
    })
  }
  const labels = parsed.data.labels?.map((label) =>
    typeof label === 'string'
      ? { subject: label, sentiment: null }
      : { subject: label.subject, sentiment: label.sentiment },
  )
  return ok({ text: parsed.data.text, labels: labels ?? null, raw: json as LabelsRow['raw'] })
}

const rounded = (p: number): number => Math.round(p * 10_000) / 10_000

export function writeLabelsRow({ raw }: LabelsRow, { labels, confidences }: LabelsAnswer): Json {
  if (labels.every(({ sentiment }) => sentiment === null)) {
    return { ...raw, labels: labels.map(({ subject }) => subject), confidences: confidences.map(rounded) }
  }
  const written = labels.map(({ subject, sentiment }, i) => ({
    subject,
    sentiment,
    confidence: rounded(confidences[i]!),
  }))
  return { ...raw, labels: written }
}

/** A label as one word, by which labels are compared and counted. */
export const labelKey = ({ subject, sentiment }: Label): string =>
  sentiment === null ? subject : `${subject} ${sentiment}`
