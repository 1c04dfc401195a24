import type { Random } from './random.ts'
import { Wheel } from './random.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const ZONE = 'Asia/Shanghai'

/** The simulated days: `at(0)` is the first midnight, `end` the moment at which the world is looked at (nothing is later). */
export interface Calendar {
  days: number
  start: number
  end: number
  /** The local midnight that begins day `n`. */
  at(n: number): number
  /** The day's date, `YYYY-MM-DD`. */
  date(n: number): string
  /** Which day a moment falls on. */
  dayOf(ms: number): number
}

/** China has kept one offset, UTC+8 without summer time, since 1992: local days are plain arithmetic. */
export function calendarEnding(endDay: string, days: number): Calendar {
  const end = Date.parse(`${endDay}T00:00:00+08:00`) + DAY
  const start = end - days * DAY
  const at = (n: number) => start + n * DAY
  return {
    days,
    start,
    end,
    at,
    date: (n) => new Date(at(n) + 8 * HOUR).toISOString().slice(0, 10),
    dayOf: (ms) => Math.floor((ms - start) / DAY),
  }
}

/** How much more is sold on the days of the big sales, by month and day. */
const sales: Record<string, number> = {
  '01-08': 1.8,
  '01-18': 1.6,
  '03-08': 1.9,
  '05-20': 1.6,
  '06-01': 1.8,
  '06-18': 3.2,
  '09-09': 1.7,
  '10-21': 1.5,
  '11-01': 2.0,
  '11-11': 3.6,
  '12-12': 2.4,
  '12-30': 1.5,
}
const byWeekday = [1.16, 0.94, 0.92, 0.95, 0.98, 1.05, 1.18]

export const isSale = (date: string): boolean => sales[date.slice(5)] !== undefined

/** Draws a day of the calendar by weekday, sale and the twelve month weights of a category. */
export function dayWheel(calendar: Calendar, months: readonly number[]): Wheel {
  return new Wheel(
    Array.from({ length: calendar.days }, (_, n) => {
      const date = calendar.date(n)
      const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
      return byWeekday[weekday]! * (sales[date.slice(5)] ?? 1) * months[Number(date.slice(5, 7)) - 1]!
    }),
  )
}

const shoppingHours = new Wheel([
  0.9, 0.4, 0.2, 0.1, 0.1, 0.2, 0.5, 1.1, 1.9, 2.7, 3.2, 3.1, 3.0, 2.7, 2.6, 2.6, 2.6, 2.5, 2.6, 3.3, 4.4, 4.9, 4.1,
  2.2,
])

/** A moment of the day at which people shop and write, as milliseconds after midnight. */
export const wakingMoment = (random: Random): number =>
  shoppingHours.draw(random) * HOUR + Math.floor(random.next() * HOUR)

/** A moment at which parcels and fitters come: 8:30 to 20:00. */
export const workingMoment = (random: Random): number => Math.floor(random.between(8.5, 20) * HOUR)
