import { cityWords } from '../../core/cities.ts'
import { touchpoints } from '../../core/touchpoint.ts'
import type { Words } from '../../core/words.ts'
import type { Candidate } from './candidate.ts'
import { findOperation } from './operations.ts'
import type { Outcome } from './outcomes.ts'

/** What people read instead of ids, handed in by whoever knows the packs. An unknown id is shown as it is. */
export interface Names {
  aspects: ReadonlyMap<string, Words & { touchpoint: string }>
  scenes: ReadonlyMap<string, Words>
  /** A category as people read it; without it, as the data call it. */
  category?(name: string): Words
  /** A merchant's name; without it, the id. */
  merchant?(id: string): string | undefined
}

/** The touchpoint of each aspect. */
export const touchpointsOf = ({ aspects }: Pick<Names, 'aspects'>): ReadonlyMap<string, string> =>
  new Map([...aspects].map(([id, { touchpoint }]) => [id, touchpoint]))

/**
 * The finding as one sentence in each language: who, then what goes with it. Words of association alone; that one thing makes the
 * other happen is for a proof to say.
 */
export function sentenceOf(
  candidate: Candidate,
  outcome: Outcome,
  effect: number,
  names: Names,
  cities: readonly string[] = [],
): Words {
  const who = isComplaint(candidate) ? complainers(candidate, outcome, names) : affected(candidate, names)
  const what = difference(candidate, outcome, effect)
  const where =
    cities.length === 0
      ? { zh: '', en: '' }
      : {
          zh: `（多在${cities.join('、')}）`,
          en: ` (mostly in ${cities.map((city) => cityWords(city).en).join(', ')})`,
        }
  const { category } = candidate
  const about = names.category?.(category) ?? { zh: category, en: category }
  return category === ''
    ? { zh: `${who.zh}${where.zh}，${what.zh}`, en: `${who.en}${where.en} ${what.en}` }
    : {
        zh: `${about.zh}：${who.zh}${where.zh}，${what.zh}`,
        en: `${about.en}: ${lowerFirst(who.en)}${where.en} ${what.en}`,
      }
}

/** Subjects: customers return and recommend, reviews carry ratings, orders come late. */
function complainers(candidate: Candidate, outcome: Outcome, names: Names): Words {
  const { scene, value } = candidate
  const what = complaintOf(candidate, names)
  const when = scene === '' ? undefined : (names.scenes.get(scene) ?? { zh: scene, en: scene })
  const isNew = candidate.factor === 'aspect' && value === 'new'
  const subject =
    outcome.cases === ''
      ? { zh: '评价', en: 'Reviews that' }
      : { zh: '顾客', en: isNew ? 'New customers who' : 'Customers who' }
  return {
    zh: `${isNew ? '首次购买、' : ''}${when ? `在“${when.zh}”时` : ''}抱怨${what.zh}的${subject.zh}`,
    en: `${subject.en} complain of ${what.en}${when ? ` (${lowerFirst(when.en)})` : ''}`,
  }
}

/** Complaints are made by customers; all other factors are facts of their orders. */
export const isComplaint = ({ factor }: Candidate): boolean => factor === 'aspect' || factor === 'touchpoint'

function complaintOf({ factor, aspect, value = '' }: Candidate, names: Names): Words {
  if (factor === 'touchpoint') {
    const at = touchpoints.find(({ id }) => id === value) ?? { zh: value, en: value }
    return { zh: `“${at.zh}”这一环节`, en: `anything at the touchpoint “${at.en}”` }
  }
  const what = names.aspects.get(aspect) ?? { zh: aspect, en: aspect }
  return { zh: what.zh, en: lowerFirst(what.en) }
}

function affected({ factor, value = '' }: Candidate, names: Names): Words {
  const operation = findOperation(factor)
  if (operation) return { zh: `${operation.zh}的订单`, en: `Orders ${operation.orders}` }
  switch (factor) {
    case 'city':
      return { zh: `${value}的订单`, en: `Orders to ${cityWords(value).en}` }
    case 'customer':
      return value === 'new'
        ? { zh: '首次购买的订单', en: 'First orders' }
        : { zh: '老顾客的订单', en: 'Orders of known customers' }
    case 'merchant': {
      const name = names.merchant?.(value) ?? value
      return {
        zh: `“${name}”的订单（与同类其他店的商品相比）`,
        en: `Orders of ${name} (against other shops’ products)`,
      }
    }
    case 'attribute':
      return {
        zh: `${value.replace('=', '为')}的商品的订单（与同类其他商品相比）`,
        en: `Orders of products with ${value.replace('=', ' ')} (against others of the kind)`,
      }
    default:
      return ofFact(value)
  }
}

function ofFact(value: string): Words {
  const end = /^(.*):(low|high)$/s.exec(value)
  if (!end) return { zh: `${value.replace('=', '为')}的订单`, en: `Orders with ${value.replace('=', ' ')}` }
  const [, key, which] = end as unknown as [string, string, string]
  return which === 'high'
    ? { zh: `${key} 最高的五分之一订单`, en: `Orders in the highest fifth of ${key}` }
    : { zh: `${key} 最低的五分之一订单`, en: `Orders in the lowest fifth of ${key}` }
}

function difference(candidate: Candidate, outcome: Outcome, effect: number): Words {
  const complaint = isComplaint(candidate)
  const more = effect > 0
  const points = Math.abs(100 * effect).toFixed(1)
  switch (outcome.id) {
    case 'return':
      return {
        zh: `退货${more ? '多' : '少'} ${points} 个百分点`,
        en: `${complaint ? 'return' : 'are returned'} ${points} pp ${more ? 'more' : 'less'}`,
      }
    case 'refund':
      return {
        zh: `仅退款${more ? '多' : '少'} ${points} 个百分点`,
        en: `${complaint ? 'get' : 'have'} ${points} pp ${more ? 'more' : 'fewer'} refunds without return`,
      }
    case 'cancel':
      return {
        zh: `取消${more ? '多' : '少'} ${points} 个百分点`,
        en: `${complaint ? 'cancel' : 'are cancelled'} ${points} pp ${more ? 'more' : 'less'} often`,
      }
    case 'churn':
      return {
        zh: `30 天内没有再买的${more ? '多' : '少'} ${points} 个百分点`,
        en: `${complaint ? 'order' : 'are followed by an order'} within 30 days ${points} pp ${more ? 'less' : 'more'} often`,
      }
    case 'late':
      return {
        zh: `晚到${more ? '多' : '少'} ${points} 个百分点`,
        en: `come late ${points} pp ${more ? 'more' : 'less'} often`,
      }
    case 'low_rating':
      return {
        zh: `低分${more ? '多' : '少'} ${points} 个百分点`,
        en: `have ${points} pp ${more ? 'more' : 'fewer'} low ratings`,
      }
    case 'rating':
      return {
        zh: `评分${more ? '高' : '低'} ${Math.abs(effect).toFixed(2)} 分（1–5 分）`,
        en: `are rated ${Math.abs(effect).toFixed(2)} points ${more ? 'higher' : 'lower'} (1–5)`,
      }
    case 'nps':
      return {
        zh: `净推荐值${more ? '高' : '低'} ${Math.abs(effect).toFixed(1)} 分`,
        en: `have an NPS ${Math.abs(effect).toFixed(1)} points ${more ? 'higher' : 'lower'}`,
      }
    default:
      return {
        zh: `满意的${more ? '多' : '少'} ${points} 个百分点`,
        en: `are satisfied ${points} pp ${more ? 'more' : 'less'} often`,
      }
  }
}

const lowerFirst = (text: string) => (/^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text)
