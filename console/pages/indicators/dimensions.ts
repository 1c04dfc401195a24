import { useTranslation } from 'react-i18next'
import type { IndicatorWords } from '../../../src/http/shapes.ts'
import type { ListKey } from '../../api/search.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { zhIndicators } from '../../words/zh.indicators.ts'

export type Dimension = IndicatorWords['dimensions'][number]

/** Those whose groups stand in the order of time, not of size. */
export const inTime: ReadonlySet<Dimension> = new Set(['week', 'month', 'weekday', 'hour'])

/** Dimensions that the voices can be filtered by, so that a group leads to its voices. */
export const filters: { [K in Dimension]?: ListKey } = {
  category: 'category',
  merchant: 'merchant',
  product: 'product',
  city: 'city',
  kind: 'kind',
  aspect: 'aspect',
  scene: 'scene',
}

/** What the server says that the indicator can be divided by, in the order in which it is offered. */
export const offeredFor = (of: IndicatorWords | undefined): Dimension[] => of?.dimensions ?? ['category']

const { weekday, customer } = zhIndicators.indicators

/** The name of a group in the page's language. */
export function useGroupNames(by: Dimension): (group: { key: string; label: string }) => string {
  const { t } = useTranslation()
  const { day } = useFormat()
  const names = useNames()
  return ({ key, label }) => {
    if (by === 'category') return names.category(key)
    if (by === 'city') return names.city(key)
    if (by === 'kind') return names.kind(key)
    if (by === 'aspect') return names.aspect(key)
    if (by === 'scene') return names.scene(key)
    if (by === 'week' || by === 'month') return day(key)
    if (by === 'hour') return `${key.padStart(2, '0')}:00`
    if (by === 'weekday' && `d${key}` in weekday) return t(`indicators.weekday.${`d${key}` as 'd1'}`)
    if (by === 'promotion') return key === 'none' ? t('indicators.ordinaryDay') : names.promotion(key)
    if (by === 'customer' && key in customer) return t(`indicators.customer.${key as 'new'}`)
    return label
  }
}
