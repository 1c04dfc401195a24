import { addDays } from '../core/clock.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Analytics } from '../store/clickhouse/analytics.ts'
import { day, type Sql, sql, trusted } from '../store/clickhouse/sql.ts'
import { voiceMoments } from './drivers/cases.ts'
import { type OrderOutcomeId, orderOutcomes } from './drivers/order-outcomes.ts'
import { type Counts, findOutcome, type Outcome } from './drivers/outcomes.ts'
import { ordersOfCustomers } from './drivers/traits.ts'
import type { Asking } from './indicators/define.ts'
import { windowOpen } from './returns.ts'
import { wholeSlice, within } from './slice.ts'

export interface PanelQuestion extends Asking {
  tenant: TenantId
  /** An outcome of `drivers/outcomes.ts`, such as `return`. */
  outcome: string
  category: string
  /** The products that the change touched; every other product of the category is its comparison. */
  productIds: readonly string[]
  /** Local day of the change: the first day of week 0. */
  changeDay: string
  weeksBefore?: number
  weeksAfter?: number
}

interface ProductWeeks {
  product: string
  weeks: { week: number; n: number; sum: number }[]
}

/** What a difference in differences is computed from: cases and their outcome by product and week around a change. */
export interface Panel {
  treated: ProductWeeks[]
  control: ProductWeeks[]
  measure: 'share' | 'mean'
  better: 'lower' | 'higher'
  /** Order lines left out because they can still come back. */
  censored: number
}

interface PanelRow extends Counts {
  product: string
  week: number
}

/** The product-week panel of an intervention; null for an unknown outcome. Weeks are counted from the day of the change. */
export async function askPanel(analytics: Analytics, question: PanelQuestion): Promise<Panel | null> {
  const outcome = findOutcome(question.outcome)
  if (!outcome) return null
  const [rows, censored] = await Promise.all([
    analytics.query<PanelRow>(
      outcome.cases === 'orders' ? orderWeeks(question, outcome.id as OrderOutcomeId) : voiceWeeks(question, outcome),
    ),
    outcome.cases === 'orders' ? countOpen(analytics, question, outcome.id as OrderOutcomeId) : 0,
  ])
  const touched = new Set(question.productIds)
  const products = new Map<string, ProductWeeks>()
  for (const row of rows) {
    const { n, sum } = outcome.moments(row)
    const known = products.get(row.product) ?? { product: row.product, weeks: [] }
    products.set(row.product, known)
    known.weeks.push({ week: row.week, n, sum })
  }
  const arm = (treated: boolean) => [...products.values()].filter(({ product }) => touched.has(product) === treated)
  return {
    treated: arm(true),
    control: arm(false),
    measure: outcome.unit === 'share' ? 'share' : 'mean',
    better: outcome.worse === 1 ? 'lower' : 'higher',
    censored,
  }
}

function sliceOf({ tenant, category, changeDay, weeksBefore = 8, weeksAfter = 12 }: PanelQuestion) {
  const slice = wholeSlice(tenant, addDays(changeDay, -7 * weeksBefore), addDays(changeDay, 7 * weeksAfter - 1))
  return { ...slice, category: category === '' ? [] : [category] }
}

const weekOf = (column: Sql, changeDay: string): Sql => sql`toInt32(floor((${column} - ${day(changeDay)}) / 7))`

function orderWeeks(question: PanelQuestion, id: OrderOutcomeId): Sql {
  const { known, hit } = orderOutcomes[id]
  const [n, hits] = id === 'return' ? ['n', 'returned'] : [`${id}_n`, `${id}_hits`]
  return sql`
    SELECT product_id AS product, ${weekOf(sql`ordered_day`, question.changeDay)} AS week,
      count() AS ${trusted(n!)}, countIf(${hit(question)}) AS ${trusted(hits!)}
    FROM ${ordersWithTimes(question)}
    WHERE ${known(question)} AND product_id != ''
    GROUP BY product, week ORDER BY product, week`
}

async function countOpen(analytics: Analytics, question: PanelQuestion, id: OrderOutcomeId): Promise<number> {
  const open = id === 'return' ? windowOpen(question) : sql`NOT ${orderOutcomes[id].known(question)}`
  const [row] = await analytics.query<{ n: number }>(sql`
    SELECT count() AS n FROM ${ordersWithTimes(question)} WHERE ${open} AND product_id != ''`)
  return row?.n ?? 0
}

const ordersWithTimes = (question: PanelQuestion): Sql => sql`
  (SELECT * FROM orders FINAL WHERE ${within(sliceOf(question), 'orders')}) AS placed_orders
  GLOBAL ALL LEFT JOIN (${ordersOfCustomers(question.tenant)}) AS theirs USING (customer_ref)`

function voiceWeeks(question: PanelQuestion, outcome: Outcome): Sql {
  return sql`
    SELECT product, week, ${voiceMoments}
    FROM (
      SELECT product_id AS product, ${weekOf(sql`day`, question.changeDay)} AS week,
        assumeNotNull((rating - rating_min) / (rating_max - rating_min)) AS r
      FROM voices
      WHERE ${within(sliceOf(question), 'voices')} AND speaker = 'customer' AND rating IS NOT NULL AND product_id != ''
        AND metric = ${outcome.cases}
    )
    GROUP BY product, week ORDER BY product, week`
}
