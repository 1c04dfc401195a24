import { expect, test } from 'vitest'
import { rolling } from './rolling.ts'

test('a point sums the bins that it looks back over', () => {
  const bins = [
    { n: 10, went: 4 },
    { n: 20, went: 20 },
    { n: 0, went: 0 },
    { n: 5, went: 0 },
  ]
  const points = rolling(bins, 2)
  expect(points.map(({ n, value }) => [n, value])).toEqual([
    [10, 0.4],
    [30, 0.8],
    [20, 1],
    [5, 0],
  ])
  // Nobody and everybody are ends that no interval passes.
  expect([points[2]!.high, points[3]!.low]).toEqual([1, 0])
})

test('its interval is Wilson’s: 81 of 263 lie between 0.2553 and 0.3662 (Newcombe 1998, table I)', () => {
  const point = rolling([{ n: 263, went: 81 }], 1)[0]!
  expect(point.low).toBeCloseTo(0.2553, 4)
  expect(point.high).toBeCloseTo(0.3662, 4)
})

test('where nobody was there is no share', () => {
  expect(rolling([{ n: 0, went: 0 }], 3)).toEqual([{ value: null, low: null, high: null, n: 0 }])
})
