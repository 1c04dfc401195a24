import { z } from 'zod'
import { fail, ok, type Result } from '../../../../core/result.ts'
import type { Json } from '../../task.ts'

export interface Turn {
  customer: boolean
  text: string
  /** What the turn asks for; null where it asks for nothing that has a group, or nobody has said. */
  group: string | null
  /** How satisfied the customer is at that turn; null where it cannot be said yet. */
  satisfaction: number | null
}

/** The two shapes of dialogue files: satisfaction as a class of turns and of the whole, or as the mean of several raters. */
export interface DialogueRow {
  turns: Turn[]
  overall: number | null
  mean: number | null
  /** Whether the line bears labels of some kind. */
  labelled: boolean
  raw: { [key: string]: Json }
}

export interface TurnAnswer {
  group: string | null
  /** Of the group, 0–1: that the turn asks for something, and for this. */
  confidence: number
  /** Of the group, 0–1, where the turn asks for something. */
  ifAsking: number
  satisfaction: number | null
}

export interface DialogueAnswer {
  /** One for each turn; null for an agent's. */
  turns: (TurnAnswer | null)[]
  overall: number | null
  mean: number | null
}

const shape = z.looseObject({
  turns: z
    .array(
      z.looseObject({
        role: z.enum(['user', 'agent']).optional(),
        sender: z.enum(['customer', 'helpdesk']).optional(),
        text: z.string(),
        action_group: z.string().nullish(),
        satisfaction: z.number().nullish(),
      }),
    )
    .min(1),
  overall_satisfaction: z.number().nullish(),
  satisfaction: z.looseObject({ mean: z.number() }).nullish(),
})

export function parseDialogueRow(json: Json): Result<DialogueRow> {
  const parsed = shape.safeParse(json)
  if (!parsed.success) {
    const where = parsed.error.issues[0]!.path.join('.') || 'line'
    return fail({
      code: 'bad_row',
      message: `${where}: ${parsed.error.issues[0]!.message}. A line is {"turns": [{"role": "user" or "agent", "text": "…"}]}, or with "sender": "customer" or "helpdesk".`,
      where,
    })
  }
  const { turns, overall_satisfaction, satisfaction } = parsed.data
  const overall = overall_satisfaction ?? null
  const mean = satisfaction?.mean ?? null
  return ok({
    turns: turns.map(({ role, sender, text, action_group, satisfaction }) => ({
      customer: role ? role === 'user' : sender === 'customer',
      text,
      group: action_group ?? null,
      satisfaction: satisfaction ?? null,
    })),
    overall,
    mean,
    labelled: overall !== null || mean !== null || turns.some((turn) => 'action_group' in turn),
    raw: json as DialogueRow['raw'],
  })
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000

export function writeDialogueRow({ raw, turns }: DialogueRow, answer: DialogueAnswer): Json {
  const byMean = answer.mean !== null
  const written = (raw.turns as { [key: string]: Json }[]).map((turn, i) => {
    const said = answer.turns[i]
    if (!turns[i]!.customer || !said || byMean) return turn
    return {
      ...turn,
      action_group: said.group,
      group_confidence: rounded(said.confidence),
      satisfaction: said.satisfaction,
    }
  })
  const whole: { [key: string]: Json } = {}
  if (byMean) whole.satisfaction = { mean: rounded(answer.mean!) }
  else if (answer.overall !== null) whole.overall_satisfaction = answer.overall
  return { ...raw, turns: written, ...whole }
}
