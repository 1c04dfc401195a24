import { sql } from 'kysely'
import type { Stores } from '../store/open.ts'
import type { Kept } from './kinds.ts'

type Db = Stores['db']

export interface CatalogueEntry {
  id: string
  category: string
  merchant_id: string
}

/** Enters products; a later record of a product replaces the earlier one. */
export async function upsertProducts(db: Db, tenant: string, products: readonly Kept<'products'>[]): Promise<void> {
  const latest = new Map(products.map((product) => [product.id, product]))
  const rows = [...latest.values()].map((product) => ({
    tenant,
    id: product.id,
    title: product.title,
    category: product.category ?? '',
    merchant_id: product.merchantId ?? '',
    merchant_name: product.merchantName ?? '',
    attributes: JSON.stringify(product.attributes).replaceAll('\\u0000', '\\u2400'),
  }))
  for (let start = 0; start < rows.length; start += 1_000) {
    await db
      .insertInto('products')
      .values(rows.slice(start, start + 1_000))
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'id']).doUpdateSet((eb) => ({
          title: eb.ref('excluded.title'),
          category: eb.ref('excluded.category'),
          merchant_id: eb.ref('excluded.merchant_id'),
          merchant_name: eb.ref('excluded.merchant_name'),
          attributes: eb.ref('excluded.attributes'),
        })),
      )
      .execute()
  }
}

/** The products among `ids` that the catalogue knows. */
export async function catalogueOf(
  db: Db,
  tenant: string,
  ids: ReadonlySet<string>,
): Promise<Map<string, CatalogueEntry>> {
  if (ids.size === 0) return new Map()
  const rows = await db
    .selectFrom('products')
    .select(['id', 'category', 'merchant_id'])
    .where('tenant', '=', tenant)
    .where(sql<boolean>`id = any(${[...ids]}::text[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}
