import { expect, test } from 'vitest'
import { wilson } from '../../../src/core/share.ts'
import { rolling } from './rolling.ts'

test('a point sums the bins that it looks back over, with the interval of the server', () => {
  const bins = [
    { n: 10, went: 4 },
    { n: 20, went: 20 },
    { n: 0, went: 0 },
    { n: 5, went: 0 },
  ]
  const points = rolling(bins, 2)
  expect(points.map(({ n }) => n)).toEqual([10, 30, 20, 5])
  for (const [i, [k, n]] of (
    [
      [4, 10],
      [24, 30],
      [20, 20],
      [0, 5],
    ] as const
  ).entries()) {
    const same = wilson(k, n)
    expect(points[i]!.value).toBeCloseTo(same.value!, 12)
    expect(points[i]!.low).toBeCloseTo(same.low!, 12)
    expect(points[i]!.high).toBeCloseTo(same.high!, 12)
  }
})

test('where nobody was there is no share', () => {
  expect(rolling([{ n: 0, went: 0 }], 3)).toEqual([{ value: null, low: null, high: null, n: 0 }])
})
