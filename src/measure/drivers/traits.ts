import type { TenantId } from '../../core/tenant.ts'
import type { Words } from '../../core/words.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { join, type Sql, sql } from '../../store/clickhouse/sql.ts'
import { previousSlice, type Slice, within } from '../slice.ts'

/**
 * Traits of an order that have several values: where it goes, who orders, and what else its record says (`facts`). Each value is compared
 * with all others of the same trait; of a number, fifths are made and followed as a trend.
 */
export interface Trait extends Words {
  id: string
  touchpoint: string
  advice: Words
}

export const traits: readonly Trait[] = [
  {
    id: 'city',
    zh: '城市',
    en: 'City',
    touchpoint: 'fulfil.deliver',
    advice: {
      zh: '先看这座城市的送达和安装，再看当地的承运商和服务网点。',
      en: 'Look at delivery and fitting in this city first, then at its carriers and service points.',
    },
  },
  {
    id: 'customer',
    zh: '新老顾客',
    en: 'New or known customer',
    touchpoint: 'browse.detail',
    advice: {
      zh: '看这类顾客不知道什么：把他们抱怨的参数和用法移到详情页前面。',
      en: 'See what these customers do not know: move the parameters and uses that they complain of up on the page.',
    },
  },
  {
    id: 'fact',
    zh: '订单的其他事实',
    en: 'Another fact of the order',
    touchpoint: 'trade.checkout',
    advice: {
      zh: '核对这一事实怎样进入履约：是政策、活动还是承诺本身做不到。',
      en: 'Check how this fact enters fulfilment: a policy, a promotion, or a promise that cannot be kept.',
    },
  },
  {
    id: 'merchant',
    zh: '商家',
    en: 'Merchant',
    touchpoint: 'aftersale.service',
    advice: {
      zh: '和同类商家逐项比：咨询、发货、售后，找出差在哪一步。',
      en: 'Compare with shops of the same kind step by step, enquiry, dispatch, after-sale, to see where it falls behind.',
    },
  },
  {
    id: 'attribute',
    zh: '商品属性',
    en: 'Product attribute',
    touchpoint: 'browse.detail',
    advice: {
      zh: '看这一规格的评价在抱怨什么；页面上写清它适合谁。',
      en: 'See what reviews of this variant complain of; say on the page for whom it is.',
    },
  },
]

export const findTrait = (id: string): Trait | undefined => traits.find((trait) => trait.id === id)

/** A further fact that is worth comparing: one of few words, or a number with the inner limits of its fifths. */
export interface FactTrait {
  key: string
  limits: readonly number[] | null
}

/** What a record says after the event, or to name it, is no cause of anything. */
const NOT_BEFORE = new Set(
  'status after_sale close_reason late paid waybill variant firstOrder first_order total_minor'.split(' '),
)
const IS_NUMBER = '^-?[0-9]+([.][0-9]+)?$'
const MOST_KEYS = 24
const MOST_WORDS = 12
/** Below this many orders a fact is not looked at. */
const LEAST_ORDERS = 200

/**
 * The further facts of a tenant's orders, judged by their values alone and never by an outcome: numbers (at least nine of ten, three or
 * more different) and words (two to twelve different). The limits of the fifths are those of all orders of both periods.
 */
export async function findFacts(analytics: Analytics, slice: Slice): Promise<FactTrait[]> {
  const orders = sql`orders FINAL WHERE ${within({ ...slice, from: previousSlice(slice).from }, 'orders')} AND facts NOT IN ('', '{}')`
  const keys = await analytics.query<{ key: string; n: number }>(sql`
    SELECT arrayJoin(extractAll(facts, ${'"([^"\\\\]{1,80})":'})) AS key, count() AS n FROM ${orders}
    GROUP BY key HAVING n >= ${LEAST_ORDERS} ORDER BY n DESC, key LIMIT ${MOST_KEYS}`)
  const wanted = keys.map(({ key }) => key).filter((key) => !NOT_BEFORE.has(key))
  if (wanted.length === 0) return []
  const profiles = await analytics.query<Profile>(sql`
    SELECT pair.1 AS key, count() AS n, countIf(number) AS numbers, uniqExact(raw) AS different,
      quantilesExactIf(0.2, 0.4, 0.6, 0.8)(toFloat64(if(number, raw, '0')), number) AS limits
    FROM (
      SELECT arrayJoin([${join(wanted.map((key) => sql`(${key}, visitParamExtractRaw(facts, ${key}))`))}]) AS pair, pair.2 AS raw,
        match(raw, ${IS_NUMBER}) AS number
      FROM ${orders}
    ) WHERE raw != '' GROUP BY key ORDER BY key`)
  return profiles.flatMap(factOf)
}

