import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { IndicatorSummary } from '../../../src/http/shapes.ts'
import { useIndicator } from '../../api/queries.ts'
import type { Search } from '../../api/search.ts'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { FilterBar } from '../../parts/FilterBar.tsx'
import { useIndicatorWords } from '../../parts/Metric.tsx'
import { PerCustomer } from '../../parts/PerCustomer.tsx'
import { Answer, EmptyTenant, NoRecords } from '../../parts/states.tsx'
import { Go } from '../../shell/Go.tsx'
import { useOpened } from '../../shell/opened.ts'
import { Page } from '../../shell/Page.tsx'
import { useFormat, useNames, useSlice, useSurroundings } from '../../shell/surroundings.tsx'
import { count, level, levelText, levelUnit } from '../../words/format.ts'
import { Breakdown } from './Breakdown.tsx'
import { Compare } from './Compare.tsx'
import { Evidence } from './Evidence.tsx'
import './indicator.css'
import { useIndicatorTable } from './numbers.ts'
import { OwnControls } from './OwnControls.tsx'
import { Series, useStep } from './Series.tsx'
import { useNeeds, useTooYoung } from './silence.ts'

/** The voices behind an indicator, each with the words of its link. */
function voicesBehind(id: string): { words: 'voices' | 'lowVoices' | 'highVoices' | 'returnVoices'; ask: Search }[] {
  if (id === 'nps' || id === 'csat')
    return [
      { words: 'voices', ask: { metric: id } },
      { words: 'lowVoices', ask: { metric: id, rating: 'low' } },
      { words: 'highVoices', ask: { metric: id, rating: 'high' } },
    ]
  if (id === 'return_rate') return [{ words: 'returnVoices', ask: { returned: 'yes' } }]
  if (id === 'ces') return [{ words: 'voices', ask: { metric: id } }]
  if (id !== 'positive_share') return []
  return [
    { words: 'voices', ask: {} },
    { words: 'lowVoices', ask: { sentiment: ['negative'] } },
  ]
}

/** The 90th percentile beside a median: what half of the customers meet says little of those who wait longest. */
function Beside({ id }: { id: string }) {
  const { t } = useTranslation()
  const { indicator } = useNames()
  const beside = indicator(id)?.beside
  return beside ? <Ninetieth id={beside} label={t('indicators.ninetieth')} /> : null
}

function Ninetieth({ id, label }: { id: string; label: string }) {
  const { t } = useTranslation()
  const { range, lang } = useFormat()
  const { unit } = useIndicatorWords(id)
  const { data } = useIndicator(id, useSlice())
  if (!data || data.estimate.value === null) return null
  const { value, low, high } = data.estimate
  return (
    <p className="dense num beside">
      <Go to={`/indicators/${id}`}>{label}</Go> <b>{levelText(value, unit, lang)}</b>{' '}
      <span className="aux">
        {low !== null && high !== null && `${t('figure.interval', { range: range(low, high, unit) })} · `}
        {t('indicators.ninetiethHelp')}
      </span>
    </p>
  )
}

/** All records of the figure, not those of a group. */
const WHOLE = 'all'

function Head({ of }: { of: IndicatorSummary }) {
  const { t } = useTranslation()
  const { range, lang } = useFormat()
  const names = useNames()
  const { short, plain, unit, higherIsBetter, formula } = useIndicatorWords(of.id)
  const { value, low, high, n } = of.estimate
  const tooYoung = useTooYoung()
  const records = useOpened('records')
  return (
    <section className="card indicator-head">
      <div>
        <h2>
          {short} {plain !== short && <span className="soft">{plain}</span>}
        </h2>
        <span className="value num">
          {value === null ? '—' : level(value, unit)}
          <small>{value === null ? '' : levelUnit(unit, lang)}</small>
        </span>
        <p className="aux num">
          {low !== null && high !== null && t('figure.interval', { range: range(low, high, unit) })}{' '}
          {t('figure.n', { n: count(n) })}
        </p>
        <p>
          <PerCustomer of={of} unit={unit} />
        </p>
        <Beside id={of.id} />
        {value === null ? (
          <p className="aux">{tooYoung(of.id) ?? t('figure.noData')}</p>
        ) : (
          <ChangeMark change={of.change} unit={unit} higherIsBetter={higherIsBetter} />
        )}
      </div>
      <div className="how">
        {formula && (
          <p className="dense soft">
            <span className="aux">{t('indicator.formula')}</span>
            <br />
            {formula}
            <br />
            {value !== null && <span className="aux">{t(`indicators.method.${of.interval}`)}</span>}
          </p>
        )}
        <OwnControls id={of.id} />
        <p className="ways">
          {n > 0 && (
            <Button size="small" onClick={() => records.open(WHOLE)}>
              {t('indicators.seeRecords', { n: count(n) })}
            </Button>
          )}
          {(n > 0 ? voicesBehind(of.id) : []).map((one) => (
            <Go key={one.words} to="/voices" ask={one.ask}>
              {one.words === 'lowVoices' && of.id === 'positive_share'
                ? `${t('indicator.voices')} · ${names.polarity('negative')}`
                : t(`indicator.${one.words}`)}
            </Go>
          ))}
        </p>
      </div>
      <Evidence
        of={{ path: `/indicators/${of.id}/evidence`, name: short, unit }}
        open={records.opened === WHOLE}
        close={records.close}
      />
    </section>
  )
}

/** Neither this period nor the one before has a case: no empty chart stands for that. */
function Nothing({ of }: { of: string }) {
  const { t } = useTranslation()
  const [tooYoung, needs] = [useTooYoung()(of), useNeeds()(of)]
  return <NoRecords title={t('figure.noData')} help={tooYoung ?? needs} link={t('indicators.toSources')} />
}

export default function IndicatorPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { short } = useIndicatorWords(id)
  const { tenant } = useSurroundings()
  const slice = useSlice()
  const step = useStep()
  const indicator = useIndicator(id, { ...slice, step })
  const tableOf = useIndicatorTable()
  return (
    <Page title={short} crumb={{ to: '/indicators', label: t('indicators.title') }}>
      {tenant.extent ? (
        <div className="stack">
          <FilterBar end={<PageTools what={short} table={() => (indicator.data ? tableOf(indicator.data) : null)} />} />
          <Answer of={indicator} what={short} cards={[4, 8, 8]}>
            {(data) => (
              <>
                <Head of={data} />
                {data.estimate.n === 0 && data.previous.n === 0 ? (
                  <Nothing of={data.id} />
                ) : (
                  <>
                    <Series of={data} />
                    <Compare of={data} />
                    <Breakdown of={data} />
                  </>
                )}
              </>
            )}
          </Answer>
        </div>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
