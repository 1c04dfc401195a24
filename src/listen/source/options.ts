import { fail, ok, type Result } from '../../core/result.ts'
import { dayOrders } from '../decode/day-order.ts'
import { fileProblem } from '../reasons/files.ts'
import type { SourceOptions } from './source.ts'

/** Options as doors give them: each a text, or several, of comma-separated parts (`text=评价内容,rating=评分`). */
export function parseOptions(raw: Record<string, unknown>, zone: string): Result<SourceOptions> {
  for (const name of Object.keys(raw))
    if (!['map', 'set', 'ignore', 'dates'].includes(name))
      return fail(fileProblem('option_unknown', { option: name }, name))
  const map = pairs('map', raw.map)
  const set = pairs('set', raw.set)
  if (!map.ok) return map
  if (!set.ok) return set
  const dates = dayOrders.find((order) => order === raw.dates)
  if (raw.dates !== undefined && dates === undefined)
    return fail(fileProblem('dates_unknown', { said: String(raw.dates).slice(0, 40) }, 'dates'))
  const ignore = texts(raw.ignore).flatMap((text) => text.split(',').map((part) => part.trim()))
  return ok({
    zone,
    map: map.value,
    set: set.value,
    ignore: ignore.filter((part) => part !== ''),
    ...(dates && { dates }),
  })
}

const texts = (raw: unknown): string[] =>
  (Array.isArray(raw) ? raw : [raw]).filter((one): one is string => typeof one === 'string')

function pairs(option: string, raw: unknown): Result<Record<string, string>> {
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw))
    return ok(Object.fromEntries(Object.entries(raw).map(([field, value]) => [field, String(value)])))
  const found: [string, string][] = []
  for (const part of texts(raw).flatMap((text) => text.split(','))) {
    const equals = part.indexOf('=')
    const last = found.at(-1)
    // A part without "=" continues the one before: names of columns may hold commas.
    if (equals > 0) found.push([part.slice(0, equals).trim(), part.slice(equals + 1).trim()])
    else if (last) last[1] += `,${part}`
    else if (part.trim() !== '')
      return fail(fileProblem('option_form', { option, part, what: option === 'map' ? 'COLUMN' : 'VALUE' }, option))
  }
  return ok(Object.fromEntries(found))
}
