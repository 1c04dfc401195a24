import { accessSync, constants, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Learnt, LineProblem, TrainingFile } from '../../understand/learn/lab.ts'
import { type Tier, tiers } from '../../understand/learn/task.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { readLines } from '../lines.ts'
import { fieldsOf } from '../sheet.ts'

/** The lab is large: it is loaded by the commands that use it, not by every one. */
export const openLab = async () => ({
  ...(await import('../../understand/learn/lab.ts')),
  ...(await import('../../understand/learn/tasks.ts')),
})

export const learn = defineCommand({
  name: 'learn',
  summary: 'train a model of your own on labelled texts',
  operands: 'TASK TRAIN… --out M',
  options: {
    out: { type: 'string', hint: 'M', help: 'the model file to write' },
    tier: {
      type: 'string',
      hint: 'fast|strong',
      help: 'fast (the default) reads every voice; strong reads where the time allows',
    },
    seed: { type: 'string', hint: 'N', help: 'the same rows and seed give the same file, to the byte (default 7)' },
  },
  async notes() {
    const { tasks } = await openLab()
    return `TRAIN is JSON lines, or a sheet (.csv, .tsv, .xlsx, .parquet) with the columns text and label (内容, 标签), text_a and text_b for pairs; several labels of a text stand in one cell, with commas between them, 价格:负面 where each has a sentiment. Lines without a label are plain text. The tasks:\n${tasks.map(({ id, says }) => `  ${id.padEnd(14)} ${says}`).join('\n')}`
  },
  async run({ values, operands, json }) {
    const [name, ...paths] = operands
    const { learnModel, taskOf, tasks } = await openLab()
    const task = taskOf(name ?? '')
    if (!task) return usage(learn, `name a task: ${tasks.map(({ id }) => id).join(', ')}`)
    if (paths.length === 0) return usage(learn, 'name at least one file to learn from, or - for standard input')
    if (typeof values.out !== 'string') return usage(learn, 'say with --out where the model goes')
    const tier = (values.tier ?? 'fast') as Tier
    if (!tiers.includes(tier)) return usage(learn, '--tier is fast or strong')
    const seed = Number(values.seed ?? 7)
    if (!Number.isInteger(seed) || seed < 0) return usage(learn, '--seed is a whole number, 0 or more')
    // Learning takes minutes: where its end could not be kept is known before.
    accessSync(path.dirname(path.resolve(values.out)), constants.W_OK)
    const files: TrainingFile[] = []
    for (const from of paths) {
      const file = await readLines(from, fieldsOf(task.id))
      if (!file.ok) {
        say(file.problem)
        return FAILED
      }
      files.push(file.value)
    }
    const learnt = await learnModel(task, files, { tier, seed, say: (line) => process.stderr.write(`${line}\n`) })
    if (!learnt.ok) {
      say(learnt.problem)
      return FAILED
    }
    writeFileSync(values.out, learnt.value.bytes)
    tellLeftOut(learnt.value.leftOut)
    if (learnt.value.suspects.length > 0) {
      const file = `${values.out}.suspects.jsonl`
      writeFileSync(file, learnt.value.suspects.map((one) => `${JSON.stringify(one)}\n`).join(''))
      process.stderr.write(`labels that look wrong: ${file}\n`)
    }
    console.log(json ? JSON.stringify(learnt.value.card) : describe(learnt.value, values.out))
    return DONE
  },
})

/** The first lines that could not be used, on standard error. */
export function tellLeftOut(leftOut: LineProblem[]): void {
  for (const { file, line, problem } of leftOut.slice(0, 5))
    process.stderr.write(`${file}, line ${line}: ${problem.message}; the line was left out\n`)
  if (leftOut.length > 5) process.stderr.write(`… and ${leftOut.length - 5} more lines were left out\n`)
}

function describe({ bytes, card, summary }: Learnt, out: string): string {
  const labelled = card.data.reduce((sum, file) => sum + file.labelled, 0)
  const head = `${out}: ${card.task}, ${card.tier}, ${Math.ceil(bytes.length / 1024)} KB, learnt from ${labelled} labelled lines`
  return [head, ...summary].join('\n')
}
