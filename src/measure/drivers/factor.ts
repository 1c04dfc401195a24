import type { TenantId } from '../../core/tenant.ts'
import type { Words } from '../../core/words.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import type { Candidate } from './candidate.ts'
import { findOperation } from './operations.ts'
import type { ProductFacts } from './products.ts'
import { customerKind, findTrait, numberOf, wordOf } from './traits.ts'

/** What a factor is called, where it is mended and how, as far as it is no complaint. */
export const describedFactor = (factor: string): (Words & { touchpoint: string; advice: Words }) | undefined =>
  findOperation(factor) ?? findTrait(factor)

/**
 * Whether a row of `orders` has a factor: 2 = it has, 1 = it could have and has not, 0 = it says nothing. Undefined for complaints, which
 * are no matter of orders. Of an attribute, the products must be given: orders know their ids alone.
 */
export function stateOf(
  { factor, value = '' }: Candidate,
  asking: Asking,
  tenant: TenantId,
  products?: ReadonlyMap<string, ProductFacts>,
): Sql | undefined {
  const operation = findOperation(factor)
  if (operation) return operation.state(asking, tenant)
  switch (factor) {
    case 'city':
      return sql`multiIf(city = '', 0, city = ${value}, 2, 1)`
    case 'merchant':
      return sql`multiIf(merchant_id = '', 0, merchant_id = ${value}, 2, 1)`
    case 'customer':
      return sql`multiIf(customer_ref = '', 0, ${customerKind(tenant)} = ${value}, 2, 1)`
    case 'attribute':
      return ofProducts(value, products)
    case 'fact':
      return ofFact(value, tenant)
    default:
      return undefined
  }
}

function ofProducts(value: string, products?: ReadonlyMap<string, ProductFacts>): Sql {
  const [name, wanted] = value.split(/=(.*)/s) as [string, string]
  const ids = [...(products ?? [])]
    .filter(([, { attributes }]) => String(attributes[name]) === wanted)
    .map(([id]) => id)
  return ids.length === 0 ? sql`0` : sql`multiIf(product_id IN ${ids}, 2, 1)`
}

function ofFact(value: string, tenant: TenantId): Sql {
  const end = /^(.*):(low|high)$/s.exec(value)
  if (!end) {
    const [key, word] = value.split(/=(.*)/s) as [string, string]
    return sql`multiIf(NOT visitParamHas(facts, ${key}), 0, ${wordOf(key)} = ${word}, 2, 1)`
  }
  const [, key, which] = end as unknown as [string, string, string]
  const limit = sql`(SELECT quantileExact(${which === 'high' ? 0.8 : 0.2})(${numberOf(key)}) FROM orders FINAL
    WHERE tenant = ${tenant} AND removed = 0 AND visitParamHas(facts, ${key}))`
  const beyond = which === 'high' ? sql`${numberOf(key)} > ${limit}` : sql`${numberOf(key)} <= ${limit}`
  return sql`multiIf(NOT visitParamHas(facts, ${key}), 0, ${beyond}, 2, 1)`
}
