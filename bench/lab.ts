/**
 * How fast the learning lab learns and answers, one task a set: wall seconds of `learn` as a whole (diagnostics too), texts a second of
 * `predict` on one core, beside the segmentation of the same texts by @node-rs/jieba in the same run. Speed alone: the texts answered are
 * those that were learnt from, so no figure of accuracy is shown.
 *
 *   node bench/lab.ts [--tier strong] [--task opinions]
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { learnModel, openModel, predictLines } from '../src/understand/learn/lab.ts'
import { type Tier, tiers } from '../src/understand/learn/task.ts'
import { taskOf } from '../src/understand/learn/tasks.ts'
import { count, lines, machine, sharedData, timed } from './rig.ts'

const sets: { task: string; files: string[] }[] = [
  { task: 'class', files: ['online_shopping_10_cats/train_1.jsonl', 'online_shopping_10_cats/train_2.jsonl'] },
  { task: 'class', files: ['chnsenticorp/train.jsonl'] },
  { task: 'class', files: ['banking77_en/train.jsonl'] },
  { task: 'pair', files: ['afqmc_atec/train_atec.jsonl'] },
  { task: 'labels', files: ['bdci2018_car/train.jsonl'] },
  { task: 'term-polarity', files: ['semeval2014_absa/train.jsonl'] },
  { task: 'opinions', files: ['zhejiang_opinion/train.jsonl'] },
  { task: 'triplets', files: ['chinese_aste_reviews/train.jsonl'] },
  { task: 'dialogue', files: ['jddc_uss/dialogues.jsonl'] },
]

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}
const tier = (option('tier') ?? 'fast') as Tier
if (!tiers.includes(tier)) throw new Error('--tier is fast or strong')
const only = option('task')
const MOST_ANSWERED = 5_000

const jieba = Jieba.withDict(dict)
console.log(`lab, tier ${tier}: learn as a whole; predict beside jieba on the same texts`)
console.log(machine())
for (const { task, files } of sets) {
  const paths = files.map((file) => path.join(sharedData, file))
  if (only && only !== task) continue
  if (paths.every((file) => existsSync(file))) await measure(task, paths)
  else console.log(`${task} ${files[0]}: not there, left out`)
}
console.log(machine())

async function measure(name: string, paths: string[]): Promise<void> {
  const task = taskOf(name)
  if (!task) throw new Error(`there is no task ${name}`)
  const files = paths.map((file) => ({ name: path.basename(file), lines: lines(file) }))
  const learnt = await timed(() => learnModel(task, files, { tier, seed: 7, say: () => {} }))
  if (!learnt.value.ok) throw new Error(learnt.value.problem.message)
  const { bytes } = learnt.value.value
  const opened = await timed(() => openModel(bytes))
  if (!opened.value.ok) throw new Error(opened.value.problem.message)
  const model = opened.value.value
  const asked = files.flatMap((file) => file.lines).slice(0, MOST_ANSWERED)
  const texts = asked.flatMap((line) => textsOf(JSON.parse(line)))
  const characters = texts.reduce((sum, text) => sum + text.length, 0)
  // Once to warm up.
  await predictLines(model, asked.slice(0, 200))
  const predicted = await timed(() => predictLines(model, asked))
  const cut = await timed(() => texts.reduce((words, text) => words + jieba.cut(text).length, 0))
  console.log(
    [
      `${name} ${path.relative(sharedData, paths[0]!)}`,
      `  learn ${(learnt.ms / 1000).toFixed(0)} s for ${count(files.reduce((n, file) => n + file.lines.length, 0))} lines, ${count(bytes.length / 1024)} KB, opened in ${count(opened.ms)} ms`,
      `  predict ${count(asked.length / (predicted.ms / 1000))} lines/s, ${count(characters / (predicted.ms / 1000))} characters/s: ${(predicted.ms / cut.ms).toFixed(1)} × the time of jieba`,
    ].join('\n'),
  )
}

/** Every text of a line, whatever its shape. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) =>
    typeof part === 'string' && ['text', 'text_a', 'text_b'].includes(key) ? [part] : textsOf(part),
  )
}
