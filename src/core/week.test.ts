import { expect, test } from 'vitest'
import { addDays } from './clock.ts'
import { daysOfWeek, weekOf } from './week.ts'

test('weeks are those of ISO 8601, over the turn of the year too', () => {
  expect(weekOf('2026-11-25')).toBe('2026-W48')
  expect(weekOf('2027-01-01')).toBe('2026-W53')
  expect(weekOf('2024-12-30')).toBe('2025-W01')
  expect(weekOf('2021-01-03')).toBe('2020-W53')
})

test('a week’s days are Monday to Sunday, and every day lies in its own week', () => {
  expect(daysOfWeek('2026-W48')).toEqual({ from: '2026-11-23', to: '2026-11-29' })
  for (let day = '2019-12-20'; day < '2021-02-01'; day = addDays(day, 1)) {
    const { from, to } = daysOfWeek(weekOf(day))!
    expect(from <= day && day <= to).toBe(true)
  }
})

test('what is no week is none', () => {
  for (const week of ['2025-W53', '2026-W00', '2026-48', 'W48', '']) expect(daysOfWeek(week)).toBeNull()
})
