import type { Analytics } from '../store/clickhouse/analytics.ts'
import { day as dayLiteral, ident, type Sql, sql } from '../store/clickhouse/sql.ts'

/**
 * A voice or event with an id that is known on a day so near is the same one come again (re-sent, or exported with another zone);
 * farther away, the id has been given out anew.
 */
const SAME_WITHIN_DAYS = 7

const numbers = new Map<string, number>()

/** Days since 1970; the few days that records are of are asked for again and again. */
function dayNumber(day: string): number {
  let number = numbers.get(day)
  if (number === undefined) {
    number = Date.parse(`${day}T00:00:00Z`) / 86_400_000
    if (numbers.size > 50_000) numbers.clear()
    numbers.set(day, number)
  }
  return number
}

const dayText = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10)

export interface Key {
  id: string
  /** `YYYY-MM-DD` */
  day: string
}

/** Which records of one tenant and one table are there already. */
export class Known {
  /** Nearly every id is known of one day alone. */
  readonly #days = new Map<string, number | number[]>()

  has({ id, day }: Key): boolean {
    const days = this.#days.get(id)
    if (days === undefined) return false
    const number = dayNumber(day)
    const isNear = (known: number) => Math.abs(known - number) <= SAME_WITHIN_DAYS
    return typeof days === 'number' ? isNear(days) : days.some(isNear)
  }

  add({ id, day }: Key): void {
    const days = this.#days.get(id)
    const number = dayNumber(day)
    if (days === undefined) this.#days.set(id, number)
    else if (typeof days === 'number') this.#days.set(id, [days, number])
    else days.push(number)
  }
}

const idColumn = { voices: 'id', events: 'id', mentions: 'voice_id' } as const

/** What the analytic store knows of these keys. */
export async function knownIn(
  analytics: Analytics,
  table: keyof typeof idColumn,
  tenant: string,
  keys: readonly Key[],
): Promise<Known> {
  const known = new Known()
  if (keys.length === 0) return known
  const numbers = keys.map((key) => dayNumber(key.day))
  const from = dayLiteral(dayText(numbers.reduce((a, b) => Math.min(a, b)) - SAME_WITHIN_DAYS))
  const to = dayLiteral(dayText(numbers.reduce((a, b) => Math.max(a, b)) + SAME_WITHIN_DAYS))
  const column = ident(idColumn[table])
  for (const ids of inPortions(keys.map((key) => key.id))) {
    const rows = await analytics.query<Key>(
      sql`SELECT ${column} AS id, day FROM ${ident(table)}
        WHERE tenant = ${tenant} AND day BETWEEN ${from} AND ${to} AND ${column} IN ${oneOf(ids)} ${once(table)}`,
    )
    for (const row of rows) known.add(row)
  }
  return known
}

const once = (table: keyof typeof idColumn): Sql =>
  table === 'mentions' ? sql`LIMIT 1 BY voice_id, day` : sql`LIMIT 1 BY id, day`

/**
 * A list of texts for IN. The engine reads a hundred thousand literals slowly, and one long text that it cuts up itself in a third of the
 * time; the list is cut at a character that ids do not have, else it is written out.
 */
function oneOf(ids: readonly string[]): Sql {
  if (ids.some((id) => id.includes(CUT))) return sql`${ids}`
  return sql`(SELECT arrayJoin(splitByChar(${CUT}, ${ids.join(CUT)})))`
}
const CUT = '\u001f'

/** Long lists are asked in portions that fit into a statement (MAX_STATEMENT_BYTES). */
export function* inPortions(ids: readonly string[]): Generator<string[]> {
  let portion: string[] = []
  let bytes = 0
  for (const id of new Set(ids)) {
    // At most: three bytes a character, or two and a sign before each.
    const size = id.length * 3 + 4
    if (bytes + size > 7_000_000) {
      yield portion
      portion = []
      bytes = 0
    }
    portion.push(id)
    bytes += size
  }
  if (portion.length > 0) yield portion
}
