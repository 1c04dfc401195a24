import { useTranslation } from 'react-i18next'
import type { FunnelStepDefinition } from '../../../src/http/shapes.ts'
import { useFunnelParts } from '../../api/funnels.ts'
import { useAddress, useFormat, useNames } from '../../shell/surroundings.tsx'
import { zhLive } from '../../words/zh.live.ts'

const known = zhLive.live.step
const fields = zhLive.funnel.field
/** Properties that have a word of their own. */
const props = { path: 'page', release: 'release', device: 'device' } as const

/** How steps, dimensions and their values are called in the page's language. */
export function useFunnelWords() {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const names = useNames()
  const { data: parts } = useFunnelParts(useAddress())
  const event = (id: string) => parts?.events.find((one) => one.id === id)?.[lang] ?? id
  const dimension = (by: string): string => {
    if (by in fields) return t(`funnel.field.${by as keyof typeof fields}`)
    const name = by.replace(/^prop:/, '')
    return name in props ? t(`funnel.${props[name as keyof typeof props]}`) : t('funnel.prop', { name })
  }
  const value = (by: string, raw: string): string => {
    if (by === 'customer')
      return t(`funnel.standing.${raw === 'new' || raw === 'known' ? raw : ''}` as 'funnel.standing.new')
    if (raw === '') return t('funnel.empty')
    if (by === 'category') return names.category(raw)
    if (by === 'touchpoint') return names.touchpoint(raw)
    if (by === 'city') return names.city(raw)
    if (by === 'merchant') return names.merchant(raw)
    return by === 'product' ? names.product(raw) : raw
  }
  const step = (of: FunnelStepDefinition): string => {
    if (of.label) return of.label in known ? t(`live.step.${of.label as keyof typeof known}`) : of.label
    if ('order' in of) return t(`funnel.order.${of.order}`)
    if (of.events.length > 0) return of.events.map(event).join(' / ')
    return of.where
      .flatMap((one) =>
        'in' in one ? one.in.map((raw) => value('field' in one ? one.field : one.prop, String(raw))) : [one.prop],
      )
      .join(' / ')
  }
  return { event, dimension, value, step }
}

/** Seconds for people: 42 秒, 3.5 分, 2 小时. */
export function useSeconds(): (seconds: number | null) => string {
  const { t } = useTranslation()
  return (seconds) => {
    if (seconds === null) return '—'
    const short = (n: number) => String(Number(n.toFixed(1)))
    if (seconds < 90) return t('funnel.seconds', { n: short(seconds) })
    if (seconds < 5_400) return t('funnel.minutesShort', { n: short(seconds / 60) })
    if (seconds < 172_800) return t('funnel.hoursShort', { n: short(seconds / 3_600) })
    return t('funnel.daysShort', { n: short(seconds / 86_400) })
  }
}
