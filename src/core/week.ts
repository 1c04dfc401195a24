import { addDays } from './clock.ts'

/** The ISO 8601 week of a local day, such as `2026-W48`: weeks begin on Monday, the first has the year's first Thursday. */
export function weekOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  const thursday = addDays(day, 3 - weekday)
  const year = thursday.slice(0, 4)
  const number = Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / (7 * 86_400_000)) + 1
  return `${year}-W${String(number).padStart(2, '0')}`
}

/** First and last day of an ISO week; null where there is no such week. */
export function daysOfWeek(week: string): { from: string; to: string } | null {
  const match = /^(\d{4})-W(\d{2})$/.exec(week)
  if (!match) return null
  const fourth = `${match[1]}-01-04`
  const weekday = (new Date(`${fourth}T00:00:00Z`).getUTCDay() + 6) % 7
  const from = addDays(fourth, -weekday + 7 * (Number(match[2]) - 1))
  return weekOf(from) === week ? { from, to: addDays(from, 6) } : null
}
