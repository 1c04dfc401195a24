import { zoneOffsetMs } from '../../core/clock.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const HOURS = 24
const WEEKDAYS = 7

/** One part of what is expected: a place in the list of effects and how much of it counts at this moment. */
export interface Part {
  place: number
  weight: number
}

/** Where the effects lie in one flat list: the level, then hours, weekdays, hours of weekdays, and promotions as they turn up. */
export const LEVEL = 0
const HOUR = 1
const WEEKDAY = HOUR + HOURS
const BOTH = WEEKDAY + WEEKDAYS
export const PROMOTION = BOTH + HOURS * WEEKDAYS

export interface Calendar {
  stepMs: number
  zone: string
  season: 'auto' | 'none'
  holidays?: (day: string) => string | null
}

/** After so many days the hours of the day are known well enough to tell one weekday from another. */
const HOURS_KNOWN = 2

/**
 * The effects that make up what is expected at a moment: always the level; the hour of the day (between two hours both, by nearness)
 * where points come more often than twice a day; the weekday and its own hours where they come at least daily; the promotion of the
 * day. `promotionAt` gives a name its place. `daysSeen` is how many days of points are known: an effect that refines another waits until
 * that one was seen, for what the first day of a series says of its weekday is that the level and the hours were not known yet.
 */
export function partsAt(
  at: number,
  calendar: Calendar,
  promotionAt: (name: string) => number,
  daysSeen: number,
): Part[] {
  const parts: Part[] = [{ place: LEVEL, weight: 1 }]
  const local = at + zoneOffsetMs(at, calendar.zone)
  if (calendar.season === 'auto') {
    const weekday = (Math.floor(local / DAY_MS) + 3) % WEEKDAYS
    const hourly = calendar.stepMs <= DAY_MS / 2
    const refined = !hourly || daysSeen >= HOURS_KNOWN
    if (calendar.stepMs <= DAY_MS && refined) parts.push({ place: WEEKDAY + weekday, weight: 1 })
    if (hourly)
      for (const { hour, weight } of hoursAt(local, calendar.stepMs)) {
        parts.push({ place: HOUR + hour, weight })
        if (refined) parts.push({ place: BOTH + weekday * HOURS + hour, weight })
      }
  }
  const promotion = calendar.holidays?.(new Date(local).toISOString().slice(0, 10)) ?? null
  if (promotion !== null) parts.push({ place: promotionAt(promotion), weight: 1 })
  return parts
}

/** Steps of an hour or more stand for their own hour; finer ones lie between the middles of two. */
function hoursAt(local: number, stepMs: number): { hour: number; weight: number }[] {
  const hours = (((local % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS
  if (stepMs >= HOUR_MS) return [{ hour: Math.floor(hours), weight: 1 }]
  const middle = hours - 0.5 + stepMs / HOUR_MS / 2
  const before = Math.floor(middle)
  const beyond = middle - before
  const hour = (before + HOURS) % HOURS
  if (beyond === 0) return [{ hour, weight: 1 }]
  return [
    { hour, weight: 1 - beyond },
    { hour: (hour + 1) % HOURS, weight: beyond },
  ]
}

/** How far an effect may lie from nought before anything is known of it, as a standard deviation on the working scale. */
export function priorSpread(place: number): number {
  if (place === LEVEL) return 3
  if (place < WEEKDAY) return 1
  if (place < BOTH) return 0.5
  if (place < PROMOTION) return 0.25
  return 1.2
}
