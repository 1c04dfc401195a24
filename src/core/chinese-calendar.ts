import { newMoon, solarLongitude } from './sun-and-moon.ts'

/**
 * Days of the Chinese calendar (农历), computed by its rules (GB/T 33661-2017) from the new moons and the sun's place as seen in Beijing: no
 * table of years. The runtime's own calendar (ICU 78) is not asked: where a new moon falls within minutes of midnight it is a day off,
 * as at New Year of 2027 and of 2030.
 */

const DAY_MS = 86_400_000
const BEIJING_MS = 8 * 3_600_000
/** Mean time from new moon to new moon, in days. */
const MONTH = 29.530588861

/** The number of a day in Beijing since 1970, and its first moment. */
const dayNumber = (at: number): number => Math.floor((at + BEIJING_MS) / DAY_MS)
const midnight = (day: number): number => day * DAY_MS - BEIJING_MS

interface Month {
  /** `01` to `12`; a leap month is `06b`, after its own. */
  name: string
  /** The number of its first day. */
  from: number
}

/** The last new moon that falls on a day or before it: its number as `newMoon` counts, and its day. */
function monthBegin(day: number): { k: number; from: number } {
  let k = Math.ceil((midnight(day + 1) - newMoon(0)) / DAY_MS / MONTH) + 1
  while (dayNumber(newMoon(k)) > day) k--
  return { k, from: dayNumber(newMoon(k)) }
}

/** When the sun next reaches a longitude, from about a moment on: each step comes fifty times as near. */
function whenSunAt(longitude: number, about: number): number {
  let at = about
  for (let step = 0; step < 5; step++) {
    const off = ((longitude - solarLongitude(at) + 540) % 360) - 180
    at += (off / 0.9856) * DAY_MS
  }
  return at
}

/** The eleventh month of a year: it holds the winter solstice. */
const eleventhMonth = (year: number) => monthBegin(dayNumber(whenSunAt(270, Date.UTC(year, 11, 21))))

const years = new Map<number, Month[]>()

/** The months from the eleventh of the year before up to the eleventh of this one, and the beginning of that. */
function monthsOf(year: number): Month[] {
  const known = years.get(year)
  if (known) return known
  const [first, last] = [eleventhMonth(year - 1), eleventhMonth(year)]
  const begins = Array.from({ length: last.k - first.k + 1 }, (_, place) => dayNumber(newMoon(first.k + place)))
  // Thirteen months: the first in which the sun reaches no multiple of 30° is the leap month.
  const third = (day: number) => Math.floor(solarLongitude(midnight(day)) / 30)
  const leap =
    begins.length === 14
      ? begins.findIndex((from, place) => place > 0 && place < 13 && third(from) === third(begins[place + 1]!))
      : -1
  const months = begins.map((from, place) => {
    const number = ((place + 10 - (leap >= 0 && place >= leap ? 1 : 0)) % 12) + 1
    return { name: `${String(number).padStart(2, '0')}${place === leap ? 'b' : ''}`, from }
  })
  years.set(year, months)
  return months
}

/**
 * Month and day of the Chinese calendar for a calendar day `YYYY-MM-DD`; `01-01` is New Year. `until` is the same day, but `30` where a
 * month of 29 days ends with it: the eve of New Year is the last day of its month, whatever its number.
 *
 * @example lunarOf('2026-02-16') // { at: '12-29', until: '12-30' }
 */
export function lunarOf(day: string): { at: string; until: string } {
  const number = Date.parse(day) / DAY_MS
  const year = Number(day.slice(0, 4))
  const own = monthsOf(year)
  const months = number < own.at(-1)!.from ? own : monthsOf(year + 1)
  const place = months.findLastIndex(({ from }) => from <= number)
  const { name, from } = months[place]!
  const date = String(number - from + 1).padStart(2, '0')
  const ends = date === '29' && months[place + 1]?.from === number + 1
  return { at: `${name}-${date}`, until: `${name}-${ends ? '30' : date}` }
}

/**
 * The day of 清明 (`MM-DD`): the day in Beijing on which the sun's apparent longitude reaches 15°. The sun's place is known to about a
 * quarter of an hour, so a year in which it falls as near to midnight may be a day off.
 *
 * @example clearAndBright(2026) // '04-05'
 */
export function clearAndBright(year: number): string {
  const at = whenSunAt(15, Date.UTC(year, 3, 5))
  return new Date(at + BEIJING_MS).toISOString().slice(5, 10)
}
