import type { Analytics } from '../store/clickhouse/analytics.ts'
import { day as dayLiteral, ident, type Sql, sql } from '../store/clickhouse/sql.ts'

/**
 * A voice or event with an id that is known on a day so near is the same one come again (re-sent, or exported with another zone);
 * farther away, the id has been given out anew.
 */
export const SAME_WITHIN_DAYS = 7

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000
const dayText = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10)

export interface Key {
  id: string
  /** `YYYY-MM-DD` */
  day: string
}

/** Which records of one tenant and one table are there already. */
export class Known {
  readonly #days = new Map<string, number[]>()

  has({ id, day }: Key): boolean {
    const days = this.#days.get(id)
    if (!days) return false
    const number = dayNumber(day)
    return days.some((known) => Math.abs(known - number) <= SAME_WITHIN_DAYS)
  }

  add({ id, day }: Key): void {
    const days = this.#days.get(id)
    if (days) days.push(dayNumber(day))
    else this.#days.set(id, [dayNumber(day)])
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
        WHERE tenant = ${tenant} AND day BETWEEN ${from} AND ${to} AND ${column} IN ${ids} ${once(table)}`,
    )
    for (const row of rows) known.add(row)
  }
  return known
}

const once = (table: keyof typeof idColumn): Sql =>
  table === 'mentions' ? sql`LIMIT 1 BY voice_id, day` : sql`LIMIT 1 BY id, day`

/** ClickHouse refuses a statement above 256 KiB, so long lists are asked in portions. */
export function* inPortions(ids: readonly string[]): Generator<string[]> {
  let portion: string[] = []
  let bytes = 0
  for (const id of new Set(ids)) {
    const size = Buffer.byteLength(id) * 2 + 4
    if (bytes + size > 180_000) {
      yield portion
      portion = []
      bytes = 0
    }
    portion.push(id)
    bytes += size
  }
  if (portion.length > 0) yield portion
}
