import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Dimension } from './dimensions.ts'

interface DimensionPickProps {
  value: Dimension | undefined
  offered: readonly Dimension[]
  /** What it is called not to divide at all; without it something is always chosen. */
  none?: string
  choose: (by: Dimension | undefined) => void
}

/** By what a figure is divided. */
export function DimensionPick({ value, offered, none, choose }: DimensionPickProps) {
  const { t } = useTranslation()
  const options = offered.map((by) => ({ value: by as Dimension | '', label: t(`indicator.by_${by}`) }))
  return (
    <Select<Dimension | ''>
      size="small"
      value={value ?? ''}
      aria-label={t('indicator.by')}
      className="dimension"
      popupMatchSelectWidth={false}
      onChange={(by) => choose(by === '' ? undefined : by)}
      options={none === undefined ? options : [{ value: '', label: none }, ...options]}
    />
  )
}
