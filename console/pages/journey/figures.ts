import type { Journey, JourneyFigure, JourneyTouchpoint } from '../../../src/http/shapes.ts'
import { FEW } from '../../parts/few.ts'
import type { Scale } from '../../parts/scale.ts'
import { levelText, type Unit } from '../../words/format.ts'
import { netText } from '../overview/WorstTouchpoints.tsx'

/** From this share on, a touchpoint that surely (by the lower end of its interval) holds customers up is marked on the map. */
export const FLOOR = 0.03

const scoreIds = ['sentiment', 'nps', 'csat', 'ces'] as const
export type ScoreId = (typeof scoreIds)[number]

/** A figure that is shown: there is one, and it rests on enough. */
export const told = ({ estimate }: JourneyFigure): boolean => estimate.value !== null && estimate.n >= FEW

/** Surely held up: the lower end of the interval lies above the floor. */
export const isStuck = ({ friction }: JourneyTouchpoint): boolean =>
  told(friction.figure) && friction.figure.estimate.low! >= FLOOR

/** A card in red: customers are held up, or more is blamed than praised by more than chance. */
export const isIll = (one: JourneyTouchpoint): boolean =>
  isStuck(one) || (told(one.sentiment) && one.sentiment.estimate.high! < 0)

/** The scores that any touchpoint has; the easy-answers row is left out where nobody is ever asked. */
export const scoresOf = (of: Journey): ScoreId[] =>
  scoreIds.filter((id) => id !== 'ces' || of.touchpoints.some((one) => one.ces.estimate.n > 0))

export function scoreText(id: ScoreId, value: number | null): string {
  if (id === 'sentiment') return netText(value)
  if (id === 'nps') return value === null ? '—' : netText(value / 100)
  return levelText(value, 'share')
}

/** How the change of a score is written; net sentiment is shown as −100 to 100, so that its change is in points, too. */
export const unitOf = (id: ScoreId): Unit => (id === 'csat' || id === 'ces' ? 'share' : 'points')
export const scaledChange = (id: ScoreId, { change }: JourneyFigure): JourneyFigure['change'] =>
  change && id === 'sentiment'
    ? { ...change, value: change.value * 100, low: change.low * 100, high: change.high * 100 }
    : change

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export interface Axis {
  scale: Scale
  /** The median of all touchpoints. It lies in the middle, so that the line is at one place in all rows. */
  reference: number
}

/** One axis a score, the same on every card. */
export function axisOf(of: Journey, id: ScoreId): Axis {
  const shown = of.touchpoints.map((one) => one[id]).filter(told)
  if (shown.length === 0) return { scale: { min: -1, max: 1, ticks: [] }, reference: 0 }
  const reference = median(shown.map(({ estimate }) => estimate.value!))
  const reach = Math.max(
    ...shown.flatMap(({ estimate }) => [estimate.low!, estimate.high!].map((end) => Math.abs(end - reference))),
  )
  const half = reach * 1.04 || 1
  return { scale: { min: reference - half, max: reference + half, ticks: [] }, reference }
}

/** Who left at a touchpoint without buying. */
export const leavers = ({ exits }: JourneyTouchpoint): number =>
  Math.round((exits.estimate.value ?? 0) * exits.estimate.n)
