import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { FindingDetail } from '../../../src/http/shapes.ts'
import { useFinding } from '../../api/queries.ts'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { FindingState, pathOf } from '../../parts/FindingRow.tsx'
import { factorName, wordsOf } from '../../parts/factor.ts'
import { Answer } from '../../parts/states.tsx'
import { Page } from '../../shell/Page.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'
import { Checks } from './Checks.tsx'
import { Decision } from './Decision.tsx'
import { Evidence } from './Evidence.tsx'
import { Facts } from './Facts.tsx'
import './finding.css'
import { Heat } from './Heat.tsx'
import { useOneFindingTable } from './numbers.ts'
import { Places } from './Places.tsx'
import { Story } from './Story.tsx'
import { Weekly } from './Weekly.tsx'

function Headline({ of }: { of: FindingDetail }) {
  const { t } = useTranslation()
  const { lang, moment } = useFormat()
  const names = useNames()
  const tableOf = useOneFindingTable()
  return (
    <header className="headline">
      <div className="row spread wrap">
        <p className="row wrap">
          <span className="pill">{of.category ? names.category(of.category) : t('finding.all_categories')}</span>
          {of.scene && <span className="pill line">#{names.scene(of.scene)}</span>}
          <span className="pill line">{factorName(of, names, t)}</span>
          <FindingState of={of} />
          <span className="aux num">{t('finding.firstSeenAt', { time: moment(of.firstSeenAt) })}</span>
        </p>
        <PageTools what={pathOf(of, names, t)} table={() => tableOf(of)} period={of.period} />
      </div>
      <h2>{of.sentence[lang]}</h2>
      <p className="soft">
        {t(`finding.${wordsOf(of)}.levels`, {
          outcome: names.outcome(of.outcome),
          exposed: levelText(of.exposed.value, of.unit),
          control: levelText(of.control.value, of.unit),
          exposedN: count(of.exposed.n),
          controlN: count(of.control.n),
        })}
      </p>
    </header>
  )
}

function Detail({ of }: { of: FindingDetail }) {
  return (
    <div className="detail">
      <div className="stack">
        <Headline of={of} />
        <Facts of={of} />
        <Checks of={of} />
        <Evidence of={of} />
        <Heat of={of} />
        <Places of={of} />
        <Weekly of={of} />
      </div>
      <div className="stack rail">
        <Decision of={of} />
        <Story of={of} />
      </div>
    </div>
  )
}

export default function FindingPage() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const names = useNames()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const finding = useFinding(id, { tenant: tenant.id })
  const title = finding.data ? pathOf(finding.data, names, t) : t('finding.title')
  return (
    <Page title={title} crumb={{ to: '/findings', label: t('finding.title') }}>
      <Answer of={finding} what={t('finding.title')} cards={[3, 4, 6, 6]}>
        {(data) => <Detail of={data} />}
      </Answer>
    </Page>
  )
}
