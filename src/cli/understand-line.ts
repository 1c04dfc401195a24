import { array, Misfit, object, oneOf, optional, string } from '../core/shape.ts'
import { type Speaker, speakers } from '../core/speaker.ts'
import type { Turn } from '../understand/dialogue.ts'

export interface Line {
  input: Record<string, unknown>
  text: string
  category: string | undefined
  kind?: string
  /** What others than customers say is no customer's opinion, and is not read. */
  speaker: Speaker
  turns?: Turn[]
  error?: string
  answer?: object
}

const conversation = array(
  object({
    speaker: optional(oneOf(speakers)),
    sender: optional(string()),
    role: optional(string()),
    text: string(),
  }),
)

/** Other names for the two sides; whoever is not named a customer helps. */
const speakerOf = (name: string | undefined): Speaker =>
  name === undefined || name === 'customer' || name === 'user' ? 'customer' : 'agent'

/** Who speaks in a line of its own: only our own field says it, a `role` may be anything. */
const speakerIn = ({ speaker }: Record<string, unknown>): Speaker =>
  speakers.find((one) => one === speaker) ?? speakerOf(typeof speaker === 'string' ? speaker : undefined)

/** A line of a file that is to be read: JSON, or a plain text. What cannot be used says why in `error`. */
export function parseLine(raw: string, fallback: string | undefined): Line {
  const line = raw.replace(/^\uFEFF/, '')
  if (!line.startsWith('{')) return { input: { text: line }, text: line, speaker: 'customer', category: fallback }
  try {
    const input = JSON.parse(line) as Record<string, unknown>
    const category = typeof input.category === 'string' ? input.category : fallback
    const speaker = speakerIn(input)
    if (Array.isArray(input.turns)) {
      const said = conversation(input.turns)
      if (said instanceof Misfit)
        return { input, text: '', speaker, category, error: `turns.${said.at.join('.')}: ${said.reason}` }
      const turns = said.map(
        ({ speaker, sender, role, text }): Turn => ({ speaker: speaker ?? speakerOf(sender ?? role), text }),
      )
      return { input, text: '', speaker: 'customer', category, turns }
    }
    if (typeof input.text !== 'string') return { input, text: '', speaker, category, error: 'the line has no "text"' }
    return { input, text: input.text, speaker, category, kind: typeof input.kind === 'string' ? input.kind : undefined }
  } catch (error) {
    return {
      input: { text: line },
      text: '',
      speaker: 'customer',
      category: undefined,
      error: (error as Error).message,
    }
  }
}

/** The line with its answer added. */
export const outOf = ({ input, answer, error }: Line): object => ({
  ...input,
  ...(error === undefined ? answer : { error }),
})
