import { createInterface } from 'node:readline'
import { readConfig } from '../../app/config.ts'
import { openReaderPool } from '../../understand/pool.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { openInput } from '../input.ts'

const BATCH = 2_000

export const understand = defineCommand({
  name: 'understand',
  summary: 'read texts: JSON lines in, JSON lines out, in the same order; nothing is stored',
  operands: 'FILE',
  options: {
    category: { type: 'string', hint: 'NAME', help: 'the category of lines that name none, such as 热水器' },
    weights: { type: 'string', hint: 'FILE', help: 'other weights, or "none" for the packs alone' },
  },
  notes:
    'Each line is {"text": …, "category": …} or a plain text. Each answer is the line with "reading" added; a line that cannot be read has "error".',
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
    const pool = await openReaderPool({ threads: 2, weightsFile })
    let batch: Line[] = []
    let count = 0
    const flush = async () => {
      const readable = batch.filter((line) => line.error === undefined)
      const readings = await pool.readAll(readable.map((line) => ({ text: line.text, category: line.category })))
      for (const [at, line] of readable.entries()) line.reading = readings[at]
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
    await pool.close()
    return DONE
  },
})

interface Line {
  input: Record<string, unknown>
  text: string
  category: string | undefined
  error?: string
  reading?: unknown
}

function parseLine(raw: string, fallback: string | undefined): Line {
  const line = raw.replace(/^\uFEFF/, '')
  if (!line.startsWith('{')) return { input: { text: line }, text: line, category: fallback }
  try {
    const input = JSON.parse(line) as Record<string, unknown>
    if (typeof input.text !== 'string') return { input, text: '', category: undefined, error: 'the line has no "text"' }
    return { input, text: input.text, category: typeof input.category === 'string' ? input.category : fallback }
  } catch (error) {
    return { input: { text: line }, text: '', category: undefined, error: (error as Error).message }
  }
}

const outOf = ({ input, reading, error }: Line): object =>
  error === undefined ? { ...input, reading } : { ...input, error }
