import { wilson } from '../../core/share.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { join, sql, trusted } from '../../store/clickhouse/sql.ts'
import { within } from '../slice.ts'
import type { Candidate } from './candidate.ts'
import type { CaseQuestion } from './cases.ts'
import { findOperation, operations } from './operations.ts'

export interface CityRow {
  category: string
  city: string
  /** `late_delivery` … = orders that have the fact, `late_delivery_of` … = orders that could have it. */
  [count: string]: string | number
}

/** How often each fact of the operation happens, city by city. */
export function operationsByCity(analytics: Analytics, question: CaseQuestion): Promise<CityRow[]> {
  const counts = operations.map(({ id, state }) => {
    const [has, could] = [trusted(id), trusted(`${id}_of`)]
    return sql`countIf(${state(question, question.slice.tenant)} = 2) AS ${has}, countIf(${state(question, question.slice.tenant)} > 0) AS ${could}`
  })
  return analytics.query(sql`
    SELECT category, city, ${join(counts)} FROM orders FINAL
    WHERE ${within(question.slice, 'orders')} AND city != '' GROUP BY category, city`)
}

const MOST_CITIES = 3

/**
 * Where a fact of the operation is at home: at most three cities in which it is certainly more frequent than elsewhere and which
 * together hold half of it. None where it is spread, or for what customers say.
 */
export function citiesOf({ category, factor }: Candidate, rows: readonly CityRow[]): string[] {
  const operation = findOperation(factor)
  if (!operation) return []
  const cities = new Map<string, { has: number; of: number }>()
  for (const row of rows) {
    if (category !== '' && row.category !== category) continue
    const known = cities.get(row.city) ?? { has: 0, of: 0 }
    cities.set(row.city, {
      has: known.has + Number(row[operation.id]),
      of: known.of + Number(row[`${operation.id}_of`]),
    })
  }
  const all = [...cities.values()].reduce((sum, one) => ({ has: sum.has + one.has, of: sum.of + one.of }), {
    has: 0,
    of: 0,
  })
  const elsewhere = (one: { has: number; of: number }) => (all.has - one.has) / Math.max(1, all.of - one.of)
  const frequent = [...cities]
    .filter(([, one]) => one.of > 0 && wilson(one.has, one.of).low! > elsewhere(one))
    .sort(([, one], [, other]) => other.has - one.has)
    .slice(0, MOST_CITIES)
  const held = frequent.reduce((sum, [, one]) => sum + one.has, 0)
  return held * 2 >= all.has ? frequent.map(([city]) => city) : []
}
