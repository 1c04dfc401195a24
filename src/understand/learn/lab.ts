import { createHash } from 'node:crypto'
import type { Problem } from '../../core/result.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { bootstrapIntervals, type Intervals } from './bootstrap.ts'
import { diagnose, summaryOf } from './diagnosis.ts'
import { type Card, decodeModel, encodeModel } from './model-file.ts'
import type { Json, LearnOptions, Predictor, Scores, Task, Tier } from './task.ts'
import { taskOf } from './tasks.ts'

export interface TrainingFile {
  name: string
  lines: string[]
  /** Where each line begins in the file, from 1, where that is not its number: rows of a sheet have a header above them. */
  places?: number[]
}

/** A line that could not be used, by its place in the file. */
export interface LineProblem {
  file: string
  line: number
  problem: Problem
}

export interface Learnt {
  bytes: Buffer
  card: Card
  /** Lines that were left out, with the reason. */
  leftOut: LineProblem[]
  /** Lines whose label looks wrong, the surest first, with the reason. */
  suspects: { file: string; line: number; reason: string; text: string }[]
  /** What the held-out figures say, in a few lines for people. */
  summary: string[]
}

/** Learns a task from JSON lines. Fails where no line is labelled or the task has no such tier; single lines that cannot be used are left out and told. */
export async function learnModel(task: Task, files: TrainingFile[], options: LearnOptions): Promise<Result<Learnt>> {
  if (!task.tiers.includes(options.tier)) return noSuchTier(task, options.tier)
  const leftOut: LineProblem[] = []
  const read = files.map((file) => ({ file, rows: readRows(task, file, leftOut) }))
  const places = read.flatMap((part) => part.rows.map(({ line }) => ({ file: part.file.name, line })))
  const rows = read.flatMap((part) => part.rows.map(({ row }) => row))
  if (!rows.some((row) => task.gold(row) !== null)) return nothingToLearn(task, leftOut)
  const parts = await task.learn(rows, options)
  if (!parts.ok) return parts
  const data = read.map((part) => ({
    name: part.file.name,
    rows: part.rows.length,
    labelled: part.rows.filter(({ row }) => task.gold(row) !== null).length,
    sha256: createHash('sha256').update(part.file.lines.join('\n')).digest('hex'),
  }))
  const diagnosis = await diagnose(task, rows, parts.value, options)
  if (!diagnosis.ok) return diagnosis
  const found = diagnosis.value
  const card: Card = { task: task.id, tier: options.tier, seed: options.seed, data, heldOut: found?.heldOut ?? null }
  const suspects = (found?.suspects ?? []).map(({ row, reason }) => ({
    ...places[row]!,
    reason,
    text: task.textOf(rows[row]!),
  }))
  const summary = found ? summaryOf(found) : []
  return ok({ bytes: encodeModel(card, parts.value), card, leftOut, suspects, summary })
}

const noSuchTier = (task: Task, tier: Tier): Result<never> =>
  fail({
    code: 'no_such_tier',
    message: `The task ${task.id} has no ${tier} tier.`,
    remedy: `Learn it with --tier ${task.tiers[0]}, or leave --tier out.`,
  })

/** The rows of a file with their line numbers, from 1. */
function readRows(task: Task, file: TrainingFile, leftOut: LineProblem[]): { row: unknown; line: number }[] {
  return file.lines.flatMap((line, i) => {
    if (line.trim() === '') return []
    const row = parseLine(task, line)
    const place = file.places?.[i] ?? i + 1
    if (row.ok) return [{ row: row.value, line: place }]
    leftOut.push({ file: file.name, line: place, problem: row.problem })
    return []
  })
}

function nothingToLearn(task: Task, leftOut: LineProblem[]): Result<never> {
  const first = leftOut[0]
  return fail({
    code: 'nothing_to_learn',
    message: `There is no labelled line for the task "${task.id}".${first ? ` Line ${first.line} of ${first.file}: ${first.problem.message}` : ''}`,
    remedy: `Give lines of the shape that the task needs: ${task.says}`,
  })
}

function parseLine(task: Task, line: string): Result<unknown> {
  let json: Json
  try {
    json = JSON.parse(line.replace(/^\uFEFF/, '')) as Json
  } catch (error) {
    return fail({ code: 'not_json', message: `it is not JSON: ${(error as Error).message}` })
  }
  return task.parse(json)
}

/** A model that is loaded and ready to answer. */
export interface OpenModel {
  card: Card
  checksum: string
  task: Task
  predictor: Predictor<unknown, unknown>
}

export function openModel(bytes: Uint8Array): Result<OpenModel> {
  const model = decodeModel(bytes)
  if (!model.ok) return model
  const { card, checksum } = model.value
  const task = taskOf(card.task)
  if (!task) throw new Error(`the task "${card.task}" is named by the format and missing from the list`)
  const predictor = task.load(model.value)
  return predictor.ok ? ok({ card, checksum, task, predictor: predictor.value }) : predictor
}

/** One answer for each line, in order, in the train file's own shape; a line that cannot be read is answered by its error. */
export async function predictLines({ task, predictor }: OpenModel, lines: string[]): Promise<string[]> {
  const parsed = lines.map((line) => parseLine(task, line))
  const rows = parsed.flatMap((row) => (row.ok ? [row.value] : []))
  const answers = await predictor.predict(rows)
  let at = 0
  return parsed.map((row) =>
    JSON.stringify(row.ok ? task.write(row.value, answers[at++]) : { error: row.problem.message }),
  )
}

export interface Evaluation extends Intervals {
  rows: number
  scores: Scores
  leftOut: LineProblem[]
}

/** The task's figures on labelled lines, with their bootstrap intervals. */
export async function evaluateModel(
  { task, predictor, card }: OpenModel,
  file: TrainingFile,
): Promise<Result<Evaluation>> {
  const leftOut: LineProblem[] = []
  const rows = readRows(task, file, leftOut)
    .map(({ row }) => row)
    .filter((row) => task.gold(row) !== null)
  if (rows.length === 0) return nothingToLearn(task, leftOut)
  const answers = await predictor.predict(rows)
  const judged = rows.map((row, i) => ({ row, gold: task.gold(row), said: answers[i] }))
  return ok({
    rows: rows.length,
    scores: task.score(judged),
    ...bootstrapIntervals(task, judged, card.seed),
    leftOut,
  })
}
