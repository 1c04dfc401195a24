import { type Estimate, NOTHING } from '../../core/estimate.ts'
import { wilson } from '../../core/share.ts'
import { tQuantile, Z95 } from '../../core/statistics.ts'
import type { Tally } from '../indicators/define.ts'
import { netScore } from '../net.ts'

/** How the answers to a question are made one figure. */
export type ScoreKind = 'nps' | 'csat' | 'ces' | 'stars'

/**
 * The worth of one answer, so that the figure is the mean of all of them: NPS +100 for 9–10 and −100 for 0–6, CSAT 1 for the two best
 * of five, CES and stars the answer itself.
 */
export function worthOf(kind: ScoreKind, answer: number): number {
  if (kind === 'nps') return answer >= 9 ? 100 : answer <= 6 ? -100 : 0
  return kind === 'csat' ? (answer >= 4 ? 1 : 0) : answer
}

export const tallyOf = (answers: readonly number[]): Tally => ({
  n: answers.length,
  plus: answers.filter((answer) => answer >= 9).length,
  minus: answers.filter((answer) => answer <= 6).length,
})

/** The figure with its 95 % interval: NPS as everywhere here, CSAT by Wilson's score, CES and stars as a mean with Student's t. */
export function scoreOf(kind: ScoreKind, answers: readonly number[]): Estimate {
  if (kind === 'nps') return netScore(tallyOf(answers), 100)
  if (kind === 'csat') return wilson(answers.filter((answer) => answer >= 4).length, answers.length)
  return meanOf(answers)
}

/** A mean with its 95 % interval. One answer, or answers that are all alike, say nothing of how they spread: no interval then. */
function meanOf(values: readonly number[]): Estimate {
  const n = values.length
  if (n === 0) return NOTHING
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  if (squares === 0) return { value: mean, low: null, high: null, n }
  const half = tQuantile(0.975, n - 1) * Math.sqrt(squares / (n - 1) / n)
  return { value: mean, low: mean - half, high: mean + half, n }
}

/**
 * A weighted mean with its 95 % interval. The variance is that of as many answers as the weights leave in effect, (Σw)² / Σw² (Kish 1965,
 * Survey Sampling, 11.7); the spread is the weighted one.
 */
export function weightedMean(values: readonly number[], weights: readonly number[]): Estimate & { effective: number } {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (values.length === 0 || total <= 0) return { ...NOTHING, effective: 0 }
  const mean = values.reduce((sum, value, i) => sum + weights[i]! * value, 0) / total
  const variance = values.reduce((sum, value, i) => sum + weights[i]! * (value - mean) ** 2, 0) / total
  const effective = total ** 2 / weights.reduce((sum, weight) => sum + weight ** 2, 0)
  const base = { value: mean, n: values.length, effective }
  if (variance === 0 || effective <= 1) return { ...base, low: null, high: null }
  const half = Z95 * Math.sqrt(variance / (effective - 1))
  return { ...base, low: mean - half, high: mean + half }
}
