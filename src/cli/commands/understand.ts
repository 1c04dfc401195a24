import { createInterface } from 'node:readline'
import { readConfig } from '../../app/config.ts'
import { emptyReading } from '../../core/reading.ts'
import { ok, type Result } from '../../core/result.ts'
import type { DialogueReader } from '../../understand/dialogue.ts'
import type { ReaderPool } from '../../understand/pool.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { openInput } from '../input.ts'
import { readLines } from '../lines.ts'
import { progressLine } from '../progress.ts'
import { isSheet, readFields } from '../sheet.ts'
import { type Line, outOf, parseLine } from '../understand-line.ts'

const BATCH = 2_000
// Fewer texts are read before a thread of its own has begun.
const FEW = 500

export const understand = defineCommand({
  name: 'understand',
  summary: 'read texts: JSON lines or a sheet in, JSON lines out, in the same order; nothing is stored',
  operands: 'FILE',
  options: {
    category: { type: 'string', hint: 'NAME', help: 'the category of lines that name none, such as 热水器' },
    weights: { type: 'string', hint: 'FILE', help: 'other weights, or "none" for the packs alone' },
  },
  notes:
    'Each line is {"text": …, "category": …}, a conversation {"turns": [{"speaker": "customer", "text": …}, …]} or a plain text; a sheet (.csv, .tsv, .xlsx, .parquet) has a column text (内容), and category (类目) if it knows it. What another "speaker" than the customer says is not read. Each answer is the line with "reading" added, a conversation with "dialogue"; a line that cannot be read has "error". A text with nearly the words of an earlier one names it in "copyOf": its id, else its line, counted from 1.',
  async run({ values, operands }) {
    const [file] = operands
    if (file === undefined || operands.length > 1) return usage(understand, 'name one file, or - for standard input')
    const lines = await linesOf(file)
    if (!lines.ok) {
      say(lines.problem)
      return FAILED
    }
    const weightsFile =
      values.weights === 'none' ? null : typeof values.weights === 'string' ? values.weights : readConfig().weightsFile
    const { openReaderPool } = await import('../../understand/pool.ts')
    const { findCopies } = await import('../../understand/copies.ts')
    let pool: ReaderPool | undefined
    let batch: Line[] = []
    let count = 0
    const progress = progressLine()
    let dialogues: DialogueReader | undefined
    const flush = async () => {
      pool ??= openReaderPool({ threads: batch.length < FEW ? 0 : 2, weightsFile })
      const readable = batch.filter((line) => line.error === undefined && !line.turns && line.speaker === 'customer')
      const readings = await pool.readAll(readable.map(({ text, category, kind }) => ({ text, category, kind })))
      const copies = findCopies(readable.map((line) => line.text))
      for (const [at, line] of readable.entries()) {
        const original = copies[at] === null ? undefined : readable[copies[at]!]
        const copyOf = original ? String(original.input.id ?? count + batch.indexOf(original) + 1) : null
        line.answer = { reading: { ...readings[at]!, copyOf } }
      }
      for (const line of batch) if (line.speaker !== 'customer') line.answer = { reading: emptyReading() }
      for (const line of batch.filter(({ turns }) => turns)) {
        dialogues ??= await openDialogues(weightsFile)
        line.answer = { dialogue: dialogues.readDialogue(line.turns!, line.category) }
      }
      process.stdout.write(batch.map((line) => `${JSON.stringify(outOf(line))}\n`).join(''))
      count += batch.length
      progress.show(`${count} texts`)
      batch = []
    }
    for await (const text of lines.value) {
      batch.push(parseLine(text, typeof values.category === 'string' ? values.category : undefined))
      if (batch.length >= BATCH) await flush()
    }
    if (batch.length > 0) await flush()
    progress.clear()
    await pool?.close()
    return DONE
  },
})

/** The lines of a file as they come; a sheet's rows are read first. */
async function linesOf(file: string): Promise<Result<AsyncIterable<string> | string[]>> {
  if (isSheet(file)) {
    const read = await readLines(file, readFields)
    return read.ok ? ok(read.value.lines) : read
  }
  const input = await openInput(file)
  if (!input.ok) return input
  return ok(createInterface({ input: input.value.stream, crlfDelay: Number.POSITIVE_INFINITY }))
}

async function openDialogues(weightsFile: string | null | undefined): Promise<DialogueReader> {
  const { dialogueReader } = await import('../../understand/dialogue.ts')
  const { loadReader } = await import('../../understand/reader.ts')
  const { loadDialogueHead } = await import('../../understand/satisfaction.ts')
  const head = loadDialogueHead()
  if (!head.ok) say(head.problem)
  return dialogueReader(loadReader({ weightsFile }), head.ok ? head.value : null)
}
