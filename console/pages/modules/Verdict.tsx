import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { KpiByCustomer, ModuleKpi } from '../../../src/http/shapes.ts'
import { useFormat } from '../../shell/surroundings.tsx'
import { pillOf, useKpiTexts } from './figures.ts'

/** Whether the target is reached, what it is, and how far the figure is from it; without a target, what was before. */
export function Verdict({ of, byCustomer }: { of: ModuleKpi; byCustomer: KpiByCustomer | undefined }) {
  const { t } = useTranslation()
  const { difference, differenceUnit, range, day } = useFormat()
  const texts = useKpiTexts()
  const { target, gap, unit, verdict } = of
  const parts = target && [
    t('modules.targetIs', { value: texts.level(target.value, of) }),
    target.stretch !== null && t('modules.stretchIs', { value: texts.level(target.stretch, of) }),
    target.by && t('modules.byDay', { day: day(target.by) }),
  ]
  return (
    <span className="module-verdict">
      <Tooltip title={t(of.stretched ? 'modules.stretched' : `modules.verdictHelp.${verdict}`)}>
        <span className={pillOf[verdict]}>{t(`modules.verdict.${verdict}`)}</span>
      </Tooltip>
      {parts && <span className="aux num">{parts.filter(Boolean).join(' · ')}</span>}
      {gap && (
        <span className="aux num">
          {t('modules.gap', { gap: `${difference(gap.value, unit)} ${differenceUnit(unit)}`.trim() })}
          {gap.low !== null && gap.high !== null && ` (${range(gap.low, gap.high, unit)})`}
        </span>
      )}
      {byCustomer && byCustomer.verdict !== verdict && (
        <span className="aux">
          {t('modules.verdictByCustomer', { verdict: t(`modules.verdict.${byCustomer.verdict}`) })}
        </span>
      )}
      {verdict === 'no_target' && of.previous.value !== null && (
        <span className="aux num">{t('modules.previous', { value: texts.level(of.previous.value, of) })}</span>
      )}
    </span>
  )
}
