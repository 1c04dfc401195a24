import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DriverTable, WeighedFactor } from '../../../../src/http/shapes.ts'
import { Card } from '../../../parts/Card.tsx'
import { effectTone } from '../../../parts/FindingRow.tsx'
import { tooFew } from '../../../parts/Interval.tsx'
import { holds } from '../../../parts/scale.ts'
import { useFormat, useNames } from '../../../shell/surroundings.tsx'
import { count, levelText, signed } from '../../../words/format.ts'
import { FactorLink } from './factor.tsx'
import { percent } from './Importance.tsx'

type Bounds = WeighedFactor['stratified']

/** A difference with its interval; grey where it holds nought. */
function Difference({ of, table }: { of: Bounds | null; table: DriverTable }) {
  const { range } = useFormat()
  if (!of) return <span className="aux">—</span>
  const tone = holds(of, 0) ? 'unsure' : effectTone(table, of.value)
  return (
    <>
      <b className={tone}>{signed(of.value, table.unit)}</b>
      <span className="aux">{range(of.low, of.high, table.unit)}</span>
    </>
  )
}

const Head = ({ help, children }: { help?: string; children: ReactNode }) => (
  <th scope="col">{help ? <Tooltip title={help}>{children}</Tooltip> : children}</th>
)

function Row({ of, table }: { of: WeighedFactor; table: DriverTable }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  // Of so few no figure is shown.
  const few = tooFew(of.exposed.n)
  const levels = [of.exposed, of.control].map(({ value }) => levelText(value, table.unit)).join(' / ')
  return (
    <tr>
      <th scope="row">
        <FactorLink of={of} />
        <span className="aux">{t('figure.n', { n: count(of.exposed.n) })}</span>
      </th>
      <td data-label={t('drivers.levels')} title={few ? t('figure.fewLong') : undefined}>
        {few ? <span className="aux">{t('figure.few')}</span> : levels}
      </td>
      <td data-label={t('drivers.stratified')}>
        <Difference of={few ? null : of.stratified} table={table} />
      </td>
      <td data-label={t('drivers.adjusted')}>
        <Difference of={few ? null : of.adjusted} table={table} />
      </td>
      <td data-label={t('drivers.share')}>
        {of.importance ? (
          <>
            <b>{percent(of.importance.value)}</b>
            <span className="aux">{`${percent(of.importance.low)}–${percent(of.importance.high)}`}</span>
          </>
        ) : (
          '—'
        )}
      </td>
      <td data-label={t('drivers.johnson')}>{of.johnson === null ? '—' : percent(of.johnson)}</td>
      <td data-label={t('drivers.inflation')}>
        {of.inflation === null ? '—' : of.inflation > 100 ? '> 100' : of.inflation.toFixed(1)}
      </td>
      <td data-label={t('drivers.npsHead')}>
        {of.nps ? (
          <>
            <b className={holds(of.nps, 0) ? 'unsure' : effectTone({ outcome: 'nps' }, of.nps.value)}>
              {signed(of.nps.value, 'points')}
            </b>
            <span className="aux">{range(of.nps.low, of.nps.high, 'points')}</span>
          </>
        ) : (
          '—'
        )}
      </td>
    </tr>
  )
}

/** The same factors by every way of looking at them. */
export function Methods({ of }: { of: DriverTable }) {
  const { t } = useTranslation()
  const { differenceUnit } = useFormat()
  const names = useNames()
  const held = of.confounders.map((id) => t(`drivers.confounder.${id as 'product'}`)).join(t('indicators.comma'))
  return (
    <Card
      title={t('drivers.methods')}
      help={t('drivers.methodsHelp', { outcome: names.outcome(of.outcome), unit: differenceUnit(of.unit) })}
    >
      <div className="scroll">
        <table className="weigh-figures num">
          <thead>
            <tr>
              <Head>{t('drivers.factor')}</Head>
              <Head>{t('drivers.levels')}</Head>
              <Head>{t('drivers.stratified')}</Head>
              <Head help={t('drivers.adjustedHelp')}>{t('drivers.adjusted')}</Head>
              <Head help={t('drivers.importanceHow')}>{t('drivers.share')}</Head>
              <Head>{t('drivers.johnson')}</Head>
              <Head help={t('drivers.inflationHelp')}>{t('drivers.inflation')}</Head>
              <Head help={t('drivers.npsHelp')}>{t('drivers.npsHead')}</Head>
            </tr>
          </thead>
          <tbody>
            {of.factors.map((factor) => (
              <Row key={factor.id} of={factor} table={of} />
            ))}
          </tbody>
        </table>
      </div>
      {of.r2 && <p className="aux beneath">{t('drivers.held', { what: held })}</p>}
    </Card>
  )
}
