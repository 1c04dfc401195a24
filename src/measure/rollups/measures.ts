import { createHash } from 'node:crypto'
import type { MarkedTable } from '../../store/clickhouse/marks.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Counting, Indicator } from '../indicators/define.ts'
import { indicators } from '../indicators/list.ts'

/** What is added up day by day: rows of a table, those that count up and down, each under an item (an aspect, a touchpoint) or none. */
export interface Rolling {
  id: string
  table: MarkedTable
  rows: Sql
  item: Sql
  plus: Sql
  minus: Sql
}

const none = sql`''`
const spoken = sql`speaker = 'customer'`

/** What pages ask for beside the indicators. */
export const said: Rolling = {
  id: 'said',
  table: 'mentions',
  rows: sql`1`,
  item: sql`aspect`,
  plus: sql`polarity = 'positive'`,
  minus: sql`polarity = 'negative'`,
}
export const flow: Rolling = {
  id: 'flow',
  table: 'voices',
  rows: spoken,
  item: none,
  plus: sql`read = 1`,
  minus: sql`read = 1 AND sentiment = 'negative'`,
}

/**
 * What an indicator counts, where that does not depend on when it is asked. (An order that can still come back is counted tomorrow: return
 * rates are always counted from the orders themselves.)
 */
export function rollingOf(id: string, counting: Counting, item: Sql = none): Rolling | null {
  if (counting.table === 'orders' || counting.cases || counting.value) return null
  const compiled = [0, 1].map((asOf) => {
    const asking = { asOf, returnWindowDays: asOf + 1 }
    return [counting.rows(asking), counting.plus?.(asking) ?? sql`0`, counting.minus?.(asking) ?? sql`0`] as const
  })
  const [[rows, plus, minus], other] = compiled as [readonly [Sql, Sql, Sql], readonly [Sql, Sql, Sql]]
  if ([rows, plus, minus].some((part, place) => part.text !== other[place]!.text)) return null
  return { id, table: counting.table, rows, item, plus, minus }
}

function fromIndicators(): Rolling[] {
  return (indicators as readonly Indicator[])
    .flatMap(({ id, counting, byMention }) => [
      rollingOf(id, counting),
      byMention ? rollingOf(`${id}.aspect`, byMention, sql`aspect`) : null,
      byMention ? rollingOf(`${id}.scene`, byMention, sql`scene`) : null,
    ])
    .filter((one) => one !== null)
}

/** Everything that is added up. */
export const rollings: readonly Rolling[] = [...fromIndicators(), said, flow]

/** The dimensions by which it is added up, beside the whole. They are the filters of a slice, and the columns of all three tables. */
export const rolledDimensions = {
  category: 'category',
  merchant: 'merchant_id',
  product: 'product_id',
  city: 'city',
  channel: 'channel',
} as const
export type RolledDimension = keyof typeof rolledDimensions

/** Changes with what is added up, so that sums of an older release are not taken for those of this one. */
export const rollingVersion: string = createHash('sha256')
  .update(
    JSON.stringify([
      rollings.map((one) => Object.values(one).map((part) => (typeof part === 'string' ? part : part.text))),
      rolledDimensions,
    ]),
  )
  .digest('base64url')
  .slice(0, 12)

const byId: ReadonlyMap<string, Rolling> = new Map(rollings.map((one) => [one.id, one]))

/** The day sums of a built-in indicator's counting; null where there are none, as for an order's, or one that a tenant made. */
export function rollingFor(id: string, counting: Counting, by: string): Rolling | null {
  const rolling = byId.get(by === 'aspect' || by === 'scene' ? `${id}.${by}` : id)
  return rolling && counting.table === rolling.table ? rolling : null
}