interface Profile {
  key: string
  n: number
  numbers: number
  different: number
  limits: number[]
}

function factOf({ key, n, numbers, different, limits }: Profile): FactTrait[] {
  if (n < LEAST_ORDERS) return []
  if (numbers >= 0.9 * n && different >= 3) return [{ key, limits: [...new Set(limits)].sort((a, b) => a - b) }]
  return different >= 2 && different <= MOST_WORDS ? [{ key, limits: null }] : []
}

/** The traits of a row of `orders`. */
export function orderTraits(facts: readonly FactTrait[], tenant: TenantId): { trait: string; value: Sql }[] {
  return [
    { trait: 'city', value: sql`toString(city)` },
    { trait: 'customer', value: customerKind(tenant) },
    ...facts.map(({ key, limits }) =>
      limits ? { trait: `fifths:${key}`, value: fifthOf(key, limits) } : { trait: `fact:${key}`, value: wordOf(key) },
    ),
  ]
}

/**
 * The trait that a candidate is a value of, and whether an order with some value of it has that one: 2 = it has, 1 = another one, 0 = of
 * the trait nothing is known. Undefined for what is the same in all orders of a product, and for what is no trait.
 */
export function traitOf(
  { factor, value = '' }: { factor: string; value?: string | undefined },
  facts: readonly FactTrait[],
): { trait: string; state(known: string): number } | undefined {
  const is = (wanted: string) => (known: string) => (known === '' ? 0 : known === wanted ? 2 : 1)
  if (factor === 'city' || factor === 'customer') return { trait: factor, state: is(value) }
  if (factor !== 'fact') return undefined
  const end = /^(.*):(low|high)$/s.exec(value)
  if (!end) {
    const [key, word] = value.split(/=(.*)/s) as [string, string]
    return { trait: `fact:${key}`, state: is(word) }
  }
  const [, key, which] = end as unknown as [string, string, string]
  const highest = (facts.find((fact) => fact.key === key)?.limits?.length ?? 0) + 1
  return { trait: `fifths:${key}`, state: is(which === 'low' ? '1' : String(highest)) }
}

export const wordOf = (key: string): Sql => sql`replaceAll(visitParamExtractRaw(facts, ${key}), '"', '')`

export function numberOf(key: string): Sql {
  const raw = sql`visitParamExtractRaw(facts, ${key})`
  return sql`toFloat64(if(match(${raw}, ${IS_NUMBER}), ${raw}, '0'))`
}

/** Which fifth, from 1: the number of limits that lie below, and one. */
function fifthOf(key: string, limits: readonly number[]): Sql {
  const above = limits.map((limit) => sql`(${numberOf(key)} > ${limit})`)
  return sql`if(visitParamHas(facts, ${key}), toString(1 + ${join(above, sql` + `)}), '')`
}

/** New: this is the customer's first order, by the shop's own word where it gives one, else the first on record. */
export const customerKind = (tenant: TenantId): Sql => sql`multiIf(
  customer_ref = '', '',
  visitParamHas(facts, 'firstOrder'), if(visitParamExtractRaw(facts, 'firstOrder') = 'true', 'new', 'known'),
  (customer_ref, ordered_at) GLOBAL IN (
    SELECT customer_ref, min(ordered_at) FROM orders WHERE tenant = ${tenant} AND removed = 0 GROUP BY customer_ref
  ), 'new', 'known')`

/** The moments at which each customer placed an order. */
export const ordersOfCustomers = (tenant: TenantId): Sql => sql`
  SELECT customer_ref, groupUniqArray(ordered_at) AS times FROM orders
  WHERE tenant = ${tenant} AND customer_ref != '' AND removed = 0 GROUP BY customer_ref`
