import { useTranslation } from 'react-i18next'
import { usePeriod } from '../../parts/FilterBar.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { shiftDay } from '../../words/format.ts'

/** Why an indicator has no figure: nobody can know it yet; null where nothing was recorded. */
export function useTooYoung(): (id: string) => string | null {
  const { t } = useTranslation()
  const { indicator } = useNames()
  const { tenant } = useSurroundings()
  const { day } = useFormat()
  const period = usePeriod()
  return (id) => {
    const days = indicator(id)?.knownAfterDays ?? 0
    if (days === 0 || !tenant.extent || !period) return null
    const { from, to } = tenant.extent
    const last = shiftDay(to, -days)
    if (last < from) return t('indicators.tooYoung', { days, from: day(from) })
    return last < period.from ? t('indicators.notYet', { days, last: day(last) }) : null
  }
}

/** What to send, so that an indicator has a figure. */
export function useNeeds(): (id: string) => string {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const { indicator } = useNames()
  return (id) => t('indicators.needs', { what: indicator(id)?.send[lang] ?? '' })
}
