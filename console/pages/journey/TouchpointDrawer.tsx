import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Finding, Journey, JourneyFigure, JourneyTouchpoint } from '../../../src/http/shapes.ts'
import { useFindings } from '../../api/queries.ts'
import { AspectPills } from '../../parts/AspectPills.tsx'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { effectScale, effectTone } from '../../parts/FindingRow.tsx'
import { Interval } from '../../parts/Interval.tsx'
import { Quote } from '../../parts/Quote.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count, joinRange, levelText } from '../../words/format.ts'
import { Opens, type See } from './Behind.tsx'
import { type ScoreId, scaledChange, scoresOf, scoreText, told, unitOf } from './figures.ts'
import { Owner } from './Owner.tsx'

function ScoreTile({ id, figure, see }: { id: ScoreId; figure: JourneyFigure; see: () => void }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const { value, low, high, n } = figure.estimate
  const shown = told(figure)
  return (
    <div className="tile" title={t(`journey.${id}Long`)}>
      <span className="aux">{t(`journey.${id}`)}</span>
      {shown ? (
        <>
          <Opens what={t(`journey.${id}`)} value={scoreText(id, value)} className="big" see={see} />
          <span className="aux num">{joinRange(scoreText(id, low), scoreText(id, high), lang)}</span>
          <span className="aux num">{t('figure.n', { n: count(n) })}</span>
          <ChangeMark change={scaledChange(id, figure)} unit={unitOf(id)} higherIsBetter />
        </>
      ) : (
        <span className="aux">
          {figure.silence ? t(`journey.silence.${figure.silence}`) : t('figure.few')}{' '}
          {n > 0 && <Opens what={t(`journey.${id}`)} value={t('figure.n', { n: count(n) })} see={see} />}
        </span>
      )}
    </div>
  )
}

interface FigureRowProps {
  name: string
  figure: JourneyFigure
  /** Whether more is better. */
  wanted: boolean
  /** Shows the records behind it. */
  see: () => void
}

/** A share with its interval, n and change; or why there is none. */
function FigureRow({ name, figure, wanted, see }: FigureRowProps) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const { value, low, high, n } = figure.estimate
  const scale = { min: 0, max: 1, ticks: [] }
  return (
    <li className="figure-row">
      <span className="dense">{name}</span>
      {told(figure) ? (
        <>
          <Opens what={name} value={levelText(value, 'share')} className="dense" see={see} />
          <Interval of={figure.estimate} scale={scale} tone="focus" />
          <span className="aux num">
            {range(low!, high!, 'share')} · {t('figure.n', { n: count(n) })}
          </span>
          {figure.change && <ChangeMark change={figure.change} unit="share" higherIsBetter={wanted} />}
        </>
      ) : (
        <span className="aux">{figure.silence ? t(`journey.silence.${figure.silence}`) : t('figure.few')}</span>
      )}
    </li>
  )
}

function Ways({ of, see }: { of: JourneyTouchpoint; see: See }) {
  const { t } = useTranslation()
  const names = useNames()
  const way = (one: JourneyTouchpoint['into'][number], name: string) => (
    <FigureRow
      key={`${one.from} ${one.to}`}
      name={name}
      figure={one.figure}
      wanted={one.wanted}
      see={() => see({ id: one.to, of: 'into' })}
    />
  )
  const here = (figure: 'exits' | 'friction') => () => see({ id: of.id, of: figure })
  return (
    <section>
      <h3>{t('journey.ways')}</h3>
      <ul>
        {of.into.map((one) => way(one, t('journey.wayInto', { from: names.touchpoint(one.from) })))}
        {of.onward.map((one) => way(one, t('journey.wayOnward', { to: names.touchpoint(one.to) })))}
        {of.exits.silence !== 'off_the_way' && (
          <FigureRow name={t('journey.exits')} figure={of.exits} wanted={false} see={here('exits')} />
        )}
        <FigureRow
          name={t('journey.friction') + t(`journey.frictionOf.${of.friction.by}`)}
          figure={of.friction.figure}
          wanted={false}
          see={here('friction')}
        />
      </ul>
      {of.friction.kinds.length > 0 && (
        <p className="row wrap kinds">
          {of.friction.kinds.map(({ kind, n }) => (
            <span key={kind} className="pill line num">
              {t('journey.kindCount', { kind: t(`journey.kinds.${kind}`), n: count(n) })}
            </span>
          ))}
        </p>
      )}
    </section>
  )
}

