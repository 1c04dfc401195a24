import type { TFunction } from 'i18next'
import type { Driver } from '../../src/http/shapes.ts'
import type { Names } from '../shell/surroundings.tsx'

type Factor = Pick<Driver, 'factor' | 'aspect' | 'value'>

const traits: ReadonlySet<string> = new Set(['customer', 'merchant', 'city', 'attribute', 'fact'])

/** How cases with a factor are spoken of: who has a problem, or who or what they are. */
export const wordsOf = ({ factor }: Pick<Driver, 'factor'>): 'problem' | 'trait' =>
  traits.has(factor) ? 'trait' : 'problem'

/** What a factor is called, with the one of its values that it is: 城市 · 北京, 退货的触点, 安装引导（首次购买）. */
export function factorName({ factor, aspect, value = '' }: Factor, names: Names, t: TFunction): string {
  switch (factor) {
    case 'aspect':
      return value === 'new' ? `${names.aspect(aspect)} · ${t('finding.newCustomers')}` : names.aspect(aspect)
    case 'touchpoint':
      return `${names.factor(factor)} · ${names.touchpoint(value)}`
    case 'customer':
      return t(value === 'new' ? 'finding.newCustomers' : 'finding.knownCustomers')
    case 'merchant':
      return `${names.factor(factor)} · ${names.merchant(value)}`
    case 'city':
      return `${names.factor(factor)} · ${names.city(value)}`
    case 'attribute':
      return value.replace('=', ' ')
    case 'fact':
      return ofFact(value, t)
    default:
      return names.factor(factor)
  }
}

function ofFact(value: string, t: TFunction): string {
  const end = /^(.*):(low|high)$/s.exec(value)
  if (!end) return value.replace('=', ' ')
  return t(end[2] === 'high' ? 'finding.highestFifth' : 'finding.lowestFifth', { key: end[1]! })
}

const rated: ReadonlySet<string> = new Set(['rating', 'low_rating', 'nps', 'csat'])

/** What a finding's volume counts: voices that complain, orders that a fact is true of, else the outcome's own cases. */
export function countedOf({ factor, value, outcome }: Pick<Driver, 'factor' | 'value' | 'outcome'>) {
  if (factor === 'aspect' && !value) return 'finding.affectedVoices' as const
  return value && rated.has(outcome) ? ('finding.affectedRatings' as const) : ('finding.affectedOrders' as const)
}
