import { useTranslation } from 'react-i18next'

/** How long a walk may take, as it is offered: minutes. */
export const windows = [10, 30, 60, 360, 1_440, 4_320, 10_080, 20_160, 43_200] as const

/** Minutes in words: 30 分钟, 6 小时, 7 天. */
export function useWindowText(): (minutes: number) => string {
  const { t } = useTranslation()
  return (minutes) => {
    if (minutes % 1_440 === 0) return t('funnel.days', { n: minutes / 1_440 })
    return minutes % 60 === 0 && minutes > 60
      ? t('funnel.hours', { n: minutes / 60 })
      : t('funnel.minutes', { n: minutes })
  }
}
