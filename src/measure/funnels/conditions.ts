import { join, type Sql, type SqlValue, sql, trusted } from '../../store/clickhouse/sql.ts'
import type { Condition, Field, FunnelDimension, Step } from './definition.ts'

const columns: Record<Field, Sql> = {
  touchpoint: sql`touchpoint`,
  category: sql`category`,
  channel: sql`channel`,
  city: sql`city`,
  merchant: sql`merchant_id`,
  product: sql`product_id`,
  source: sql`source`,
}

/** A property's name as it stands in the stored JSON. */
const key = (prop: string): string => JSON.stringify(prop).slice(1, -1)

/** Which rows of `events` fit a step; rows of orders fit none of its kind. */
export function fits(step: Step): Sql {
  if ('order' in step) return sql`(order_fact = ${step.order})`
  const conditions: Sql[] = [sql`order_fact = ''`, ...step.where.map(holds)]
  if (step.events.length > 0) conditions.push(sql`name IN ${step.events}`)
  return sql`(${join(conditions, sql` AND `)})`
}

function holds(condition: Condition): Sql {
  if ('in' in condition && condition.in.length === 0) return sql`1`
  if ('field' in condition) return negated(sql`${columns[condition.field]} IN ${condition.in}`, condition.not)
  const prop = key(condition.prop)
  if ('in' in condition) {
    const values: SqlValue[] = condition.in.map((value) => JSON.stringify(value))
    return negated(sql`visitParamExtractRaw(props, ${prop}) IN ${values}`, condition.not)
  }
  const value = sql`visitParamExtractFloat(props, ${prop})`
  if (condition.atLeast === undefined && condition.atMost === undefined) return sql`1`
  const parts = [sql`visitParamHas(props, ${prop})`]
  if (condition.atLeast !== undefined) parts.push(sql`${value} >= ${condition.atLeast}`)
  if (condition.atMost !== undefined) parts.push(sql`${value} <= ${condition.atMost}`)
  return sql`(${join(parts, sql` AND `)})`
}

const negated = (condition: Sql, not: boolean | undefined): Sql => (not ? sql`NOT (${condition})` : condition)

/** What a row says along a dimension, as text; a property as it is written in JSON. Whether a customer is new no row says: see `walks.ts`. */
export function dimensionOf(by: FunnelDimension): Sql {
  if (by === 'customer') return trusted("''")
  const prop = by.startsWith('prop:') ? by.slice(5) : undefined
  if (prop !== undefined) return sql`visitParamExtractRaw(props, ${key(prop)})`
  return sql`toString(${columns[by as Field]})`
}

/** A dimension's value for people: properties lose their quotes. */
export function valueText(by: FunnelDimension, value: string): string {
  if (!by.startsWith('prop:') || value === '') return value
  try {
    return String(JSON.parse(value))
  } catch {
    return value
  }
}
