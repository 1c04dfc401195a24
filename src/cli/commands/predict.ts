import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Problem } from '../../core/result.ts'
import type { OpenModel } from '../../understand/learn/lab.ts'
import { answerSheet } from '../answer-sheet.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { openInput } from '../input.ts'
import { readLines } from '../lines.ts'
import { type ProgressLine, progressLine } from '../progress.ts'
import { fieldsOf, isSheet } from '../sheet.ts'
import { openLab } from './learn.ts'

const BATCH = 2_000

export const predict = defineCommand({
  name: 'predict',
  summary: 'answer JSON lines, or the rows of a sheet, by a model of your own, in the same order and the same shape',
  operands: 'M FILE',
  options: {},
  notes:
    'Each line gets one line of answer; a sheet (.csv, .tsv, .xlsx, .parquet) is answered as CSV with its columns and the answers. A line that cannot be read is answered by {"error": …}, in a sheet in the column "error".',
  async run({ operands }) {
    const [modelFile, file] = operands
    if (modelFile === undefined || file === undefined || operands.length > 2)
      return usage(predict, 'name a model and a file, or - for standard input')
    const { openModel } = await openLab()
    const model = openModel(readFileSync(modelFile))
    if (!model.ok) {
      say({ ...model.problem, where: modelFile })
      return FAILED
    }
    const progress = progressLine()
    const problem = await (isSheet(file) ? answerRows : answerLines)(model.value, file, progress)
    progress.clear()
    if (problem) say(problem)
    return problem ? FAILED : DONE
  },
})

/** JSON lines, answered as they come. */
async function answerLines(model: OpenModel, file: string, progress: ProgressLine): Promise<Problem | undefined> {
  const input = await openInput(file)
  if (!input.ok) return input.problem
  const { predictLines } = await openLab()
  let batch: string[] = []
  let count = 0
  const flush = async () => {
    const answers = await predictLines(model, batch)
    await write(answers.map((line) => `${line}\n`).join(''))
    count += batch.length
    progress.show(`${count} lines`)
    batch = []
  }
  for await (const line of createInterface({ input: input.value.stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    batch.push(line)
    if (batch.length >= BATCH) await flush()
  }
  if (batch.length > 0) await flush()
}

/** A sheet, answered as one. */
async function answerRows(model: OpenModel, file: string, progress: ProgressLine): Promise<Problem | undefined> {
  const read = await readLines(file, fieldsOf(model.task.id))
  if (!read.ok) return read.problem
  const { predictLines } = await openLab()
  const { lines, sheet } = read.value
  const answers: Record<string, unknown>[] = []
  for (let from = 0; from < lines.length; from += BATCH) {
    for (const line of await predictLines(model, lines.slice(from, from + BATCH))) answers.push(JSON.parse(line))
    progress.show(`${answers.length} of ${lines.length} rows`)
  }
  await write(answerSheet(sheet!, answers))
}

/** Waits where the reader of the output is slower. */
async function write(text: string): Promise<void> {
  const { stdout } = process
  if (!stdout.write(text)) await new Promise((done) => stdout.once('drain', done))
}
