import { useTranslation } from 'react-i18next'
import type { Overview } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { IntervalRows } from '../../parts/Interval.tsx'
import { ends, scaleOver, type Tone } from '../../parts/scale.ts'
import { Go } from '../../shell/Go.tsx'
import { useNames } from '../../shell/surroundings.tsx'
import { count, MINUS } from '../../words/format.ts'

/** Net sentiment is −1 to 1 and is shown as −100 to 100. */
export function netText(value: number | null): string {
  if (value === null) return '—'
  const points = Math.round(value * 100)
  return `${points < 0 ? MINUS : points > 0 ? '+' : ''}${Math.abs(points)}`
}

const netTone = (value: number | null): Tone => (value === null || value === 0 ? 'unsure' : value < 0 ? 'bad' : 'good')

export function WorstTouchpoints({ of }: { of: Overview['worstTouchpoints'] }) {
  const { t } = useTranslation()
  const names = useNames()
  if (of.length === 0) return null
  // A touchpoint that customers praise is nobody's worst, however few there are.
  const bad = of.filter((one) => (one.score.value ?? 0) < 0)
  const scale = scaleOver(ends(bad.map((one) => one.score)), [0])
  const rows = bad.map(({ id, score }) => {
    const stage = names.stageOf(id)
    return {
      key: id,
      label: (
        <Go to="/journey" ask={{ focus: id }} className="plain">
          <span className="name">
            {[stage && t(`stage.${stage}`), names.touchpoint(id)].filter(Boolean).join(' · ')}
          </span>
        </Go>
      ),
      of: score,
      tone: netTone(score.value),
      text: netText(score.value),
      n: t('figure.n', { n: count(score.n) }),
    }
  })
  return (
    <Card
      className="worst-card"
      title={t('overview.worst')}
      help={t('overview.worstHelp')}
      end={<Go to="/journey">{t('overview.openJourney')}</Go>}
    >
      {rows.length === 0 ? (
        <p className="dense soft">{t('overview.noneWorst')}</p>
      ) : (
        <IntervalRows
          rows={rows}
          scale={scale}
          tick={(value) => netText(value)}
          reference={0}
          nothing={t('figure.noData')}
          name={t('overview.worst')}
        />
      )}
    </Card>
  )
}
