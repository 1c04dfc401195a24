import { readFileSync } from 'node:fs'
import type { Interval } from '../../understand/learn/bootstrap.ts'
import type { Evaluation } from '../../understand/learn/lab.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { readLines } from '../lines.ts'
import { fieldsOf } from '../sheet.ts'
import { openLab, tellLeftOut } from './learn.ts'

export const evaluate = defineCommand({
  name: 'evaluate',
  summary: "a model's figures on labelled lines, per class, with a bootstrap interval",
  operands: 'M FILE',
  options: {},
  notes: 'FILE has the shape of the file that the model learnt from. Use lines that it has not learnt from.',
  async run({ operands, json }) {
    const [modelFile, file] = operands
    if (modelFile === undefined || file === undefined || operands.length > 2)
      return usage(evaluate, 'name a model and a file, or - for standard input')
    const { evaluateModel, openModel } = await openLab()
    const model = openModel(readFileSync(modelFile))
    if (!model.ok) {
      say({ ...model.problem, where: modelFile })
      return FAILED
    }
    const lines = await readLines(file, fieldsOf(model.value.task.id))
    if (!lines.ok) {
      say(lines.problem)
      return FAILED
    }
    const evaluation = await evaluateModel(model.value, lines.value)
    if (!evaluation.ok) {
      say(evaluation.problem)
      return FAILED
    }
    tellLeftOut(evaluation.value.leftOut)
    console.log(json ? JSON.stringify(evaluation.value) : describe(evaluation.value))
    return DONE
  },
})

const MOST_CONFUSIONS = 8

function describe({ rows, scores, interval, classIntervals }: Evaluation): string {
  const share = (value: number) => value.toFixed(4)
  const between = (of: Interval | undefined) => (of ? `(${share(of.low)}–${share(of.high)})` : '')
  return [
    `${scores.main.name} ${share(scores.main.value)} (95 % interval ${share(interval.low)}–${share(interval.high)}), n ${rows}`,
    ...Object.entries(scores.measures).map(([name, value]) => `${name} ${share(value)}`),
    '',
    `${'class'.padEnd(28)} precision  recall      F1 (95 % interval)        n`,
    ...scores.perClass.map(
      ({ label, precision, recall, f1, n }) =>
        `${label.padEnd(28)} ${share(precision).padStart(9)} ${share(recall).padStart(7)} ${share(f1).padStart(7)} ${between(classIntervals[label]).padEnd(15)} ${String(n).padStart(7)}`,
    ),
    ...(scores.confusions.length > 0 ? ['', 'said for what it is:'] : []),
    ...scores.confusions.slice(0, MOST_CONFUSIONS).map(({ gold, said, n }) => `${gold} → ${said}: ${n}`),
  ].join('\n')
}
