import { textAt } from '../../decode/fields.ts'
import { parseJson } from '../../decode/json.ts'
import { parseTime } from '../../decode/values.ts'

/** One request of a web server's log, in whatever format. */
export interface Request {
  at: unknown
  method?: string
  /** Path and query. */
  target: string
  status?: number
  referrer?: string
  userAgent?: string
  host?: string
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `10/Feb/2012:16:42:07 -0500` as epoch milliseconds. */
function clfTime(text: string): number | undefined {
  const match = /^(\d{1,2})\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})$/.exec(text)
  const month = match ? months.indexOf(match[2]!.toLowerCase()) + 1 : 0
  if (!match || month === 0) return undefined
  const pad = (part: string | number) => String(part).padStart(2, '0')
  return parseTime(`${match[3]}-${pad(month)}-${pad(match[1]!)}T${match[4]}${match[5]}`, 'UTC')
}

const COMBINED =
  /^(?:(\S+) )?\S+ \S+ (?:"[^"]*"|\S+) \[([^\]]+)\] "(?:([A-Z]+) )?((?:[^"\\]|\\.)*?)(?: HTTP\/[\d.]+)?" (\d{3}|-) (?:\d+|-)(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?/

/** Common and combined format, with or without the host in front. */
export function combinedLine(line: string): Request | undefined {
  const match = COMBINED.exec(line)
  if (!match) return undefined
  const [, host, time, method, target, status, referrer, userAgent] = match
  return {
    at: clfTime(time!) ?? time,
    method,
    target: target!,
    status: numberOf(status),
    referrer: given(referrer),
    userAgent: given(userAgent),
    host,
  }
}

/** nginx's JSON format of Matomo's guide. */
export function jsonLine(line: string): Request | undefined {
  try {
    const object = parseJson(line)
    const target = textAt(object, 'path') ?? textAt(object, 'request_uri')
    const time = textAt(object, 'date') ?? textAt(object, 'time_iso8601')
    if (target === undefined || time === undefined) return undefined
    return {
      at: parseTime(time, 'UTC') ?? time,
      method: textAt(object, 'method'),
      target,
      status: numberOf(textAt(object, 'status')),
      referrer: given(textAt(object, 'referrer')),
      userAgent: given(textAt(object, 'user_agent')),
      host: textAt(object, 'host'),
    }
  } catch {
    return undefined
  }
}

/** W3C extended format (IIS): a `#Fields:` line names the columns; times are UTC. */
export function w3cLine(line: string, fields: readonly string[]): Request | undefined {
  const cells = line.match(/"[^"]*"|\S+/g) ?? []
  if (cells.length !== fields.length) return undefined
  const cell = (name: string) => {
    const place = fields.indexOf(name)
    return place < 0 ? undefined : given(cells[place]!.replace(/^"|"$/g, ''))
  }
  const stem = cell('cs-uri-stem') ?? cell('cs-uri')
  const time = `${cell('date')} ${cell('time')}`
  if (stem === undefined) return undefined
  const query = cell('cs-uri-query')
  return {
    at: parseTime(time, 'UTC') ?? time,
    method: cell('cs-method'),
    target: query ? `${stem}?${query}` : stem,
    status: numberOf(cell('sc-status')),
    referrer: cell('cs(Referer)'),
    userAgent: cell('cs(User-Agent)')?.replaceAll('+', ' '),
    host: cell('cs-host') ?? cell('cs(Host)'),
  }
}

const given = (text: string | undefined): string | undefined =>
  text === undefined || text === '-' || text === '' ? undefined : text
const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
