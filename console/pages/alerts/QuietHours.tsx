import { Checkbox, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../parts/Field.tsx'
import { hours } from './hours.ts'

type Quiet = { from: number; to: number } | null

/** Local hours in which nothing is told; none unless they are switched on. */
export function QuietHours({ of, label, change }: { of: Quiet; label: string; change: (quiet: Quiet) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Checkbox checked={of !== null} onChange={(event) => change(event.target.checked ? { from: 22, to: 8 } : null)}>
        {label}
      </Checkbox>
      {of && (
        <div className="pair">
          <Field label={t('alerts.quietFrom')}>
            <Select value={of.from} options={hours} onChange={(from) => change({ ...of, from })} />
          </Field>
          <Field label={t('alerts.quietTo')}>
            <Select value={of.to} options={hours} onChange={(to) => change({ ...of, to })} />
          </Field>
        </div>
      )}
    </>
  )
}
