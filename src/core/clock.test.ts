import { describe, expect, test } from 'vitest'
import { fromLocal, isZone, localDay } from './clock.ts'

const HOUR_MS = 3_600_000

describe('local days', () => {
  test('a leap day is a day of its own, and in other years there is none', () => {
    expect(localDay(Date.UTC(2024, 1, 28, 16), 'Asia/Shanghai')).toBe('2024-02-29')
    expect(localDay(Date.UTC(2024, 1, 29, 15, 59, 59, 999), 'Asia/Shanghai')).toBe('2024-02-29')
    expect(localDay(Date.UTC(2024, 1, 29, 16), 'Asia/Shanghai')).toBe('2024-03-01')
    expect(localDay(Date.UTC(2026, 1, 28, 16), 'Asia/Shanghai')).toBe('2026-03-01')
  })

  test('days of 23 and 25 hours hold exactly their hours', () => {
    const hoursOf = (day: string, from: number) =>
      Array.from({ length: 72 }, (_, hour) => localDay(from + hour * HOUR_MS, 'Europe/Berlin')).filter(
        (one) => one === day,
      )
    expect(hoursOf('2026-03-29', Date.UTC(2026, 2, 28))).toHaveLength(23)
    expect(hoursOf('2026-10-25', Date.UTC(2026, 9, 24))).toHaveLength(25)
    expect(hoursOf('2026-07-01', Date.UTC(2026, 5, 30))).toHaveLength(24)
  })

  test('China kept summer time until 1991, and moments before 1970 have their day too', () => {
    expect(localDay(Date.UTC(1991, 6, 1, 15, 30), 'Asia/Shanghai')).toBe('1991-07-02')
    expect(localDay(Date.UTC(1992, 6, 1, 15, 30), 'Asia/Shanghai')).toBe('1992-07-01')
    expect(localDay(-1, 'UTC')).toBe('1969-12-31')
  })

  test('a zone of half and quarter hours is taken to the minute', () => {
    expect(localDay(Date.UTC(2026, 0, 1, 18, 14), 'Asia/Kathmandu')).toBe('2026-01-01')
    expect(localDay(Date.UTC(2026, 0, 1, 18, 15), 'Asia/Kathmandu')).toBe('2026-01-02')
  })

  test('a wall-clock time is the moment at which clocks show it', () => {
    expect(fromLocal('Asia/Shanghai', [2024, 2, 29])).toBe(Date.UTC(2024, 1, 28, 16))
    expect(fromLocal('Europe/Berlin', [2026, 3, 29, 4])).toBe(Date.UTC(2026, 2, 29, 2))
  })

  test('what is no zone is none, however often one asks', () => {
    for (let i = 0; i < 2; i++) expect([isZone('Mars/Base'), isZone('Asia/Shanghai')]).toEqual([false, true])
  })
})
