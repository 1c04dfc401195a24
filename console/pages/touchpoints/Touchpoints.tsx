import { useTranslation } from 'react-i18next'
import type { TouchpointRow } from '../../../src/http/shapes.ts'
import { useTouchpoints } from '../../api/queries.ts'
import { Card } from '../../parts/Card.tsx'
import { FilterBar } from '../../parts/FilterBar.tsx'
import { Interval, tooFew } from '../../parts/Interval.tsx'
import { ends, type Scale, scaleOver, toneOf } from '../../parts/scale.ts'
import { Answer, EmptyTenant, Message } from '../../parts/states.tsx'
import { Go } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useFormat, useNames, useSlice, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { netText, netTone } from '../overview/WorstTouchpoints.tsx'
import './touchpoints.css'

const stages = ['browse', 'trade', 'fulfil', 'aftersale'] as const

function Change({ of }: { of: TouchpointRow }) {
  const { t } = useTranslation()
  if (!of.change) return <span className="aux">—</span>
  const arrow = of.change.value > 0 ? '▲' : of.change.value < 0 ? '▼' : '–'
  return (
    <span className={`change ${toneOf(of.change, true)}`}>
      {arrow} <b className="num">{Math.abs(Math.round(of.change.value * 100))}</b>
      <br />
      {t(of.change.moreThanChance ? 'figure.moreThanChance' : 'figure.withinChance')}
    </span>
  )
}

function Row({ of, scale }: { of: TouchpointRow; scale: Scale }) {
  const { t } = useTranslation()
  const { rough } = useFormat()
  const names = useNames()
  const few = of.score.value === null || tooFew(of.score.n)
  return (
    <li className="touchpoint">
      <b className="place-name">{names.touchpoint(of.id)}</b>
      <span className="score">
        {few ? (
          <span className="aux" title={t('figure.fewLong')}>
            {of.score.n === 0 ? t('figure.noDataShort') : t('figure.few')}
          </span>
        ) : (
          <Interval of={of.score} scale={scale} tone={netTone(of.score.value)} reference={0} />
        )}
      </span>
      <span className="value">
        {!few && <b className={`num ${netTone(of.score.value)}`}>{netText(of.score.value)}</b>}
        {of.score.n > 0 && <span className="aux num">{t('figure.n', { n: count(of.score.n) })}</span>}
      </span>
      <span className="changed">{!few && <Change of={of} />}</span>
      <span className="seen num">
        {of.events > 0 ? rough(of.events) : '—'}
        {of.visitors > 0 && <span className="aux">{t('touchpoint.visitors', { n: rough(of.visitors) })}</span>}
      </span>
      <span className="tops">
        {of.topAspects.slice(0, 4).map((one) => (
          <Go
            key={one.aspect}
            to="/voices"
            ask={{ aspect: [one.aspect] }}
            className="pill line"
            title={t('touchpoint.mentionsHelp', { negative: count(one.negative), total: count(one.total) })}
          >
            {names.aspect(one.aspect)} <span className="num">{t('touchpoint.mentions', { n: count(one.total) })}</span>
          </Go>
        ))}
      </span>
    </li>
  )
}

function Stages({ of }: { of: readonly TouchpointRow[] }) {
  const { t } = useTranslation()
  if (of.length === 0) return <Message picture="horizon" title={t('touchpoint.none')} help={t('touchpoint.noneHelp')} />
  const scale = scaleOver(ends(of.filter((row) => !tooFew(row.score.n)).map((row) => row.score)), [0])
  return stages.map((stage) => {
    const rows = of.filter((row) => row.stage === stage)
    if (rows.length === 0) return null
    return (
      <Card key={stage} title={t(`stage.${stage}`)}>
        <div className="touchpoint head aux" aria-hidden="true">
          <span />
          <span>{t('touchpoint.score')}</span>
          <span />
          <span>{t('touchpoint.change')}</span>
          <span>{t('touchpoint.events')}</span>
          <span>{t('touchpoint.top')}</span>
        </div>
        <ul>
          {rows.map((row) => (
            <Row key={row.id} of={row} scale={scale} />
          ))}
        </ul>
      </Card>
    )
  })
}

export default function Touchpoints() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const touchpoints = useTouchpoints(useSlice())
  return (
    <Page title={t('touchpoint.title')}>
      {tenant.extent ? (
        <div className="stack">
          <FilterBar />
          <p className="aux">{t('touchpoint.help')}</p>
          <Answer of={touchpoints} what={t('touchpoint.title')} cards={[4, 4, 4, 4]}>
            {(data) => <Stages of={data.touchpoints} />}
          </Answer>
        </div>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
