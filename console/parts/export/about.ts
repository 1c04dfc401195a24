import { useTranslation } from 'react-i18next'
import { narrowing } from '../../api/search.ts'
import { useAddress, useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { usePeriod } from '../FilterBar.tsx'
import type { About, ExportWords } from './table.ts'

/** What the numbers on this page are about, for files and pictures. */
export function useAbout(): About {
  const { tenant } = useSurroundings()
  const address = useAddress()
  const period = usePeriod()
  return {
    tenant: tenant.id,
    from: period?.from ?? null,
    to: period?.to ?? null,
    filter: narrowing(address)
      .map(({ key, value }) => `${key}=${value}`)
      .join('; '),
    simulated: tenant.simulated,
  }
}

/** The same in a line for pictures: whose, which days, which filters. */
export function useAboutLine(): (about: About) => string {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { days } = useFormat()
  return ({ from, to, filter, simulated }) => {
    const name = simulated ? `${tenant.name} · ${t('shell.simulated')}` : tenant.name
    return [name, from && to ? days({ from, to }) : '', filter].filter(Boolean).join(' · ')
  }
}

/** The names of the columns that every exported table shares. */
export function useExportWords(): ExportWords & Record<(typeof more)[number], string> {
  const { t } = useTranslation()
  const all = [...shared, ...more].map((key) => [key, t(`export.${key}`)])
  return Object.fromEntries(all)
}
const shared = ['value', 'low', 'high', 'tenant', 'from', 'to', 'filter', 'simulated', 'yes', 'no'] as const
const more = [
  ...(['part', 'item', 'unit', 'note', 'changeValue', 'changeLow', 'changeHigh', 'sure'] as const),
  ...(['customerLow', 'customerHigh'] as const),
]
