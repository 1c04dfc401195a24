import { useTranslation } from 'react-i18next'
import type { DriverTable } from '../../../../src/http/shapes.ts'
import { Card } from '../../../parts/Card.tsx'
import { IntervalRows } from '../../../parts/Interval.tsx'
import { ends, scaleOver } from '../../../parts/scale.ts'
import { useNames } from '../../../shell/surroundings.tsx'
import { count, levelText, shortened } from '../../../words/format.ts'
import { FactorLink } from './factor.tsx'

/** What each factor holds of the differences, the most important first, on one axis. */
export function Importance({ of }: { of: DriverTable }) {
  const { t } = useTranslation()
  const names = useNames()
  const told = of.factors.filter((factor) => factor.importance !== null)
  if (told.length === 0) return null
  const rows = told.map((factor) => ({
    key: factor.id,
    label: <FactorLink of={factor} />,
    sub: t(factor.certain ? 'drivers.sure' : 'figure.cannotTell'),
    of: factor.importance,
    tone: factor.certain ? ('focus' as const) : ('unsure' as const),
    text: percent(factor.importance!.value),
    n: t('figure.n', { n: count(factor.exposed.n) }),
  }))
  return (
    <Card title={t('drivers.importance')} help={t('drivers.importanceHelp', { outcome: names.outcome(of.outcome) })}>
      <div className="roomy-rows">
        <IntervalRows
          rows={rows}
          scale={scaleOver(ends(told.map((factor) => factor.importance!)), [0])}
          tick={(value) => shortened(levelText(value, 'share'))}
          reference={0}
          judged={false}
          nothing={t('figure.noDataShort')}
          name={t('drivers.importance')}
        />
      </div>
      <p className="aux beneath">{t('drivers.importanceHow')}</p>
    </Card>
  )
}

/** Shares of the differences are often below 1 %: the first figures that say anything. */
export function percent(share: number): string {
  const value = 100 * share
  return `${value >= 1 || value === 0 ? value.toFixed(1) : value >= 0.01 ? value.toFixed(2) : '< 0.01'}%`
}
