import { join, type Sql, sql } from '../../../store/clickhouse/sql.ts'
import { conversations } from '../conversations.ts'
import type { Asking, Counting, Indicator } from '../define.ts'
import { asMean } from '../mean.ts'
import { asPercentile } from '../percentile.ts'
import { asShare } from '../share.ts'
import { measured, type OwnCondition, type OwnDefinition } from './definition.ts'
import { numberFields, wordFields } from './fields.ts'
import { restrictions } from './known.ts'
import { formulaOf, type NameOf } from './words.ts'

/** A tenant's own indicator, as good as a built-in one. */
export function compileOwn(id: string, definition: OwnDefinition, nameOf?: NameOf): Indicator {
  const { zh, en, higherIsBetter, table, where, of } = definition
  const words = { id, zh, en, group: 'own', higherIsBetter, ...formulaOf(definition, nameOf) } as const
  const only = restrictions(definition)
  const rows = (asking: Asking) =>
    all([...only.map((one) => one.rows(asking)), ...where.map((one) => held(one, asking))])
  const base: Counting = {
    table: table === 'conversations' ? 'voices' : table,
    ...(table === 'conversations' ? { cases: ofConversations } : {}),
    ...(only.some(({ id }) => id === 'returns' || id === 'refunds') ? { needsReturns: true as const } : {}),
    rows,
  }
  if ('share' in of)
    return {
      ...words,
      counting: { ...base, plus: (asking) => all(of.share.map((one) => held(one, asking))) },
      ...asShare,
    }
  const { number, percent } = measured(definition)!
  const { unit, sql: value } = numberFields[number]
  const counting: Counting = {
    ...base,
    rows: (asking) => sql`${rows(asking)} AND ${value(asking)} IS NOT NULL`,
    value: (asking) => sql`ifNull(${value(asking)}, 0)`,
  }
  return percent === null
    ? { ...words, unit, counting, ...asMean([-Infinity, Infinity]) }
    : { ...words, counting, ...asPercentile(unit, percent) }
}

const ofConversations: Counting['cases'] = (slice, _, columns) => conversations(slice, columns)

const all = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0
    ? sql`1`
    : join(
        conditions.map((one) => sql`(${one})`),
        sql` AND `,
      )

function held(condition: OwnCondition, asking: Asking): Sql {
  if ('field' in condition) {
    const listed = wordFields[condition.field].has(condition.in, asking)
    return condition.not ? sql`NOT (${listed})` : listed
  }
  const value = numberFields[condition.number].sql(asking)
  const least = condition.atLeast === undefined ? sql`1` : sql`${value} >= ${condition.atLeast}`
  const most = condition.atMost === undefined ? sql`1` : sql`${value} <= ${condition.atMost}`
  return sql`ifNull(${least} AND ${most}, 0)`
}
