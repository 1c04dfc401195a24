import { useTranslation } from 'react-i18next'
import type { Overview } from '../../../src/http/shapes.ts'
import { pathOf } from '../../parts/FindingRow.tsx'
import { Go } from '../../shell/Go.tsx'
import { Star } from '../../shell/Mark.tsx'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'

/** What first: the strongest finding in one sentence, beside the one star, with the one primary action. */
export function TopSentence({ of }: { of: Overview }) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = useNames()
  const top = of.findings[0]
  if (!top)
    return (
      <div className="top-sentence">
        <Star size={26} />
        <div className="words">
          <h2>{t(of.findingsReady ? 'overview.nothingStands' : 'finding.comparing')}</h2>
          <p className="soft dense">{t(of.findingsReady ? 'overview.nothingStandsHelp' : 'overview.comparing')}</p>
        </div>
      </div>
    )
  const interval = t('figure.interval', { range: format.range(top.effect.low, top.effect.high, top.unit) })
  const facts = [
    format.days(top.period),
    pathOf(top, names, t),
    `${names.outcome(top.outcome)} ${format.difference(top.effect.value, top.unit)} ${format.differenceUnit(top.unit)}`,
    interval,
    t('finding.compared', { exposed: count(top.exposed.n), control: count(top.control.n) }),
  ]
  return (
    <div className="top-sentence">
      <Star size={26} />
      <div className="words">
        <h2>{top.sentence[format.lang]}</h2>
        <p className="soft dense num">{facts.join(' · ')}</p>
        {!of.findingsReady && <p className="aux">{t('overview.comparing')}</p>}
      </div>
      <Go to={`/findings/${encodeURIComponent(top.id)}`} className="primary-link">
        {t('overview.see')}
      </Go>
    </div>
  )
}
