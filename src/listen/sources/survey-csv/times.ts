import { parseTime } from '../../decode/values.ts'

/** Which comes first in 3/2/2026: the month or the day. */
export type DayOrder = 'mdy' | 'dmy' | undefined

const SLASHED = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:,?\s+(.+))?$/

/** Which order the file's own days prove: a number above 12 can only be a day. Undefined where none does, or both. */
export function orderIn(times: readonly string[]): DayOrder {
  const dates = times.map((time) => SLASHED.exec(time.trim())).filter((match) => match !== null)
  const dayFirst = dates.some((match) => Number(match[1]) > 12)
  const monthFirst = dates.some((match) => Number(match[2]) > 12)
  return dayFirst === monthFirst ? undefined : dayFirst ? 'dmy' : 'mdy'
}

/** A time of a table as epoch milliseconds; undefined where it is none, or where its order is not known. `GMT+8` at its end wins over the zone. */
export function timeOf(text: string, zone: string, order: DayOrder): number | undefined {
  const match = SLASHED.exec(text)
  if (!match) return parseTime(text, zone)
  if (order === undefined) return undefined
  const [, first, second, year, clock] = match
  const [month, day] = order === 'mdy' ? [first, second] : [second, first]
  return parseTime(`${year}-${month}-${day}${clock === undefined ? '' : ` ${clock}`}`, zone)
}
