import { useTranslation } from 'react-i18next'

/** Units of a window, in minutes, and the longest that a walk may take: 60 days. */
export const windowUnits = { minutes: 1, hours: 60, days: 1_440 } as const
export type WindowUnit = keyof typeof windowUnits
export const LONGEST_MINUTES = 60 * windowUnits.days

/** The largest unit of which a window is a whole number. */
export function windowUnitOf(minutes: number): WindowUnit {
  if (minutes % windowUnits.days === 0) return 'days'
  return minutes % windowUnits.hours === 0 && minutes > windowUnits.hours ? 'hours' : 'minutes'
}

/** Minutes in words: 30 分钟, 6 小时, 7 天. */
export function useWindowText(): (minutes: number) => string {
  const { t } = useTranslation()
  return (minutes) => {
    const unit = windowUnitOf(minutes)
    return t(`funnel.${unit}`, { n: minutes / windowUnits[unit] })
  }
}
