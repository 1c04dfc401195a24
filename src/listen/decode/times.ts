import { valueAt } from './fields.ts'
import type { Json } from './json.ts'
import { parseTime } from './values.ts'

/**
 * The time at a path, as epoch milliseconds: as `parseTime` reads it, local times in `zone`; numbers are seconds or milliseconds by their
 * size. What is no time is given as it stands, to be refused with its value; undefined where nothing stands there.
 */
export function timeAt(value: Json | undefined, path: string, zone: string): unknown {
  const found = valueAt(value, path)
  if (typeof found === 'number') return msOf(found)
  if (typeof found !== 'string' || found.trim() === '') return found === null || found === '' ? undefined : found
  return parseTime(found.trim(), zone) ?? found
}

/**
 * Epoch seconds, milliseconds, micro- or nanoseconds by their size: seconds of the years 1990 to 2100 are below 10^10, milliseconds between
 * 6 × 10^11 and 5 × 10^12, each further unit a thousand times that.
 */
export function msOf(epoch: number): number {
  if (epoch < 1e10) return Math.round(epoch * 1_000)
  return epoch < 1e14 ? Math.round(epoch) : Math.floor(epoch / (epoch < 1e17 ? 1e3 : 1e6))
}
