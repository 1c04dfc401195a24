import { parseTime } from '../../decode/values.ts'

/** Which comes first in 3/2/2026: the month or the day. */
export type DayOrder = 'mdy' | 'dmy' | undefined

const SLASHED = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(am|pm)?)?$/i
const YEAR_FIRST =
  /^(\d{4}[/.-]\d{1,2}[/.-]\d{1,2})\s+(?:(上午|下午|凌晨|中午|晚上)\s*)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(上午|下午|am|pm)?$/i

/** Which order the file's own days prove: a number above 12 can only be a day. Undefined where none does, or both. */
export function orderIn(times: readonly string[]): DayOrder {
  const dates = times.map((time) => SLASHED.exec(time.trim())).filter((match) => match !== null)
  const dayFirst = dates.some((match) => Number(match[1]) > 12)
  const monthFirst = dates.some((match) => Number(match[2]) > 12)
  return dayFirst === monthFirst ? undefined : dayFirst ? 'dmy' : 'mdy'
}

/** A time of a survey's table as epoch milliseconds; undefined where it is none, or where its order is not known. `GMT+8` at its end wins over the zone. */
export function timeOf(text: string, zone: string, order: DayOrder): number | undefined {
  const offset = /\s*(?:GMT|UTC)\s*([+-]\d{1,2})?(?::?(\d{2}))?$/i.exec(text)
  const bare = offset ? text.slice(0, offset.index) : text
  const written = yearFirst(bare) ?? slashed(bare, order) ?? bare
  if (!offset) return parseTime(written, zone)
  const utc = parseTime(written, 'UTC')
  const hours = Number(offset[1] ?? 0)
  const minutes = hours * 60 + Math.sign(hours || 1) * Number(offset[2] ?? 0)
  return utc === undefined ? undefined : utc - minutes * 60_000
}

function yearFirst(text: string): string | undefined {
  const match = YEAR_FIRST.exec(text)
  if (!match) return undefined
  const [, day, before, hour, minute, second, after] = match
  return `${day} ${hourOf(Number(hour), before ?? after)}:${minute}:${second ?? '00'}`
}

function slashed(text: string, order: DayOrder): string | undefined {
  const match = SLASHED.exec(text)
  if (!match || order === undefined) return undefined
  const [, first, second, year, hour, minute, seconds, half] = match
  const [month, day] = order === 'mdy' ? [first, second] : [second, first]
  return `${year}-${month}-${day} ${hourOf(Number(hour ?? 0), half)}:${minute ?? '00'}:${seconds ?? '00'}`
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  const afternoon = /pm|下午|晚上/i.test(half) || (half === '中午' && hour < 11)
  if (afternoon) return hour < 12 ? hour + 12 : hour
  return hour === 12 && half !== '中午' ? 0 : hour
}
