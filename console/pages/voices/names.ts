import { useTranslation } from 'react-i18next'
import type { ListKey, SingleKey } from '../../api/search.ts'
import { type Names, useNames } from '../../shell/surroundings.tsx'

const listNames: { [K in ListKey]: (names: Names, value: string) => string } = {
  category: (names, value) => names.category(value),
  city: (names, value) => names.city(value),
  merchant: (names, value) => names.merchant(value),
  product: (names, value) => names.product(value),
  kind: (names, value) => names.kind(value),
  sentiment: (names, value) => names.polarity(value),
  aspect: (names, value) => names.aspect(value),
  scene: (names, value) => `#${names.scene(value)}`,
  emotion: (names, value) => names.emotion(value),
  intent: (names, value) => names.intent(value),
  urgency: (names, value) => names.urgency(value),
  speaker: (names, value) => names.speaker(value),
}

/** How one filter value is called on its chip. */
export function useFilterName(): (key: ListKey | SingleKey, value: string) => string {
  const { t } = useTranslation()
  const names = useNames()
  return (key, value) => {
    if (key in listNames) return listNames[key as ListKey](names, value)
    if (key === 'text') return t('voices.text', { what: value })
    if (key === 'order') return t('voices.order', { what: value })
    if (key === 'metric') return t('voices.metric', { what: value.toUpperCase() })
    if (key === 'rating') return t(value === 'low' ? 'voices.rating_low' : 'voices.rating_high')
    if (key === 'returned') return t('voices.returned')
    return key === 'driver' ? t('voices.driver') : value
  }
}
