import { ok, type Result } from '../../core/result.ts'
import { bootstrapIntervals, type Interval } from './bootstrap.ts'
import { foldOf } from './folds.ts'
import type { Card } from './model-file.ts'
import type { Claim, Judged, LearnOptions, Task, Taught } from './task.ts'

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
const MOST_CURVE_ROWS = 4000
const FEWEST_ROWS = 40
const SURE = 0.9
const MOST_SUSPECTS = 500

/** What was measured, and of how many labelled rows the models were. */
interface Measured {
  judged: Judged<unknown, unknown>[]
  learnt: number
  how: string
  curve: { rows: number; value: number }[]
}

/**
 * How well the task does on rows that the model measured had not seen: figures, learning curve, calibration, and the labels that look
 * wrong. Uses the learning's own out-of-fold answers, or where it has none those of a model of three quarters of the texts to the fourth. The
 * strong tier is not learnt again for a curve. Null with few rows.
 */
export async function diagnose(
  task: Task,
  rows: unknown[],
  taught: Taught<unknown>,
  options: LearnOptions,
): Promise<Result<Diagnosis | null>> {
  const labelled = countLabelled(task, rows)
  if (labelled < FEWEST_ROWS) return ok(null)
  const measured = taught.outOfFold
    ? await byFolds(task, rows, taught.outOfFold, options)
    : await byQuarter(task, rows, options)
  if (!measured.ok) return measured
  const { judged, learnt, how, curve } = measured.value
  const scores = task.score(judged)
  curve.push({ rows: learnt, value: scores.main.value })
  const intervals = bootstrapIntervals(task, judged, options.seed)
  const claims = judged.map((one) => task.claims(one))
  const calibrationError = expectedCalibrationError(claims.flat())
  const heldOut = { rows: judged.length, how, scores, ...intervals, curve, calibrationError }
  const places = new Map(rows.map((row, i) => [row, i]))
  return ok({
    heldOut,
    suspects: suspectsOf(judged.map(({ row }, i) => ({ row: places.get(row)!, claims: claims[i]! }))),
  })
}

const countLabelled = (task: Task, rows: unknown[]): number => rows.filter((row) => task.gold(row) !== null).length

/** The parts of rows that the curve is drawn by, each within the next, where there are enough rows in it. */
function partsOf(task: Task, rows: unknown[]): unknown[][] {
  const places = rows.map((row) => foldOf(task.textOf(row), PARTS, 'curve'))
  const most = PARTS * Math.min(1, MOST_CURVE_ROWS / rows.length)
  return CURVE.map((share) => rows.filter((_, i) => places[i]! < share * most)).filter(
    (part) => countLabelled(task, part) >= FEWEST_ROWS,
  )
}

async function byFolds(
  task: Task,
  rows: unknown[],
  answers: unknown[],
  options: LearnOptions,
): Promise<Result<Measured>> {
  const curve: Measured['curve'] = []
  for (const part of partsOf(task, rows)) {
    const learnt = await task.learn(part, options)
    if (learnt.ok && learnt.value.outOfFold)
      draw(curve, task, judgedBy(task, part, learnt.value.outOfFold), countLabelled(task, part), options)
  }
  const how = 'each row by a model of the other folds that had not seen its text'
  return ok({ judged: judgedBy(task, rows, answers), learnt: countLabelled(task, rows), how, curve })
}

async function byQuarter(task: Task, rows: unknown[], options: LearnOptions): Promise<Result<Measured>> {
  options.say('now a model of three quarters of the texts, to be measured on the fourth')
  const isHeld = (row: unknown) => foldOf(task.textOf(row), 4, 'held out') === 0
  const rest = rows.filter((row) => !isHeld(row))
  const held = rows.filter((row) => isHeld(row) && task.gold(row) !== null)
  const judgedAfter = async (some: unknown[]): Promise<Result<Judged<unknown, unknown>[]>> => {
    const learnt = await task.learn(some, options)
    if (!learnt.ok) return learnt
    const predictor = task.load(learnt.value)
    return predictor.ok ? ok(judgedBy(task, held, await predictor.value.predict(held))) : predictor
  }
  const judged = await judgedAfter(rest)
  if (!judged.ok) return judged
  const curve: Measured['curve'] = []
  for (const part of options.tier === 'fast' ? partsOf(task, rest) : []) {
    const some = await judgedAfter(part)
    if (some.ok) draw(curve, task, some.value, countLabelled(task, part), options)
  }
  const how = 'a quarter of the texts, by a model of the others'
  return ok({ judged: judged.value, learnt: countLabelled(task, rest), how, curve })
}

