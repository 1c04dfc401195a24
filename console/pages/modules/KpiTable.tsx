import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { KpiByCustomer, ModuleKpi, ModuleReview } from '../../../src/http/shapes.ts'
import { useModulesByCustomer } from '../../api/modules.ts'
import { validSearch } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { Interval, tooFew } from '../../parts/Interval.tsx'
import { CustomerRange } from '../../parts/PerCustomer.tsx'
import { RowValue, rowValueClass } from '../../parts/RowValue.tsx'
import { Sparkline } from '../../parts/Sparkline.tsx'
import { ends, scaleOver } from '../../parts/scale.ts'
import { useAsking } from '../../shell/Go.tsx'
import { useOpened } from '../../shell/opened.ts'
import { useFormat, useNames, useSlice } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { Evidence } from '../indicators/Evidence.tsx'
import { changeOf, kpiByCustomer, toneOfVerdict, useSilence } from './figures.ts'
import { AddOwn, TakeOut } from './OwnFigures.tsx'
import { TargetSheet } from './TargetSheet.tsx'
import { Verdict } from './Verdict.tsx'

interface RowProps {
  of: ModuleKpi
  byCustomer: KpiByCustomer | undefined
  module: string
  chosen: boolean
  open: (what: 'records' | 'target', kpi: ModuleKpi) => void
}

/** The figure, pressed for its records; its interval beside the target; how it moved. */
function Figures({ of, byCustomer, open }: Pick<RowProps, 'of' | 'byCustomer' | 'open'>) {
  const { t } = useTranslation()
  const names = useNames()
  const { range } = useFormat()
  const { value, low, high, n } = of.estimate
  const few = tooFew(n)
  const line = of.target?.value ?? of.previous.value ?? undefined
  const scale = scaleOver([...ends([of.estimate]), line ?? null])
  return (
    <>
      <button
        type="button"
        className={`bare ${rowValueClass(few)}`}
        title={few ? t('figure.fewLong') : undefined}
        aria-label={t('modules.seeRecords', { name: names.said(of) })}
        onClick={() => open('records', of)}
      >
        <RowValue value={value!} unit={of.unit} few={few} />
      </button>
      <span className="sure">
        {!few && low !== null && high !== null && (
          <>
            <Interval of={of.estimate} scale={scale} tone={toneOfVerdict(of)} reference={line} />
            <span className="aux num soft">{range(low, high, of.unit)} </span>
          </>
        )}
        <span className="aux num">{t('figure.n', { n: count(n) })}</span>
        {!few && <CustomerRange found={byCustomer?.byCustomer} change={changeOf(of)} unit={of.unit} short />}
      </span>
      <span className="run">
        <Sparkline series={of.series} />
      </span>
      <span className="moved">
        {!few && <ChangeMark change={changeOf(of)} unit={of.unit} higherIsBetter={of.higherIsBetter} />}
      </span>
    </>
  )
}

function Row({ of, byCustomer, module, chosen, open }: RowProps) {
  const { t } = useTranslation()
  const names = useNames()
  const { days } = useFormat()
  const ask = useAsking()
  const silence = useSilence()
  const none = of.estimate.value === null
  const choose = () => ask((search) => validSearch({ ...search, focus: of.id, by: undefined }), { replace: true })
  return (
    <li className={chosen ? 'kpi-row here' : 'kpi-row'}>
      <span className="who">
        <b>{names.said(of)}</b>
        {of.knownAfterDays > 0 && !none && (
          <span className="aux num">{t('modules.waits', { days: of.knownAfterDays, period: days(of.period) })}</span>
        )}
      </span>
      {none ? <span className="none aux">{silence(of)}</span> : <Figures of={of} byCustomer={byCustomer} open={open} />}
      <Verdict of={of} byCustomer={byCustomer} />
      <span className="ways">
        {!none && (
          <Button size="small" type={chosen ? 'primary' : 'default'} aria-pressed={chosen} onClick={choose}>
            {t('modules.lookWhere')}
          </Button>
        )}
        <Button size="small" onClick={() => open('target', of)}>
          {t(of.target ? 'modules.changeTarget' : 'modules.setTarget')}
        </Button>
        {of.own && <TakeOut of={of} module={module} />}
      </span>
    </li>
  )
}

/** Every figure of the module against its target and against the period before. */
export function KpiTable({ of, chosen }: { of: ModuleReview; chosen: string | undefined }) {
  const customers = kpiByCustomer(useModulesByCustomer(useSlice()).data)
  const { t } = useTranslation()
  const names = useNames()
  const records = useOpened('records')
  const form = useOpened('form')
  const counted = of.kpis.find(({ id }) => records.opened === `kpi:${id}`)
  const target = of.kpis.find(({ id }) => form.opened === `target:${id}`)
  return (
    <Card title={t('modules.kpis')} help={t('modules.kpisHelp')} className="kpis" end={<AddOwn of={of} />}>
      <div className="kpi-head aux" aria-hidden="true">
        <span>{t('modules.kpi')}</span>
        <span className="to-right">{t('modules.value')}</span>
        <span>{t('modules.sure')}</span>
        <span>{t('modules.trend')}</span>
        <span>{t('modules.change')}</span>
        <span>{t('modules.target')}</span>
        <span />
      </div>
      <ul aria-label={t('modules.kpis')}>
        {of.kpis.map((one) => (
          <Row
            key={one.id}
            of={one}
            byCustomer={customers(of.id, one.id)}
            module={of.id}
            chosen={one.id === chosen}
            open={(what, { id }) => (what === 'records' ? records.open(`kpi:${id}`) : form.open(`target:${id}`))}
          />
        ))}
      </ul>
      {counted && (
        <Evidence
          of={{
            path: `/modules/${of.id}/evidence`,
            ask: { kpi: counted.id },
            name: names.said(counted),
            unit: counted.unit,
          }}
          open
          close={records.close}
        />
      )}
      {target && <TargetSheet module={of.id} of={target} open close={form.close} />}
    </Card>
  )
}
