import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Journey, JourneyTouchpoint } from '../../../src/http/shapes.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'
import { Opens, type See } from './Behind.tsx'
import { type Axis, axisOf, isStuck, leavers, type ScoreId, scoresOf, told } from './figures.ts'
import { TouchpointCard } from './TouchpointCard.tsx'

type Lane = Journey['stages'][number]

function LaneHead({ of, see }: { of: Lane; see: See }) {
  const { t } = useTranslation()
  const { rough, range } = useFormat()
  const { value, low, high, n } = of.figure.estimate
  const name = t(`journey.stageMeasure.${of.measure}`)
  return (
    <header className="lane-head">
      <h3>
        {t(`stage.${of.stage}`)}{' '}
        {n > 0 && <span className="aux num">{t(`journey.stageBy.${of.by}`, { n: rough(n) })}</span>}
      </h3>
      {value === null ? (
        <p className="aux">{`${name}：${t(`journey.silence.${of.figure.silence ?? 'not_recorded'}`)}`}</p>
      ) : (
        <p className="conversion">
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect width="100" height="6" className="whole" />
            <rect width={value * 100} height="6" className="part" />
          </svg>
          <span className="aux num" title={t('figure.interval', { range: range(low!, high!, 'share') })}>
            {name}{' '}
            <Opens what={name} value={levelText(value, 'share')} see={() => see({ id: of.stage, of: 'stage' })} />
            <span className="range"> {range(low!, high!, 'share')}</span>
          </span>
        </p>
      )}
    </header>
  )
}

/** How many come to a touchpoint from the one before it, and how many are held up on the way. */
function Edge({ of, above, see }: { of: JourneyTouchpoint; above: string | undefined; see: See }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const names = useNames()
  const passage = of.into[0]
  const stuck = isStuck(of)
  const share = levelText(of.friction.figure.estimate.value, 'share')
  const stuckText = t(`journey.stuck.${of.friction.by}`, { share })
  const came = passage && told(passage.figure) ? levelText(passage.figure.estimate.value, 'share') : ''
  const between = ({ low, high, n }: JourneyTouchpoint['exits']['estimate']) =>
    `${t('figure.interval', { range: range(low!, high!, 'share') })} · ${t('figure.n', { n: count(n) })}`
  return (
    <div className={`journey-edge ${stuck ? 'stuck' : ''} ${above ? '' : 'first'}`}>
      {came !== '' && (
        <span className="aux num" title={between(passage!.figure.estimate)}>
          {passage!.from === above
            ? t('journey.passage')
            : t('journey.passageFrom', { from: names.touchpoint(passage!.from) })}{' '}
          <Opens
            what={t('journey.wayInto', { from: names.touchpoint(passage!.from) })}
            value={came}
            see={() => see({ id: of.id, of: 'into' })}
          />
        </span>
      )}
      {stuck && (
        <button
          type="button"
          className="bare friction num"
          title={between(of.friction.figure.estimate)}
          aria-label={t('journey.seeBehind', { what: names.touchpoint(of.id), value: stuckText })}
          onClick={() => see({ id: of.id, of: 'friction' })}
        >
          <TriangleAlert size={12} strokeWidth={2} aria-hidden />
          {stuckText}
        </button>
      )}
    </div>
  )
}

/** Where most visits of a stage end without a purchase. */
function Exit({ of, see }: { of: readonly JourneyTouchpoint[]; see: See }) {
  const { t } = useTranslation()
  const { rough } = useFormat()
  const names = useNames()
  const most = of.filter((one) => told(one.exits)).sort((one, other) => leavers(other) - leavers(one))[0]
  if (!most || leavers(most) === 0) return null
  return (
    <div className="exit-card">
      <span className="aux">
        <b className="bad">{t('journey.exit')}</b> {t('journey.exitAt', { place: names.touchpoint(most.id) })}
      </span>
      <Opens
        what={t('journey.exits')}
        value={t('journey.people', { n: rough(leavers(most)) })}
        className="people"
        see={() => see({ id: most.id, of: 'exits' })}
      />
      <span className="aux num">
        {t('journey.exitHelp', { share: levelText(most.exits.estimate.value, 'share') })} ·{' '}
        {t('figure.n', { n: rough(most.exits.estimate.n) })}
      </span>
    </div>
  )
}

interface MapProps {
  of: Journey
  chosen: string | undefined
  choose: (id: string) => void
  see: See
}

/** The stages side by side, each with its touchpoints under one another; on a phone all under one another. */
export function JourneyMap({ of, chosen, choose, see }: MapProps) {
  const axes: ReadonlyMap<ScoreId, Axis> = new Map(scoresOf(of).map((id) => [id, axisOf(of, id)]))
  return (
    <div className="journey-map">
      {of.stages.map((lane) => {
        const here = of.touchpoints.filter((one) => one.stage === lane.stage)
        return (
          <section key={lane.stage} className="journey-lane">
            <LaneHead of={lane} see={see} />
            <ol>
              {here.map((one, place) => (
                <li key={one.id}>
                  <Edge of={one} above={here[place - 1]?.id} see={see} />
                  <TouchpointCard
                    of={one}
                    axes={axes}
                    chosen={chosen === one.id}
                    choose={() => choose(chosen === one.id ? '' : one.id)}
                  />
                </li>
              ))}
            </ol>
            <Exit of={here} see={see} />
          </section>
        )
      })}
    </div>
  )
}
