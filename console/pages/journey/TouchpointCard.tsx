import { useTranslation } from 'react-i18next'
import type { JourneyTouchpoint } from '../../../src/http/shapes.ts'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { Interval } from '../../parts/Interval.tsx'
import type { Tone } from '../../parts/scale.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, joinRange } from '../../words/format.ts'
import { type Axis, isIll, type ScoreId, scaledChange, scoreText, told, unitOf } from './figures.ts'

interface CardProps {
  of: JourneyTouchpoint
  axes: ReadonlyMap<ScoreId, Axis>
  chosen: boolean
  choose: () => void
}

const toneBeside = (value: number | null, reference: number): Tone =>
  value === null || value === reference ? 'unsure' : value > reference ? 'good' : 'bad'

function Score({ of, id, axis }: { of: JourneyTouchpoint; id: ScoreId; axis: Axis }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const figure = of[id]
  const { estimate } = figure
  const shown = told(figure)
  const holds = shown && estimate.low! <= axis.reference && estimate.high! >= axis.reference
  const tone = holds ? 'unsure' : toneBeside(estimate.value, axis.reference)
  const sure = shown
    ? `${t('figure.interval', { range: joinRange(scoreText(id, estimate.low), scoreText(id, estimate.high), lang) })} · `
    : ''
  return (
    <span
      className={shown ? 'score' : 'score few'}
      title={`${t(`journey.${id}Long`)} · ${sure}${t('figure.n', { n: count(estimate.n) })}`}
    >
      <span className="what">{t(`journey.${id}`)}</span>
      <span className="lane">
        {shown ? (
          <Interval of={estimate} scale={axis.scale} tone={tone} reference={axis.reference} />
        ) : (
          <span className="aux">{estimate.n === 0 ? '—' : t('figure.few')}</span>
        )}
      </span>
      <b className={`num ${shown ? tone : 'unsure'}`}>{shown ? scoreText(id, estimate.value) : ''}</b>
    </span>
  )
}

/** One touchpoint: its scores on axes that all cards share, who was there, and what changed by more than chance. */
export function TouchpointCard({ of, axes, chosen, choose }: CardProps) {
  const { t } = useTranslation()
  const { rough } = useFormat()
  const names = useNames()
  const moved = of.sentiment.change?.moreThanChance ? of.sentiment : null
  return (
    <button
      type="button"
      id={`touchpoint-${of.id}`}
      className={`bare touchpoint-card ${isIll(of) ? 'ill' : ''} ${chosen ? 'chosen' : ''}`}
      aria-pressed={chosen}
      onClick={choose}
    >
      <span className="head">
        <b className="name">{names.touchpoint(of.id)}</b>
        <span className="aux num">{t('figure.n', { n: count(of.sentiment.estimate.n) })}</span>
      </span>
      {of.sentiment.estimate.n === 0 ? (
        <span className="aux">{t('journey.nobodySpeaks')}</span>
      ) : (
        [...axes].map(([id, axis]) => <Score key={id} of={of} id={id} axis={axis} />)
      )}
      <span className="foot aux num">
        <span>{of.visitors === null ? t('journey.noVisits') : t('journey.visits', { n: rough(of.visitors) })}</span>
        {moved && (
          <ChangeMark change={scaledChange('sentiment', moved)} unit={unitOf('sentiment')} higherIsBetter short />
        )}
      </span>
    </button>
  )
}
