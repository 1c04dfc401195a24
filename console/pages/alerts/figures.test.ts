import { expect, test } from 'vitest'
import { figure } from './figures.ts'

test('figures are written as in the headline of the alert', () => {
  expect([0.2545, 0.018].map((value) => figure(value, 'share'))).toEqual(['25.5%', '1.8%'])
  expect([12_345, 4, 0.25, 9.96].map((value) => figure(value, 'count'))).toEqual(['12,345', '4', '0.3', '10'])
})
