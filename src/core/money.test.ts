import { expect, test } from 'vitest'
import { minorUnits } from './money.ts'

// ISO 4217, list one: the minor units of currencies.
test.each([
  ['CNY', 100],
  ['EUR', 100],
  ['JPY', 1],
  ['KRW', 1],
  ['VND', 1],
  ['KWD', 1000],
  ['BHD', 1000],
  ['OMR', 1000],
  ['XXQ', 100],
])('a unit of %s has %i minor units', (currency, units) => {
  expect(minorUnits(currency)).toBe(units)
})
