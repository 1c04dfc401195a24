import type { IndicatorSummary } from '../../../src/http/shapes.ts'

/** The three scores of experience, then what fills the row where one of them has no data yet. */
const first = ['nps', 'csat', 'ces', 'return_rate', 'positive_share']
const SHOWN = 4

/** Which indicators stand on top of the overview: those of `first` that have data; where none has, `first` as it comes. */
export function topScores(indicators: readonly IndicatorSummary[]): IndicatorSummary[] {
  const inOrder = first.flatMap((id) => indicators.find((one) => one.id === id) ?? [])
  const known = inOrder.filter((one) => one.estimate.value !== null)
  return (known.length > 0 ? known : inOrder).slice(0, SHOWN)
}
