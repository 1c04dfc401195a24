/** Local calendar days, as every figure by day and every lateness needs them. */

const zones = new Map<string, boolean>()
const formatters = new Map<string, Intl.DateTimeFormat>()
/** By zone, then by hour since 1970. */
const offsets = new Map<string, Map<number, number>>()
/** Calendar days as text, by day since 1970. */
const days = new Map<number, string>()
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Is this a zone that the runtime knows? */
export function isZone(zone: string): boolean {
  let known = zones.get(zone)
  if (known === undefined) {
    known = askForZone(zone)
    if (zones.size < 1_000) zones.set(zone, known)
  }
  return known
}

function askForZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Milliseconds by which local time in `zone` is ahead of UTC at `ms`. Cached by the hour: no zone shifts within one. */
export function zoneOffsetMs(ms: number, zone: string): number {
  const hour = Math.floor(ms / HOUR_MS)
  let hours = offsets.get(zone)
  if (!hours) {
    hours = new Map()
    offsets.set(zone, hours)
  }
  let offset = hours.get(hour)
  if (offset === undefined) {
    offset = askForOffset(hour, zone)
    if (hours.size > 50_000) hours.clear()
    hours.set(hour, offset)
  }
  return offset
}

function askForOffset(hour: number, zone: string): number {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    formatters.set(zone, formatter)
  }
  const name = formatter.formatToParts(hour * HOUR_MS).find((part) => part.type === 'timeZoneName')!.value
  const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/.exec(name)
  const sign = match?.[1] === '-' ? -1 : 1
  return match?.[1] ? sign * (Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0)) * 1000 : 0
}

/** The local calendar day of a moment, `YYYY-MM-DD`. */
export function localDay(ms: number, zone: string): string {
  const day = Math.floor((ms + zoneOffsetMs(ms, zone)) / DAY_MS)
  let text = days.get(day)
  if (text === undefined) {
    text = new Date(day * DAY_MS).toISOString().slice(0, 10)
    if (days.size > 50_000) days.clear()
    days.set(day, text)
  }
  return text
}

/** The moment at which a local wall-clock time happens. Parts are as written: month 1–12. */
export function fromLocal(
  zone: string,
  [year, month, day, hour = 0, minute = 0, second = 0]: readonly [number, number, number, number?, number?, number?],
): number {
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second)
  const guess = asUtc - zoneOffsetMs(asUtc, zone)
  return asUtc - zoneOffsetMs(guess, zone)
}

/** `days` days after a `YYYY-MM-DD` day. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The local hour of a moment, 0 to 23. */
export const localHour = (ms: number, zone: string): number => new Date(ms + zoneOffsetMs(ms, zone)).getUTCHours()

/**
 * Whether a moment lies from one full local hour to before another, over midnight where the second is the earlier; the same hour twice is
 * none at all.
 */
export function isBetweenHours(ms: number, { from, to }: { from: number; to: number }, zone: string): boolean {
  const hour = localHour(ms, zone)
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to
}
