import { expect, test } from 'vitest'
import { spread } from './pieces.ts'

test('labels that would overlap stand apart, the others stay', () => {
  expect(spread([0.07, 0.097, 0.1], 6000, 17)).toEqual([0, 0, 0])
  const [, control, counterfactual] = spread([0.07, 0.099, 0.1], 6000, 17)
  expect(counterfactual).toBe(0)
  expect(control).toBeCloseTo(11)
})

test('a line without a last value needs no room', () => {
  expect(spread([null, 0.1, null], 1000)).toEqual([0, 0, 0])
})
