import { useTranslation } from 'react-i18next'
import type { Overview as Answers } from '../../../src/http/shapes.ts'
import { useOverview } from '../../api/queries.ts'
import { Card } from '../../parts/Card.tsx'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { FilterBar } from '../../parts/FilterBar.tsx'
import { effectScale, FindingRow } from '../../parts/FindingRow.tsx'
import { Metric } from '../../parts/Metric.tsx'
import { Answer, EmptyTenant } from '../../parts/states.tsx'
import { Go } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useFormat, useSlice, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { DueTickets } from './DueTickets.tsx'
import { OpenAlerts } from './OpenAlerts.tsx'
import './overview.css'
import { useOverviewTable } from './numbers.ts'
import { Pulse } from './Pulse.tsx'
import { topScores } from './scores.ts'
import { TopSentence } from './TopSentence.tsx'
import { WorstTouchpoints } from './WorstTouchpoints.tsx'

/** How many findings the overview shows; the rest is behind 全部. */
const SHOWN = 4

function Findings({ of }: { of: Answers }) {
  const { t } = useTranslation()
  const { days } = useFormat()
  const shown = of.findings.slice(0, SHOWN)
  const scaleOf = effectScale(shown)
  const [first] = shown
  if (!first) return null
  return (
    <Card
      title={t('overview.findings')}
      help={`${days(first.period)} · ${t('overview.byMoney')}`}
      end={<Go to="/findings">{t('overview.allFindings', { n: count(of.findingCount) })}</Go>}
    >
      <ul>
        {shown.map((finding, i) => (
          <FindingRow key={finding.id} of={finding} scale={scaleOf(finding)} starred={i === 0} />
        ))}
      </ul>
    </Card>
  )
}

/** On a phone what presses comes before what is good to know: clocks that run out stand above the scores. */
function Answered({ of }: { of: Answers }) {
  return (
    <div className="stack">
      <TopSentence of={of} />
      <div className="overview">
        <div className="stack main">
          <div className="card metrics scores">
            {topScores(of.indicators).map((indicator) => (
              <Metric key={indicator.id} of={indicator} />
            ))}
          </div>
          <Findings of={of} />
          <WorstTouchpoints of={of.worstTouchpoints} />
        </div>
        <div className="stack rail">
          <Pulse of={of} />
          <OpenAlerts />
          <DueTickets of={of.dueTickets} />
        </div>
      </div>
    </div>
  )
}

export default function Overview() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const overview = useOverview(useSlice())
  const tableOf = useOverviewTable()
  return (
    <Page title={t('overview.title')}>
      {tenant.extent ? (
        <div className="stack">
          <FilterBar
            end={<PageTools what={t('overview.title')} table={() => (overview.data ? tableOf(overview.data) : null)} />}
          />
          <Answer of={overview} what={t('overview.title')} cards={[2, 5, 8]}>
            {(data) => <Answered of={data} />}
          </Answer>
        </div>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