const SHOWN_FINDINGS = 4
const SHOWN_QUOTES = 3

function Drivers({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation()
  const { lang, difference, differenceUnit, range } = useFormat()
  const scaleOf = effectScale(findings)
  return (
    <section>
      <h3>{t('journey.drivers')}</h3>
      {findings.length === 0 ? (
        <p className="aux">{t('journey.noDrivers')}</p>
      ) : (
        <>
          <p className="aux">{t('journey.driversHelp')}</p>
          <ul>
            {findings.slice(0, SHOWN_FINDINGS).map((one) => (
              <li key={one.id} className="driver">
                <Go to={`/findings/${encodeURIComponent(one.id)}`} className="plain">
                  <span className="name dense">{one.sentence[lang]}</span>
                </Go>
                <Interval of={one.effect} scale={scaleOf(one)} tone={effectTone(one, one.effect.value)} reference={0} />
                <span className="aux num">
                  {difference(one.effect.value, one.unit)} {differenceUnit(one.unit)} ·{' '}
                  {range(one.effect.low, one.effect.high, one.unit)} ·{' '}
                  {t('finding.compared', { exposed: count(one.exposed.n), control: count(one.control.n) })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Complaints({ of, findings }: { of: JourneyTouchpoint; findings: readonly Finding[] }) {
  const { t } = useTranslation()
  const { catalogue } = useNames()
  const aspectsAt = (id: string) => catalogue?.aspects.flatMap((one) => (one.touchpoint === id ? [one.id] : []))
  const tops = of.topAspects.filter(({ negative }) => negative > 0)
  const quotes = findings.flatMap((one) => one.quotes.slice(0, 1)).slice(0, SHOWN_QUOTES)
  return (
    <>
      <section>
        <h3 className="row spread">
          {t('journey.tops')}
          {of.sentiment.estimate.n > 0 && (
            <Go to="/voices" ask={{ aspect: aspectsAt(of.id) }} className="dense">
              {t('journey.allVoices')}
            </Go>
          )}
        </h3>
        {tops.length === 0 && <p className="aux">{t('journey.noTops')}</p>}
        <AspectPills aspects={tops} title="journey.topHelp" />
      </section>
      {quotes.length > 0 && (
        <section>
          <h3>{t('journey.voices')}</h3>
          {quotes.map((quote) => (
            <Quote key={quote.voiceId} of={quote} around={24} />
          ))}
        </section>
      )}
    </>
  )
}

interface DrawerProps {
  journey: Journey
  of: JourneyTouchpoint
  see: See
  close: () => void
}

/** What there is to know of one touchpoint, beside the map; on a phone it comes from below. */
export function TouchpointDrawer({ journey, of, see, close }: DrawerProps) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const names = useNames()
  const place = useRef<HTMLElement>(null)
  const found = useFindings({ tenant: tenant.id })
  const findings = of.findingIds.flatMap((id) => found.data?.findings.find((one) => one.id === id) ?? [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another touchpoint is another drawer to read from its top
  useEffect(() => {
    place.current?.scrollTo({ top: 0 })
    place.current?.focus({ preventScroll: true })
  }, [of.id])
  const name = names.touchpoint(of.id)
  const worse = [of.sentiment, of.nps, of.csat].some(({ change }) => change?.moreThanChance && change.value < 0)
  return (
    <aside
      ref={place}
      className="touchpoint-drawer"
      aria-label={name}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <header>
        <span className="aux">{t(`stage.${of.stage}`)} ›</span>
        <h2>{name}</h2>
        {worse && <span className="pill now">{t('journey.worse')}</span>}
        <button type="button" className="bare close" aria-label={t('journey.close', { what: name })} onClick={close}>
          <X size={18} strokeWidth={1.75} aria-hidden />
        </button>
      </header>
      <div className="tiles">
        {scoresOf(journey).map((id) => (
          <ScoreTile key={id} id={id} figure={of[id]} see={() => see({ id: of.id, of: id })} />
        ))}
      </div>
      <Ways of={of} see={see} />
      <Drivers findings={findings} />
      <Complaints of={of} findings={findings} />
      <Owner of={of} findings={findings} />
    </aside>
  )
}
