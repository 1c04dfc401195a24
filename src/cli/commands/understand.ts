import { createInterface } from 'node:readline'
import { z } from 'zod'
import { readConfig } from '../../app/config.ts'
import { speakers } from '../../core/voice.ts'
import type { DialogueReader, Turn } from '../../understand/dialogue.ts'
import type { ReaderPool } from '../../understand/pool.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { openInput } from '../input.ts'

const BATCH = 2_000
// Fewer texts are read before a thread of its own has begun.
const FEW = 500

export const understand = defineCommand({
  name: 'understand',
  summary: 'read texts: JSON lines in, JSON lines out, in the same order; nothing is stored',
  operands: 'FILE',
  options: {
    category: { type: 'string', hint: 'NAME', help: 'the category of lines that name none, such as 热水器' },
    weights: { type: 'string', hint: 'FILE', help: 'other weights, or "none" for the packs alone' },
  },
  notes:
    'Each line is {"text": …, "category": …}, a conversation {"turns": [{"speaker": "customer", "text": …}, …]} or a plain text. Each answer is the line with "reading" added, a conversation with "dialogue"; a line that cannot be read has "error". A text with nearly the words of an earlier one names it in "copyOf": its id, else its line, counted from 1.',
  async run({ values, operands }) {
    const [file] = operands
    if (file === undefined || operands.length > 1) return usage(understand, 'name one file, or - for standard input')
    const input = await openInput(file)
    if (!input.ok) {
      say(input.problem)
      return FAILED
    }
    const weightsFile =
      values.weights === 'none' ? null : typeof values.weights === 'string' ? values.weights : readConfig().weightsFile
    const { openReaderPool } = await import('../../understand/pool.ts')
    const { findCopies } = await import('../../understand/copies.ts')
    let pool: ReaderPool | undefined
    let batch: Line[] = []
    let count = 0
    let dialogues: DialogueReader | undefined
    const flush = async () => {
      pool ??= openReaderPool({ threads: batch.length < FEW ? 0 : 2, weightsFile })
      const readable = batch.filter((line) => line.error === undefined && !line.turns)
      const readings = await pool.readAll(readable.map(({ text, category, kind }) => ({ text, category, kind })))
      const copies = findCopies(readable.map((line) => line.text))
      for (const [at, line] of readable.entries()) {
        const original = copies[at] === null ? undefined : readable[copies[at]!]
        const copyOf = original ? String(original.input.id ?? count + batch.indexOf(original) + 1) : null
        line.answer = { reading: { ...readings[at]!, copyOf } }
      }
      for (const line of batch.filter(({ turns }) => turns)) {
        dialogues ??= await openDialogues(weightsFile)
        line.answer = { dialogue: dialogues.readDialogue(line.turns!, line.category) }
      }
      process.stdout.write(batch.map((line) => `${JSON.stringify(outOf(line))}\n`).join(''))
      count += batch.length
      if (process.stderr.isTTY) process.stderr.write(`\r  ${count} texts`)
      batch = []
    }
    for await (const text of createInterface({ input: input.value.stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      batch.push(parseLine(text, typeof values.category === 'string' ? values.category : undefined))
      if (batch.length >= BATCH) await flush()
    }
    if (batch.length > 0) await flush()
    await pool?.close()
    return DONE
  },
})

interface Line {
  input: Record<string, unknown>
  text: string
  category: string | undefined
  kind?: string
  turns?: Turn[]
  error?: string
  answer?: object
}

async function openDialogues(weightsFile: string | null | undefined): Promise<DialogueReader> {
  const { dialogueReader } = await import('../../understand/dialogue.ts')
  const { loadReader } = await import('../../understand/reader.ts')
  const { loadDialogueHead } = await import('../../understand/satisfaction.ts')
  const head = loadDialogueHead()
  if (!head.ok) say(head.problem)
  return dialogueReader(loadReader({ weightsFile }), head.ok ? head.value : null)
}

const conversation = z.array(
  z
    .object({
      speaker: z.enum(speakers).optional(),
      sender: z.string().optional(),
      role: z.string().optional(),
      text: z.string(),
    })
    .transform(({ speaker, sender, role, text }): Turn => ({ speaker: speaker ?? speakerOf(sender ?? role), text })),
)

/** Other names for the two sides; whoever is not named a customer helps. */
const speakerOf = (name: string | undefined): Turn['speaker'] =>
  name === undefined || name === 'customer' || name === 'user' ? 'customer' : 'agent'

function parseLine(raw: string, fallback: string | undefined): Line {
  const line = raw.replace(/^\uFEFF/, '')
  if (!line.startsWith('{')) return { input: { text: line }, text: line, category: fallback }
  try {
    const input = JSON.parse(line) as Record<string, unknown>
    const category = typeof input.category === 'string' ? input.category : fallback
    if (Array.isArray(input.turns)) {
      const turns = conversation.safeParse(input.turns)
      if (turns.success) return { input, text: '', category, turns: turns.data }
      const { path, message } = turns.error.issues[0]!
      return { input, text: '', category, error: `turns.${path.join('.')}: ${message}` }
    }
    if (typeof input.text !== 'string') return { input, text: '', category, error: 'the line has no "text"' }
    return { input, text: input.text, category, kind: typeof input.kind === 'string' ? input.kind : undefined }
  } catch (error) {
    return { input: { text: line }, text: '', category: undefined, error: (error as Error).message }
  }
}

const outOf = ({ input, answer, error }: Line): object => ({ ...input, ...(error === undefined ? answer : { error }) })
