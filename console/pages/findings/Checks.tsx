import { useTranslation } from 'react-i18next'
import type { FindingDetail } from '../../../src/http/shapes.ts'
import { useDrivers } from '../../api/drivers.ts'
import { Card } from '../../parts/Card.tsx'
import { effectTone } from '../../parts/FindingRow.tsx'
import { IntervalRows } from '../../parts/Interval.tsx'
import { ends, scaleOver } from '../../parts/scale.ts'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count, shortened, signed } from '../../words/format.ts'
import { percent } from './weigh/Importance.tsx'
import './weigh/weigh.css'

interface Check extends Pick<FindingDetail['checks'][number], 'id' | 'effect' | 'exposed' | 'control' | 'placebo'> {
  label: string
  sub?: string
  /** Not known yet. */
  waiting?: boolean
}

/** The finding among all factors of its outcome, in its own period: the model that is made after each comparison. */
function useAmongFactors(of: FindingDetail) {
  const { tenant } = useSurroundings()
  const slice = { tenant: tenant.id, ...of.period }
  const drivers = useDrivers(of.outcome, slice)
  const place = drivers.data?.factors.findIndex((factor) => factor.id === of.id) ?? -1
  return { slice, table: drivers.data, place, factor: drivers.data?.factors[place], waiting: drivers.isPending }
}

function useChecks(of: FindingDetail, { table, factor, waiting }: ReturnType<typeof useAmongFactors>): Check[] {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const checks = of.checks.map((check): Check => ({ ...check, label: check[lang] }))
  const modelled: Check = {
    id: 'model',
    label: t('drivers.modelCheck'),
    waiting,
    sub: t(waiting ? 'drivers.modelling' : 'drivers.modelCheckSub'),
    effect: factor?.adjusted ?? null,
    exposed: factor?.exposed.n ?? 0,
    control: factor && table ? table.n - factor.exposed.n : 0,
    placebo: false,
  }
  return [...checks.filter(({ placebo }) => !placebo), modelled, ...checks.filter(({ placebo }) => placebo)]
}

/** How much of the differences it holds, and where all factors stand. */
function Weight({ of, among }: { of: FindingDetail; among: ReturnType<typeof useAmongFactors> }) {
  const { t } = useTranslation()
  const { table, factor, place, slice } = among
  if (!table || !factor?.importance) return null
  const { value, low, high } = factor.importance
  return (
    <p className="aux beneath">
      {t('drivers.rank', {
        n: count(table.factors.length),
        rank: count(place + 1),
        share: percent(value),
        range: `${percent(low)}–${percent(high)}`,
      })}{' '}
      <Go to="/findings" ask={{ ...slice, tab: 'drivers', by: of.outcome }}>
        {t('drivers.seeAll')}
      </Go>
    </p>
  )
}

/** The same comparison by other ways on one axis, and a placebo that should lie near zero. */
export function Checks({ of }: { of: FindingDetail }) {
  const { t } = useTranslation()
  const { differenceUnit } = useFormat()
  const names = useNames()
  const among = useAmongFactors(of)
  const checks = useChecks(of, among)
  const scale = scaleOver(
    checks.flatMap((check) => (check.effect ? ends([check.effect]) : [])),
    [0],
  )
  const rows = checks.map((check) => ({
    key: check.id,
    label: <b>{check.label}</b>,
    sub: check.sub,
    of: check.effect,
    tone: check.effect
      ? check.placebo
        ? ('unsure' as const)
        : effectTone(of, check.effect.value)
      : ('unsure' as const),
    text: check.effect ? signed(check.effect.value, of.unit) : '',
    n: check.waiting ? '' : `${count(check.exposed)} / ${count(check.control)}`,
    nothing: check.waiting ? '…' : undefined,
  }))
  return (
    <Card
      title={t('finding.holds')}
      help={t('finding.holdsHelp', { outcome: names.outcome(of.outcome), unit: differenceUnit(of.unit) })}
    >
      <div className="roomy-rows">
        <IntervalRows
          rows={rows}
          scale={scale}
          tick={(value) => shortened(signed(value, of.unit))}
          reference={0}
          nHead={t('finding.groups')}
          nothing={t('finding.noCheck')}
          name={t('finding.holds')}
        />
      </div>
      <Weight of={of} among={among} />
    </Card>
  )
}
