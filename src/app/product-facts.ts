import type { TenantId } from '../core/tenant.ts'
import type { ProductFacts } from '../measure/drivers/products.ts'
import type { Core } from './core.ts'

/** What the catalogue knows of a tenant's products and shops, for comparisons across products. */
export async function productFacts(db: Core['stores']['db'], tenant: TenantId) {
  const rows = await db
    .selectFrom('products')
    .select(['id', 'merchant_id', 'merchant_name', 'attributes'])
    .where('tenant', '=', tenant)
    .execute()
  const shops = new Map(rows.map((row) => [row.merchant_id, row.merchant_name || undefined]))
  return {
    products: new Map<string, ProductFacts>(
      rows.map((row) => [
        row.id,
        { merchantId: row.merchant_id, attributes: row.attributes as ProductFacts['attributes'] },
      ]),
    ),
    merchant: (id: string): string | undefined => shops.get(id),
  }
}
