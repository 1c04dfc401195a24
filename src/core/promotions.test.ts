import { expect, test } from 'vitest'
import { nextDays, type Promotion, promotionOn, usualPromotions } from './promotions.ts'

const named = (id: string, from: string, to: string): Promotion => ({ id, zh: id, en: id, from, to })

test('the usual calendar knows the days of the trade, and the weeks around them', () => {
  expect(promotionOn('2025-11-11')).toBe('1111')
  expect(promotionOn('2026-06-18')).toBe('618')
  expect(promotionOn('2026-06-20')).toBe('618_weeks')
  expect(promotionOn('2026-06-21')).toBeNull()
  expect(promotionOn('2026-12-31')).toBe('new_year_days')
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

/** The days off of the State Council's notices, without the weekends that were moved to them. */
test('the usual calendar knows the holidays of every year, those of the moon too', () => {
  const on = (day: string) => promotionOn(day)
  expect(
    ['2025-01-28', '2025-01-29', '2025-01-31', '2026-02-16', '2026-02-19', '2027-02-05', '2027-02-06'].map(on),
  ).toEqual(Array(7).fill('spring_festival'))
  expect(['2026-02-15', '2026-02-20', '2026-02-23', '2026-02-24'].map(on)).toEqual([
    'spring_festival_weeks',
    'spring_festival_weeks',
    'spring_festival_weeks',
    null,
  ])
  expect(['2025-04-04', '2026-04-05'].map(on)).toEqual(['qingming', 'qingming'])
  expect(['2025-05-31', '2026-06-19'].map(on)).toEqual(['dragon_boat', 'dragon_boat'])
  expect(['2025-10-06', '2026-09-25', '2020-10-01'].map(on)).toEqual(['mid_autumn', 'mid_autumn', 'mid_autumn'])
  expect(['2026-10-01', '2026-10-07', '2026-10-08', '2026-05-02', '2027-01-01'].map(on)).toEqual([
    'national_day',
    'national_week',
    null,
    'labour_day',
    'new_years_day',
  ])
})

test('a window of the moon may hold a leap month, and may go over New Year', () => {
  const calendar = [named('summer', 'lunar-06-01', 'lunar-07-15'), named('turn', 'lunar-12-29', 'lunar-01-01')]
  expect(
    ['2025-06-24', '2025-06-25', '2025-08-01', '2025-09-06', '2025-09-07'].map((day) => promotionOn(day, calendar)),
  ).toEqual([null, 'summer', 'summer', 'summer', null])
  expect(['2024-02-08', '2024-02-09', '2024-02-10', '2024-02-11'].map((day) => promotionOn(day, calendar))).toEqual([
    'turn',
    'turn',
    'turn',
    null,
  ])
})

test('says when each is next, from its first day to its last', () => {
  const next = (id: string, today: string) => nextDays(usualPromotions.find((one) => one.id === id)!, today)
  expect(next('spring_festival', '2026-11-26')).toEqual({ from: '2027-02-05', to: '2027-02-08' })
  expect(next('spring_festival', '2027-02-07')).toEqual({ from: '2027-02-05', to: '2027-02-08' })
  expect(next('new_year_days', '2026-11-26')).toEqual({ from: '2026-12-28', to: '2027-01-01' })
  expect(next('qingming', '2026-11-26')).toEqual({ from: '2027-04-05', to: '2027-04-05' })
  expect(nextDays(named('once', '2026-01-20', '2026-02-10'), '2026-11-26')).toBeNull()
})
