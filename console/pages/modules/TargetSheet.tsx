import { Alert, Button, Input, Popconfirm } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModuleKpi } from '../../../src/http/shapes.ts'
import { useSetTarget } from '../../api/modules.ts'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count, levelUnit } from '../../words/format.ts'
import { useKpiTexts } from './figures.ts'

interface TargetProps {
  module: string
  of: ModuleKpi
  open: boolean
  close: () => void
}

/** People write shares in per cent; they are kept as 0–1. */
const perUnit = ({ unit }: ModuleKpi) => (unit === 'share' ? 100 : 1)
const written = (value: number | null | undefined, of: ModuleKpi) =>
  value === null || value === undefined ? '' : String(Number((value * perUnit(of)).toPrecision(10)))
const read = (text: string, of: ModuleKpi): number | null => {
  const clean = text
    .trim()
    .replace(/[％%]$/, '')
    .replace('−', '-')
  const value = Number(clean)
  return clean === '' || !Number.isFinite(value) ? null : value / perUnit(of)
}

/** What a figure is to reach. */
export function TargetSheet({ module, of, open, close }: TargetProps) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <Sheet title={t('modules.targetOf', { name: names.said(of) })} open={open} close={close}>
      <Form module={module} of={of} close={close} />
    </Sheet>
  )
}

/** Where the figure stands, so that nobody sets a target out of the blue. */
function Standing({ of }: { of: ModuleKpi }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const texts = useKpiTexts()
  const { low, high, n } = of.estimate
  return (
    <p className="dense soft num">
      {t(of.higherIsBetter ? 'modules.targetHelp.up' : 'modules.targetHelp.down')}{' '}
      {t('modules.nowIs', {
        value: texts.value(of),
        range: low === null || high === null ? '—' : range(low, high, of.unit),
        n: count(n),
        previous: of.previous.value === null ? '—' : texts.level(of.previous.value, of),
      })}
    </p>
  )
}

function Form({ module, of, close }: Omit<TargetProps, 'open'>) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { lang } = useFormat()
  const refusal = useWriteRefusal()
  const refused = useRefused()
  const set = useSetTarget({ tenant: tenant.id }, module)
  const id = useId()
  const [value, setValue] = useState(written(of.target?.value, of))
  const [stretch, setStretch] = useState(written(of.target?.stretch, of))
  const [by, setBy] = useState(of.target?.by ?? '')
  const target = read(value, of)
  const unit = levelUnit(of.unit, lang).trim()
  const send = (wanted: Parameters<typeof set.mutate>[0]['target']) =>
    set.mutate({ kpi: of.id, target: wanted }, { onSuccess: close })
  return (
    <form
      className="stack module-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (target !== null) send({ value: target, stretch: read(stretch, of), by: by || null })
      }}
    >
      <Standing of={of} />
      <label htmlFor={`${id}-value`}>
        <span>{t('modules.targetValue')}</span>
        <Input
          id={`${id}-value`}
          inputMode="decimal"
          value={value}
          suffix={unit}
          disabled={refusal !== null}
          placeholder={t('modules.badNumber')}
          onChange={(event) => setValue(event.target.value)}
        />
      </label>
      <label htmlFor={`${id}-stretch`}>
        <span>{t('modules.stretchValue')}</span>
        <Input
          id={`${id}-stretch`}
          inputMode="decimal"
          value={stretch}
          suffix={unit}
          disabled={refusal !== null}
          onChange={(event) => setStretch(event.target.value)}
        />
      </label>
      <label htmlFor={`${id}-by`}>
        <span>{t('modules.targetBy')}</span>
        <Input
          id={`${id}-by`}
          type="date"
          value={by}
          disabled={refusal !== null}
          onChange={(event) => setBy(event.target.value)}
        />
      </label>
      {set.error && <Alert type="error" showIcon title={refused(set.error, set.error.message)} />}
      <div className="row wrap">
        <Button type="primary" htmlType="submit" disabled={refusal !== null || target === null} loading={set.isPending}>
          {t('modules.saveTarget')}
        </Button>
        {of.target && (
          <Popconfirm
            title={t('modules.dropTarget')}
            okText={t('modules.drop')}
            cancelText={t('modules.cancel')}
            onConfirm={() => send(null)}
          >
            <Button disabled={refusal !== null}>{t('modules.dropTarget')}</Button>
          </Popconfirm>
        )}
      </div>
      {refusal && <p className="aux">{refusal}</p>}
    </form>
  )
}