function draw(
  curve: Measured['curve'],
  task: Task,
  judged: Judged<unknown, unknown>[],
  rows: number,
  { say }: LearnOptions,
): void {
  const { value } = task.score(judged).main
  curve.push({ rows, value })
  say(`learning curve: ${rows} rows, ${value.toFixed(3)}`)
}

function judgedBy(task: Task, rows: unknown[], answers: unknown[]): Judged<unknown, unknown>[] {
  return rows.flatMap((row, i) => {
    const gold = task.gold(row)
    return gold === null || answers[i] === null ? [] : [{ row, gold, said: answers[i] }]
  })
}

const BINS = 10

/**
 * Expected calibration error (Guo and others 2017): the mean distance, over ten bins of confidence, between confidence and the share
 * of right claims, weighted by the bins' sizes. Null where nothing was claimed.
 */
export function expectedCalibrationError(claims: Claim[]): number | null {
  if (claims.length === 0) return null
  const bins = Array.from({ length: BINS }, () => ({ right: 0, confidence: 0 }))
  for (const { confidence, isRight } of claims) {
    const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))]!
    bin.confidence += confidence
    if (isRight) bin.right++
  }
  return bins.reduce((sum, { right, confidence }) => sum + Math.abs(right - confidence), 0) / claims.length
}

/** Of each row, the surest claim that the label denies. */
function suspectsOf(rows: { row: number; claims: Claim[] }[]): Suspect[] {
  const found = rows.flatMap(({ row, claims }) => {
    const wrong = claims.filter(({ isRight, confidence }) => !isRight && confidence >= SURE)
    const surest = wrong.sort((a, b) => b.confidence - a.confidence)[0]
    if (!surest) return []
    const { of, gold, said, confidence } = surest
    const labelled = `${of === undefined ? '' : `${of}: `}${gold === null ? 'not labelled' : `labelled ${gold}`}`
    return [
      {
        row,
        confidence,
        reason: `${labelled}, but a model that had not seen it says ${said} (${confidence.toFixed(3)})`,
      },
    ]
  })
  return found.sort((a, b) => b.confidence - a.confidence || a.row - b.row).slice(0, MOST_SUSPECTS)
}

/** The diagnosis in a few lines for people. */
export function summaryOf({ heldOut, suspects }: Diagnosis): string[] {
  const { scores, interval, classIntervals, rows, how, curve, calibrationError } = heldOut
  const among = (of: Interval | undefined) => (of ? ` (${percent(of.low)} to ${percent(of.high)})` : '')
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`
  const [worst] = scores.confusions
  const weakest = [...scores.perClass].filter(({ n }) => n > 0).sort((a, b) => a.f1 - b.f1)[0]
  return [
    `${scores.main.name} ${percent(scores.main.value)} (95 % interval ${percent(interval.low)} to ${percent(interval.high)}) on ${rows} rows, ${how}.`,
    ...(curve.length > 1
      ? [`With more rows: ${curve.map((point) => `${point.rows} → ${percent(point.value)}`).join(', ')}.`]
      : []),
    ...(weakest
      ? [
          `Weakest label: ${weakest.label}, F1 ${percent(weakest.f1)}${among(classIntervals[weakest.label])}, n ${weakest.n}.`,
        ]
      : []),
    ...(worst ? [`Most often confused: ${worst.gold} read as ${worst.said}, ${worst.n} times.`] : []),
    ...(calibrationError === null ? [] : [`Confidence is off by ${percent(calibrationError)} on average.`]),
    ...(suspects.length > 0
      ? [`${suspects.length === 1 ? '1 label looks' : `${suspects.length} labels look`} wrong.`]
      : []),
  ]
}
