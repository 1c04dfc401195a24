import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import type { TenantId } from '../../src/core/tenant.ts'
import { orderRow, voiceRow } from '../../src/measure/fixture.ts'
import type { Analytics } from '../../src/store/clickhouse/analytics.ts'

const file = (folder: string) => path.resolve(import.meta.dirname, `../../../shared/data/${folder}/orders.csv`)
export const olistFile = file('olist_classified')
export const hasOlist = existsSync(olistFile)
export const olistPeriod = ['2017-02-01', '2018-06-30'] as const

const dayOf = (time: string | undefined) => (time ? time.slice(0, 10) : undefined)

/** The orders of olist with their scores and the facts that were known when they were placed. The readers' votes are left out. */
export async function keepOlist(analytics: Analytics, tenant: TenantId): Promise<void> {
  const rows = parse(readFileSync(olistFile), { columns: true }) as Record<string, string>[]
  const about = (row: Record<string, string>) => ({
    tenant,
    order_id: row.id!,
    category: row.product_category_name!,
    city: row.customer_city!,
  })
  const facts = (row: Record<string, string>) => ({
    value: Number(row.order_products_value),
    freight: Number(row.order_freight_value),
    items: Number(row.order_items_qty),
    sellers: Number(row.order_sellers_qty),
    state: row.customer_state,
    photos: Number(row.product_photos_qty),
  })
  await analytics.insert(
    'orders',
    rows.map((row) => ({
      ...orderRow({
        ...about(row),
        ordered_day: dayOf(row.order_purchase_timestamp)!,
        promised_day: dayOf(row.order_estimated_delivery_date),
        delivered_day: dayOf(row.order_delivered_customer_date),
        facts: JSON.stringify(facts(row)),
      }),
      tenant,
    })),
  )
  await analytics.insert(
    'voices',
    rows.map((row) => ({
      ...voiceRow({
        ...about(row),
        id: row.id!,
        day: dayOf(row.review_creation_date)!,
        rating: Number(row.review_score),
        read: 0,
        text: row.review_comment_message || '',
      }),
      tenant,
    })),
  )
}
