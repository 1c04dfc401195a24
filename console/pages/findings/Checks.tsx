import { useTranslation } from 'react-i18next'
import type { FindingDetail } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { effectTone } from '../../parts/FindingRow.tsx'
import { IntervalRows } from '../../parts/Interval.tsx'
import { ends, scaleOver } from '../../parts/scale.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, shortened, signed } from '../../words/format.ts'

/** The same comparison by other ways on one axis, and a placebo that should lie near zero. */
export function Checks({ of }: { of: FindingDetail }) {
  const { t } = useTranslation()
  const { lang, differenceUnit } = useFormat()
  const names = useNames()
  if (of.checks.length === 0) return null
  const scale = scaleOver(
    of.checks.flatMap((check) => (check.effect ? ends([check.effect]) : [])),
    [0],
  )
  const rows = of.checks.map((check) => ({
    key: check.id,
    label: <b>{check[lang]}</b>,
    of: check.effect,
    tone: check.effect
      ? check.placebo
        ? ('unsure' as const)
        : effectTone(of, check.effect.value)
      : ('unsure' as const),
    text: check.effect ? signed(check.effect.value, of.unit) : '',
    n: `${count(check.exposed)} / ${count(check.control)}`,
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
    </Card>
  )
}
