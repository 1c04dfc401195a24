import { expect, test } from 'vitest'
import { type Promotion, promotionOn } from './promotions.ts'

const named = (id: string, from: string, to: string): Promotion => ({ id, zh: id, en: id, from, to })

test('the usual calendar knows the days of the trade, and the weeks around them', () => {
  expect(promotionOn('2025-11-11')).toBe('1111')
  expect(promotionOn('2026-06-18')).toBe('618')
  expect(promotionOn('2026-06-19')).toBe('618_weeks')
  expect(promotionOn('2026-06-21')).toBeNull()
  expect(promotionOn('2027-01-01')).toBe('new_year_days')
})

test('a window holds both its ends, every year', () => {
  const calendar = [named('sale', '06-01', '06-20')]
  expect(['2025-05-31', '2025-06-01', '2026-06-20', '2026-06-21'].map((day) => promotionOn(day, calendar))).toEqual([
    null,
    'sale',
    'sale',
    null,
  ])
})

test('a window may go over New Year, and one with a year is held once', () => {
  const calendar = [named('turn', '12-30', '01-02'), named('spring', '2026-01-20', '2026-02-10')]
  expect(promotionOn('2025-12-31', calendar)).toBe('turn')
  expect(promotionOn('2026-01-02', calendar)).toBe('turn')
  expect(promotionOn('2026-01-03', calendar)).toBeNull()
  expect(promotionOn('2026-02-10', calendar)).toBe('spring')
  expect(promotionOn('2027-02-10', calendar)).toBeNull()
})

test('where several hold a day the shortest is meant, of several as short the first, and an empty calendar has none', () => {
  const calendar = [named('season', '11-01', '11-11'), named('peak', '11-11', '11-11'), named('same', '11-11', '11-11')]
  const turn = [named('turn', '12-28', '01-02'), named('eve', '12-31', '01-01')]
  expect(['12-28', '12-31', '01-01', '01-02'].map((day) => promotionOn(`2026-${day}`, turn))).toEqual([
    'turn',
    'eve',
    'eve',
    'turn',
  ])
  expect(promotionOn('2026-11-11', calendar)).toBe('peak')
  expect(promotionOn('2026-11-10', calendar)).toBe('season')
  expect(promotionOn('2026-11-11', [])).toBeNull()
})
