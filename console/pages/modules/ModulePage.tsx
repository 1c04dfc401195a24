import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ModuleReview } from '../../../src/http/shapes.ts'
import { useModule, useModulesByCustomer } from '../../api/modules.ts'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { FilterBar } from '../../parts/FilterBar.tsx'
import { Lead } from '../../parts/Lead.tsx'
import { Answer, EmptyTenant } from '../../parts/states.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useNames, useSlice, useSurroundings } from '../../shell/surroundings.tsx'
import { History, Related, Said, Tickets } from './Beside.tsx'
import { kpiByCustomer, useKpiTexts } from './figures.ts'
import { KpiTable } from './KpiTable.tsx'
import './modules.css'
import { Notes } from './Notes.tsx'
import { Owner } from './OwnerSheet.tsx'
import { useModuleTable } from './table.ts'
import { Where } from './Where.tsx'

/** How the module stands, in a sentence. */
function useConclusion(of: ModuleReview): string {
  const { t } = useTranslation()
  const names = useNames()
  const texts = useKpiTexts()
  const { counts, kpis } = of
  const worst = kpis.find(({ id }) => id === of.worst)
  if (counts.no_data === kpis.length) return t('modules.oneNoData')
  if (!worst) return t(counts.no_target + counts.no_data === kpis.length ? 'modules.oneNoTarget' : 'modules.oneCalm')
  const about = { kpi: names.said(worst), value: texts.value(worst) }
  if (worst.gap && worst.target && (worst.verdict === 'missed' || worst.verdict === 'not_yet'))
    return t('modules.oneMissed', {
      ...about,
      target: texts.level(worst.target.value, worst),
      gap: texts.size(worst.gap.value, worst),
    })
  return t('modules.oneWorse', { ...about, change: texts.size(worst.change?.value ?? 0, worst) })
}

function Content({ of }: { of: ModuleReview }) {
  const { t } = useTranslation()
  const names = useNames()
  const { focus } = useAddress()
  const known = of.kpis.filter(({ estimate }) => estimate.value !== null)
  const chosen = known.find(({ id }) => id === focus) ?? known.find(({ id }) => id === of.worst) ?? known[0]
  return (
    <div className="stack module-review">
      <Lead
        help={`${names.said(of.about)} · ${t('modules.help')}${of.comparable ? '' : ` ${t('modules.notComparable')}`}`}
        tools={
          <>
            <Owner of={of} />
            <Button
              size="small"
              className="no-print"
              icon={<Printer size={14} strokeWidth={1.75} aria-hidden />}
              onClick={() => window.print()}
            >
              {t('modules.print')}
            </Button>
          </>
        }
      >
        {useConclusion(of)}
      </Lead>
      <KpiTable of={of} chosen={chosen?.id} />
      <div className="module-columns">
        <div className="stack">
          {chosen && <Where of={of} kpi={chosen} />}
          <Said of={of} />
          <Notes of={of} />
        </div>
        <div className="stack">
          <Related of={of} />
          <Tickets of={of} />
          <History of={of} />
        </div>
      </div>
    </div>
  )
}

/** The review of one module: figures against targets, where they fall short, what customers say, and what is done. */
export default function ModulePage() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { tenant } = useSurroundings()
  const names = useNames()
  const module = useModule(id, useSlice())
  const tableOf = useModuleTable()
  const data = module.data
  const title = data ? names.said(data) : t('modules.title')
  const customers = useModulesByCustomer(useSlice())
  const table = async () => {
    const byCustomer = kpiByCustomer(customers.data ?? (await customers.refetch()).data)
    return data
      ? tableOf(data.kpis.map((kpi) => ({ module: data, kpi, byCustomer: byCustomer(data.id, kpi.id) })))
      : null
  }
  return (
    <Page title={title} crumb={{ to: '/modules', label: t('modules.title') }}>
      {tenant.extent ? (
        <div className="stack">
          <FilterBar end={<PageTools what={title} table={table} />} />
          <Answer of={module} what={title} cards={[2, 8, 6]}>
            {(of) => <Content of={of} />}
          </Answer>
        </div>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
