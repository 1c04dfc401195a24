import { expect, test } from 'vitest'
import type { IndicatorSummary } from '../../../src/http/shapes.ts'
import { topScores } from './scores.ts'

const none = { value: null, low: null, high: null, n: 0 }
const indicator = (id: string, value: number | null): IndicatorSummary => ({
  id,
  estimate: value === null ? none : { value, low: value - 1, high: value + 1, n: 100 },
  interval: 'net',
  previous: none,
  change: null,
  series: [],
  previousSeries: [],
})
const shown = (list: IndicatorSummary[]) => topScores(list).map((one) => one.id)

test('the three scores come first, whatever the order in which they are told', () => {
  const list = ['complaint_rate', 'return_rate', 'positive_share', 'ces', 'csat', 'nps'].map((id) => indicator(id, 1))
  expect(shown(list)).toEqual(['nps', 'csat', 'ces', 'return_rate'])
})

test('a score that nobody was asked for leaves its place to another', () => {
  const list = [indicator('nps', 28), indicator('ces', null), indicator('positive_share', 0.3)]
  expect(shown(list)).toEqual(['nps', 'positive_share'])
})

test('where nothing has data the scores stand there without a number', () => {
  expect(shown([indicator('nps', null), indicator('csat', null)])).toEqual(['nps', 'csat'])
})
