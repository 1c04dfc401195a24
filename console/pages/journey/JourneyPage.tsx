import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Journey } from '../../../src/http/shapes.ts'
import { useJourney } from '../../api/queries.ts'
import { validSearch } from '../../api/search.ts'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { FilterBar } from '../../parts/FilterBar.tsx'
import { Lead } from '../../parts/Lead.tsx'
import { Answer, EmptyTenant } from '../../parts/states.tsx'
import { useAsking } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useNames, useSlice, useSurroundings } from '../../shell/surroundings.tsx'
import { levelText, shortened } from '../../words/format.ts'
import { netText } from '../overview/WorstTouchpoints.tsx'
import { BehindSheet, useSee } from './Behind.tsx'
import { FLOOR, isStuck, told } from './figures.ts'
import './journey.css'
import { JourneyMap } from './JourneyMap.tsx'
import { JourneyTable, useJourneyTable } from './JourneyTable.tsx'
import { MoodCurve } from './MoodCurve.tsx'
import { TouchpointDrawer } from './TouchpointDrawer.tsx'

/** Where it hurts most, in a sentence. */
function Conclusion({ of }: { of: Journey }) {
  const { t } = useTranslation()
  const names = useNames()
  const stuck = of.touchpoints
    .filter(isStuck)
    .sort((one, other) => other.friction.figure.estimate.value! - one.friction.figure.estimate.value!)
  const low = of.touchpoints
    .filter((one) => told(one.sentiment))
    .sort((one, other) => one.sentiment.estimate.value! - other.sentiment.estimate.value!)[0]
  const floor = shortened(levelText(FLOOR, 'share'))
  const worst = stuck[0]
  return (
    <Lead
      help={`${t('journey.help', { floor })}${of.comparable ? '' : ` ${t('journey.notComparable')}`}`}
      tools={<View />}
    >
      {worst
        ? t('journey.headStuck', {
            count: stuck.length,
            worst: names.touchpoint(worst.id),
            share: levelText(worst.friction.figure.estimate.value, 'share'),
          })
        : t(of.touchpoints.some((one) => told(one.friction.figure)) ? 'journey.headCalm' : 'journey.headUnknown', {
            floor,
          })}
      {t('journey.stop')}
      {low && t('journey.headLow', { worst: names.touchpoint(low.id), score: netText(low.sentiment.estimate.value) })}
    </Lead>
  )
}

function View() {
  const { t } = useTranslation()
  const ask = useAsking()
  const { tab } = useAddress()
  return (
    <Segmented
      size="small"
      value={tab === 'table' ? 'table' : 'map'}
      aria-label={t('journey.view')}
      onChange={(value) =>
        ask((search) => validSearch({ ...search, tab: value === 'table' ? value : undefined }), { replace: true })
      }
      options={[
        { value: 'map', label: t('journey.map') },
        { value: 'table', label: t('journey.table') },
      ]}
    />
  )
}

function Whole({ of }: { of: Journey }) {
  const ask = useAsking()
  const { tab, focus } = useAddress()
  const chosen = of.touchpoints.find(({ id }) => id === focus)
  const see = useSee()
  const choose = (id: string) => {
    ask((search) => validSearch({ ...search, focus: id || undefined }), { replace: true })
    if (id === '' && chosen) document.getElementById(`touchpoint-${chosen.id}`)?.focus()
  }
  return (
    <div className={chosen ? 'journey with-drawer' : 'journey'}>
      <div className="stack">
        <Conclusion of={of} />
        {tab === 'table' ? (
          <JourneyTable of={of} see={see} />
        ) : (
          <>
            <JourneyMap of={of} chosen={chosen?.id} choose={choose} see={see} />
            <MoodCurve of={of} />
          </>
        )}
      </div>
      {chosen && <TouchpointDrawer journey={of} of={chosen} see={see} close={() => choose('')} />}
      <BehindSheet journey={of} />
    </div>
  )
}

export default function JourneyPage() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const journey = useJourney(useSlice())
  const tableOf = useJourneyTable()
  const tools = <PageTools what={t('journey.title')} table={() => (journey.data ? tableOf(journey.data) : null)} />
  return (
    <Page title={t('journey.title')}>
      {tenant.extent ? (
        <div className="stack">
          <FilterBar end={tools} />
          <Answer of={journey} what={t('journey.title')} cards={[2, 6, 6]}>
            {(data) => <Whole of={data} />}
          </Answer>
        </div>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
