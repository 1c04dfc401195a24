import { expect, test } from 'vitest'
import { parted, spread } from './pieces.ts'

test('labels that would overlap stand apart, the others stay', () => {
  expect(spread([0.07, 0.097, 0.1], 6000, 17)).toEqual([0, 0, 0])
  const [, control, counterfactual] = spread([0.07, 0.099, 0.1], 6000, 17)
  expect(counterfactual).toBe(0)
  expect(control).toBeCloseTo(11)
})

test('a line without a last value needs no room', () => {
  expect(spread([null, 0.1, null], 1000)).toEqual([0, 0, 0])
})

test('points with too few behind them stand in a line of their own, tied to their neighbours', () => {
  const run = [40, 20, 50, 60, 0].map((n, i) => ({ value: n === 0 ? null : i, low: 0, high: 9, n }))
  expect(parted(run, 30)).toEqual({ sure: [0, null, 2, 3, null], few: [0, 1, 2, null, null] })
})
