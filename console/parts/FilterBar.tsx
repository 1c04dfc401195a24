import { Button, Popover } from 'antd'
import { Calendar, ChevronDown } from 'lucide-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Search, validSearch } from '../api/search.ts'
import { useAsking } from '../shell/Go.tsx'
import { useAddress, useFormat, useNames, useSurroundings } from '../shell/surroundings.tsx'
import { daysBetween, shiftDay } from '../words/format.ts'
import './filter-bar.css'
import { PickList } from './PickList.tsx'
import { TwoDays } from './TwoDays.tsx'

const presets = [7, 28, 90] as const
const DEFAULT_DAYS = 28

/** The period in the address, else the last 28 days that have data; null for a tenant without any. */
export function usePeriod(): { from: string; to: string; preset: number | 'whole' | null } | null {
  const { tenant } = useSurroundings()
  const address = useAddress()
  if (!tenant.extent) return null
  const last = tenant.extent.to
  const to = address.to ?? last
  const from = address.from ?? shiftDay(to, 1 - DEFAULT_DAYS)
  if (from === tenant.extent.from && to === last) return { from, to, preset: 'whole' }
  const length = daysBetween(from, to) + 1
  return { from, to, preset: to === last && presets.some((days) => days === length) ? length : null }
}

interface ChipProps {
  name: string
  value: string
  icon?: ReactNode
  content: (close: () => void) => ReactNode
}

function Chip({ name, value, icon, content }: ChipProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      content={content(() => setOpen(false))}
      destroyOnHidden
    >
      <button type="button" className="bare chip" aria-expanded={open}>
        {icon}
        <span className="soft">{name}</span> <span className="value">{value}</span>
        <ChevronDown size={13} strokeWidth={1.75} aria-hidden />
      </button>
    </Popover>
  )
}

function Days({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const ask = useAsking()
  const period = usePeriod()
  const [[from, to], setDays] = useState<[string, string]>([period?.from ?? '', period?.to ?? ''])
  if (!tenant.extent) return null
  const { extent } = tenant
  const choose = (change: Search) => {
    ask((search) => validSearch({ ...search, from: undefined, to: undefined, ...change }))
    close()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (from && to) choose(from <= to ? { from, to } : { from: to, to: from })
  }
  return (
    <form className="days" onSubmit={submit}>
      <div className="row wrap">
        {presets.map((days) => (
          <Button
            key={days}
            size="small"
            type={period?.preset === days ? 'primary' : 'default'}
            onClick={() => choose(days === DEFAULT_DAYS ? {} : { from: shiftDay(extent.to, 1 - days), to: extent.to })}
          >
            {t(`filter.last_${days}`)}
          </Button>
        ))}
        <Button size="small" type={period?.preset === 'whole' ? 'primary' : 'default'} onClick={() => choose(extent)}>
          {t('filter.whole')}
        </Button>
      </div>
      <TwoDays
        title={t('filter.custom')}
        names={[t('filter.from'), t('filter.to')]}
        days={[from, to]}
        change={(first, last) => setDays([first, last])}
      >
        <Button size="small" htmlType="submit">
          {t('filter.apply')}
        </Button>
      </TwoDays>
    </form>
  )
}

export function PeriodChip() {
  const { t } = useTranslation()
  const { days } = useFormat()
  const period = usePeriod()
  if (!period) return null
  const { preset } = period
  const value = preset === 'whole' ? t('filter.whole') : preset ? t(`filter.last_${preset as 28}`) : days(period)
  return (
    <Chip
      name={t('filter.time')}
      value={value}
      icon={<Calendar size={14} strokeWidth={1.75} aria-hidden />}
      content={(close) => <Days close={close} />}
    />
  )
}

type ListFilter = 'category' | 'merchant' | 'city'

function useOptions(key: ListFilter): { id: string; name: string }[] {
  const { catalogue, category, city } = useNames()
  if (key === 'merchant') return catalogue?.merchants ?? []
  if (key === 'category') return (catalogue?.categories ?? []).map(({ id }) => ({ id, name: category(id) }))
  return (catalogue?.cities ?? []).map(({ id }) => ({ id, name: city(id) }))
}

function ListChip({ of }: { of: ListFilter }) {
  const { t } = useTranslation()
  const ask = useAsking()
  const chosen = useAddress()[of] ?? []
  const options = useOptions(of)
  if (options.length < 2) return null
  const first = options.find((option) => option.id === chosen[0])?.name ?? chosen[0]
  const value =
    chosen.length === 0
      ? t('filter.allOf', { n: options.length })
      : chosen.length === 1
        ? first!
        : t('filter.chosen', { n: chosen.length })
  const name = t(`filter.${of}`)
  return (
    <Chip
      name={name}
      value={value}
      content={() => (
        <PickList
          name={t('filter.find', { what: name })}
          options={options}
          chosen={chosen}
          onChange={(values) => ask((search) => validSearch({ ...search, [of]: values }))}
        />
      )}
    />
  )
}

interface FilterBarProps {
  lists?: readonly ListFilter[]
  /** False where nothing is set against the period before. */
  compares?: boolean
  /** What stands at the end of the bar: the tools of the page. */
  end?: ReactNode
}

/** What the numbers on the page are about; all of it is in the address. */
export function FilterBar({ lists = ['category', 'merchant', 'city'], compares = true, end }: FilterBarProps) {
  const { t } = useTranslation()
  const period = usePeriod()
  if (!period) return null
  return (
    <div className="filter-bar">
      <PeriodChip />
      {lists.map((key) => (
        <ListChip key={key} of={key} />
      ))}
      <span className="aux against">
        {compares && t('filter.against', { n: daysBetween(period.from, period.to) + 1 })}
      </span>
      {end}
    </div>
  )
}
