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
  factor === 'touchpoint' ? touchpointFactor : (findOperation(factor) ?? findTrait(factor))

/** Anything that is said of a touchpoint of the journey; which one is the candidate's value. */
export const touchpointFactor = {
  id: 'touchpoint',
  zh: '旅程触点',
  en: 'Journey touchpoint',
  touchpoint: '',
  advice: {
    zh: '看这一触点下被抱怨最多的几个方面，逐个分派给负责的部门；没有哪一个单独突出，先改流程。',
    en: 'See which aspects at this touchpoint are complained of most and give each to the department that owns it; none stands out, so look at the process first.',
  },
}

/**
 * A condition on `mentions`: words about what a complaint is about, praise of it too. Of new customers alone where it says so.
 * `touchpoints` are those of all aspects that customers can speak of.
 */
export function aboutOf(
  { factor, aspect, scene, value }: Candidate,
  tenant: TenantId,
  touchpoints: ReadonlyMap<string, string>,
): Sql {
  if (factor === 'touchpoint') {
    const told = [...touchpoints].flatMap(([id, touchpoint]) => (touchpoint === value ? [id] : []))
    return told.length === 0 ? sql`0` : sql`aspect IN ${told}`
  }
  const inScene = scene === '' ? sql`1` : sql`scene = ${scene}`
  const byNew =
    value === 'new'
      ? sql`order_id GLOBAL IN (SELECT order_id FROM orders FINAL WHERE tenant = ${tenant} AND removed = 0 AND ${customerKind(tenant)} = 'new')`
      : sql`1`
  return sql`aspect = ${aspect} AND ${inScene} AND ${byNew}`
}

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
