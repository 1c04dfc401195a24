import type { Result } from '../../core/result.ts'
import { bootstrapInterval } from './bootstrap.ts'
import { foldOf } from './folds.ts'
import type { Card } from './model-file.ts'
import type { Judged, LearnOptions, Task, Taught } from './task.ts'

/** A label that a model which had not seen it denies with confidence: worth a look, not proof of an error. */
interface Suspect {
  /** The row's place in what was learnt from, from 0. */
  row: number
  /** 0–1. */
  confidence: number
  reason: string
}

export interface Diagnosis {
  heldOut: NonNullable<Card['heldOut']>
  suspects: Suspect[]
}

// The learning curve: an eighth, a quarter, a half; the whole is measured anyway. Of a large file smaller shares say as much, sooner.
const PARTS = 4096
const CURVE = [1 / 8, 1 / 4, 1 / 2]
const MOST_CURVE_ROWS = 8000
const FEWEST_ROWS = 40
const SURE = 0.9
const MOST_SUSPECTS = 500

/**
 * How well the task does on rows that the model measured had not seen: figures, learning curve, calibration, and the labels that look
 * wrong. Uses the learning's own out-of-fold answers, or where it has none (the strong tier) those of a model of three quarters of the texts to
 * the fourth; such a model is not learnt again for a curve. Null with few rows.
 */
export async function diagnose(
  task: Task,
  rows: unknown[],
  taught: Taught<unknown>,
  options: LearnOptions,
): Promise<Result<Diagnosis | null>> {
  const labelled = rows.filter((row) => task.gold(row) !== null)
  if (labelled.length < FEWEST_ROWS) return { ok: true, value: null }
  const whole = taught.outOfFold ? judgedBy(task, rows, taught.outOfFold) : await heldOutQuarter(task, rows, options)
  if ('problem' in whole) return whole
  const curve: { rows: number; value: number }[] = []
  const places = rows.map((row) => foldOf(task.textOf(row), PARTS, 'curve'))
  for (const share of CURVE) {
    const part = share * PARTS * Math.min(1, MOST_CURVE_ROWS / rows.length)
    const some = rows.filter((_, i) => places[i]! < part)
    if (!taught.outOfFold || some.filter((row) => task.gold(row) !== null).length < FEWEST_ROWS) continue
    const learnt = await task.learn(some, options)
    if (!learnt.ok || !learnt.value.outOfFold) continue
    const judged = judgedBy(task, some, learnt.value.outOfFold)
    curve.push({ rows: judged.length, value: task.score(judged).main.value })
    options.say(`learning curve: ${judged.length} rows, ${curve.at(-1)!.value.toFixed(3)}`)
  }
  const scores = task.score(whole)
  curve.push({ rows: labelled.length, value: scores.main.value })
  const how = taught.outOfFold
    ? 'each row by a model of the other folds that had not seen its text'
    : 'a quarter of the texts, by a model of the others'
  const interval = bootstrapInterval(task, whole, options.seed)
  const calibrationError = expectedCalibrationError(task, whole)
  const heldOut = { rows: whole.length, how, scores, interval, curve, calibrationError }
  return { ok: true, value: { heldOut, suspects: suspectsOf(task, rows, whole) } }
}

function judgedBy(task: Task, rows: unknown[], answers: unknown[]): Judged<unknown, unknown>[] {
  return rows.flatMap((row, i) => {
    const gold = task.gold(row)
    return gold === null || answers[i] === null ? [] : [{ row, gold, said: answers[i] }]
  })
}

async function heldOutQuarter(task: Task, rows: unknown[], options: LearnOptions) {
  options.say('now a model of three quarters of the texts, to be measured on the fourth')
  const isHeld = (row: unknown) => foldOf(task.textOf(row), 4, 'held out') === 0
  const learnt = await task.learn(
    rows.filter((row) => !isHeld(row)),
    options,
  )
  if (!learnt.ok) return learnt
  const predictor = task.load(learnt.value)
  if (!predictor.ok) return predictor
  const held = rows.filter((row) => isHeld(row) && task.gold(row) !== null)
  return judgedBy(task, held, await predictor.value.predict(held))
}

const BINS = 10

const confidenceOf = (answer: unknown): number | null => {
  const { confidence } = answer as { confidence?: unknown }
  return typeof confidence === 'number' ? confidence : null
}

const isRight = (task: Task, one: Judged<unknown, unknown>): boolean => task.score([one]).main.value === 1

/**
 * Expected calibration error (Guo and others 2017): the mean distance, over ten bins of confidence, between confidence and the share
 * of right answers, weighted by the bins' sizes. Null where answers have no confidence.
 */
export function expectedCalibrationError(task: Task, judged: Judged<unknown, unknown>[]): number | null {
  const bins = Array.from({ length: BINS }, () => ({ n: 0, right: 0, confidence: 0 }))
  for (const one of judged) {
    const confidence = confidenceOf(one.said)
    if (confidence === null) return null
    const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))]!
    bin.n++
    bin.confidence += confidence
    if (isRight(task, one)) bin.right++
  }
  return bins.reduce((sum, { right, confidence }) => sum + Math.abs(right - confidence), 0) / Math.max(1, judged.length)
}

function suspectsOf(task: Task, rows: unknown[], judged: Judged<unknown, unknown>[]): Suspect[] {
  const place = new Map(rows.map((row, i) => [row, i]))
  const found = judged.flatMap((one) => {
    const confidence = confidenceOf(one.said)
    if (confidence === null || confidence < SURE || isRight(task, one)) return []
    const [pair] = task.score([one]).confusions
    const reason = `labelled ${pair?.gold ?? '–'}, but a model that had not seen it says ${pair?.said ?? '–'} (${confidence.toFixed(3)})`
    return [{ row: place.get(one.row)!, confidence, reason }]
  })
  return found.sort((a, b) => b.confidence - a.confidence || a.row - b.row).slice(0, MOST_SUSPECTS)
}

/** The diagnosis in a few lines for people. */
export function summaryOf({ heldOut, suspects }: Diagnosis): string[] {
  const { scores, interval, rows, how, curve, calibrationError } = heldOut
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`
  const [worst] = scores.confusions
  const weakest = [...scores.perClass].filter(({ n }) => n > 0).sort((a, b) => a.f1 - b.f1)[0]
  return [
    `${scores.main.name} ${percent(scores.main.value)} (95 % interval ${percent(interval.low)} to ${percent(interval.high)}) on ${rows} rows, ${how}.`,
    `With more rows: ${curve.map((point) => `${point.rows} → ${percent(point.value)}`).join(', ')}.`,
    ...(weakest ? [`Weakest label: ${weakest.label}, F1 ${percent(weakest.f1)} of ${weakest.n} rows.`] : []),
    ...(worst ? [`Most often confused: ${worst.gold} read as ${worst.said}, ${worst.n} times.`] : []),
    ...(calibrationError === null ? [] : [`Confidence is off by ${percent(calibrationError)} on average.`]),
    ...(suspects.length > 0 ? [`${suspects.length} labels look wrong.`] : []),
  ]
}
