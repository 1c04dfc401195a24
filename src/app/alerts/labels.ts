import { cityWords } from '../../core/cities.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Words } from '../../core/words.ts'
import type { Core } from '../core.ts'

/** What people call a segment. */
export type LabelOf = (dimension: string, segment: string) => Words

const customers: Readonly<Record<string, Words>> = {
  new: { zh: '新顾客', en: 'New customers' },
  known: { zh: '老顾客', en: 'Returning customers' },
}

const channels: Readonly<Record<string, Words>> = {
  app: { zh: 'App', en: 'App' },
  mini_program: { zh: '小程序', en: 'Mini program' },
  web: { zh: '网页', en: 'Web' },
}

/** Names of a tenant's segments: merchants and products by their catalogue, aspects and categories by the packs. */
export async function labelsOf({ stores: { db }, names }: Core, tenant: TenantId): Promise<LabelOf> {
  const rows = await db
    .selectFrom('products')
    .select(['id', 'title', 'merchant_id', 'merchant_name'])
    .where('tenant', '=', tenant)
    .execute()
  const products = new Map(rows.map((row) => [row.id, row.title]))
  const merchants = new Map(rows.map((row) => [row.merchant_id, row.merchant_name]))
  const plain = (text: string): Words => ({ zh: text, en: text })
  return (dimension, segment) => {
    switch (dimension) {
      case '':
        return { zh: '全店', en: 'The whole shop' }
      case 'merchant':
        return plain(merchants.get(segment) || segment)
      case 'product':
        return plain(products.get(segment) || segment)
      case 'category':
        return names.category(segment)
      case 'aspect':
        return names.aspect(segment)
      case 'city':
        return cityWords(segment)
      case 'channel':
        return channels[segment] ?? plain(segment)
      case 'customer':
        return customers[segment] ?? plain(segment)
      default:
        return plain(segment)
    }
  }
}
