import type { AlertPoint, AlertSeries } from '../../../src/http/shapes.ts'
import { count, levelText } from '../../words/format.ts'

export type AlertUnit = AlertSeries['unit']

/** A count, a share or a mean as people read it. */
export function figure(value: number | null, unit: AlertUnit): string {
  if (value === null) return '—'
  if (unit === 'share') return levelText(value, 'share')
  if (unit === 'mean' && Math.abs(value) < 100) return String(Number(value.toPrecision(3)))
  return value < 10 ? String(Number(value.toFixed(1))) : count(value)
}

/** How likely chance alone goes as far, without false exactness: nobody's model is right to one in a million. */
export function chanceText(p: number): string {
  if (p < 1e-6) return '< 0.0001%'
  if (p < 0.0001) return `1 / ${count(Number((1 / p).toPrecision(1)))}`
  return `${(100 * p).toPrecision(2)}%`
}

/** What was seen at the point that says most: the step's own, or that of the window that it took. */
export const seenOf = (point: AlertPoint) => ({
  value: point.window?.value ?? point.value,
  n: point.window?.n ?? point.n,
  expected: (point.window ?? point).expected,
  low: (point.window ?? point).low,
  high: (point.window ?? point).high,
})
