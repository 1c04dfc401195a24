import { join, type Sql, sql } from '../../../store/clickhouse/sql.ts'
import type { Asking, Counting, Indicator, Unit } from '../define.ts'
import { asMean } from '../mean.ts'
import { asMedian } from '../percentile.ts'
import { asShare } from '../share.ts'
import type { OwnCondition, OwnDefinition, OwnNumber, OwnWord } from './definition.ts'

/** A tenant's own indicator, as good as a built-in one. */
export function compileOwn(id: string, definition: OwnDefinition): Indicator {
  const { zh, en, higherIsBetter, table, where, of } = definition
  const words = { id, zh, en, group: 'own', higherIsBetter, ...wordsOf(definition) } as const
  if ('share' in of) {
    const counting: Counting = { table, rows: (asking) => all(where, asking), plus: (asking) => all(of.share, asking) }
    return { ...words, counting, ...asShare }
  }
  const name = 'mean' in of ? of.mean : of.median
  const value = (asking: Asking) => numbers[name].sql(asking)
  const rows = (asking: Asking) => sql`${all(where, asking)} AND ${value(asking)} IS NOT NULL`
  const counting: Counting = { table, rows, value: (asking) => sql`ifNull(${value(asking)}, 0)` }
  const { unit } = numbers[name]
  return 'mean' in of
    ? { ...words, unit, counting, ...asMean([-Infinity, Infinity]) }
    : { ...words, counting, ...asMedian(unit) }
}

const all = (conditions: readonly OwnCondition[], asking: Asking): Sql =>
  conditions.length === 0
    ? sql`1`
    : join(
        conditions.map((one) => sql`(${held(one, asking)})`),
        sql` AND `,
      )

function held(condition: OwnCondition, asking: Asking): Sql {
  if ('field' in condition) {
    const listed = sql`toString(${columns[condition.field]}) IN ${condition.in}`
    return condition.not ? sql`NOT (${listed})` : listed
  }
  const value = numbers[condition.number].sql(asking)
  const least = condition.atLeast === undefined ? sql`1` : sql`${value} >= ${condition.atLeast}`
  const most = condition.atMost === undefined ? sql`1` : sql`${value} <= ${condition.atMost}`
  return sql`ifNull(${least} AND ${most}, 0)`
}

const columns: Record<OwnWord, Sql> = {
  category: sql`category`,
  product: sql`product_id`,
  merchant: sql`merchant_id`,
  city: sql`city`,
  channel: sql`channel`,
  source: sql`source`,
  kind: sql`kind`,
  metric: sql`metric`,
  speaker: sql`speaker`,
  sentiment: sql`sentiment`,
  emotion: sql`emotion`,
  urgency: sql`urgency`,
  return_reason: sql`return_reason`,
  name: sql`name`,
  touchpoint: sql`touchpoint`,
}

const DAY_MS = 86_400_000

/** Money in whole units of the order's currency with two decimals; times in days of 24 hours. */
const numbers: Record<OwnNumber, { unit: Unit; sql(asking: Asking): Sql }> = {
  rating: { unit: 'score', sql: () => sql`rating` },
  amount: { unit: 'amount', sql: () => sql`amount_minor / 100` },
  refund: { unit: 'amount', sql: () => sql`refund_minor / 100` },
  quantity: { unit: 'count', sql: () => sql`quantity` },
  delivery_days: { unit: 'days', sql: () => sql`(delivered_at - ordered_at) / ${DAY_MS}` },
  days_late: { unit: 'days', sql: () => sql`(delivered_at - promised_at) / ${DAY_MS}` },
  days_to_return: { unit: 'days', sql: () => sql`(returned_at - delivered_at) / ${DAY_MS}` },
  days_to_cancel: { unit: 'days', sql: () => sql`(cancelled_at - ordered_at) / ${DAY_MS}` },
  hour: { unit: 'count', sql: ({ zone }) => sql`toHour(toDateTime(intDiv(at, 1000)), ${zone ?? 'Asia/Shanghai'})` },
}

/** The formula in the words of the definition itself. */
function wordsOf({ table, where, of }: OwnDefinition): { formula: string; formulaZh: string } {
  const cases = said(where)
  const [en, zh] =
    'share' in of
      ? [`the share with ${said(of.share)}`, `满足 ${said(of.share)} 的占比`]
      : 'mean' in of
        ? [`the mean of ${of.mean}`, `${of.mean} 的均值`]
        : [`the median of ${of.median}`, `${of.median} 的中位数`]
  return {
    formula: `${en} among ${table}${cases && ` with ${cases}`}`,
    formulaZh: `${tablesZh[table]}${cases && `（${cases}）`}中${zh}`,
  }
}

const tablesZh = { voices: '声音', orders: '订单行', events: '行为' } as const

const said = (conditions: readonly OwnCondition[]): string =>
  conditions
    .map((one) =>
      'field' in one
        ? `${one.field} ${one.not ? '∉' : '∈'} {${one.in.join(', ')}}`
        : [
            one.atLeast !== undefined && `${one.number} ≥ ${one.atLeast}`,
            one.atMost !== undefined && `${one.number} ≤ ${one.atMost}`,
          ]
            .filter(Boolean)
            .join(' ∧ '),
    )
    .join(' ∧ ')
