import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { OpenModel } from '../../understand/learn/lab.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { openInput } from '../input.ts'
import { progressLine } from '../progress.ts'
import { openLab } from './learn.ts'

const BATCH = 2_000

export const predict = defineCommand({
  name: 'predict',
  summary: 'answer JSON lines by a model of your own, in the same order and the same shape',
  operands: 'M FILE',
  options: {},
  notes: 'Each line gets one line of answer. A line that cannot be read is answered by {"error": …}.',
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
    const input = await openInput(file)
    if (!input.ok) {
      say(input.problem)
      return FAILED
    }
    let batch: string[] = []
    let count = 0
    const progress = progressLine()
    const flush = async () => {
      await answer(model.value, batch)
      count += batch.length
      progress.show(`${count} lines`)
      batch = []
    }
    for await (const line of createInterface({ input: input.value.stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      batch.push(line)
      if (batch.length >= BATCH) await flush()
    }
    if (batch.length > 0) await flush()
    progress.clear()
    return DONE
  },
})

/** Writes a batch and waits where the reader of the output is slower. */
async function answer(model: OpenModel, lines: string[]): Promise<void> {
  const { predictLines } = await openLab()
  const answers = await predictLines(model, lines)
  const { stdout } = process
  if (!stdout.write(answers.map((line) => `${line}\n`).join('')))
    await new Promise((done) => stdout.once('drain', done))
}
