import { useTranslation } from 'react-i18next'
import type { ModuleCard as Module, ModuleList } from '../../../src/http/shapes.ts'
import { useModules, useModulesByCustomer } from '../../api/modules.ts'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { FilterBar } from '../../parts/FilterBar.tsx'
import { Lead } from '../../parts/Lead.tsx'
import { Answer, EmptyTenant } from '../../parts/states.tsx'
import { Page } from '../../shell/Page.tsx'
import { useNames, useSlice, useSurroundings } from '../../shell/surroundings.tsx'
import { isWorse, kpiByCustomer, useKpiTexts } from './figures.ts'
import { ModuleCard } from './ModuleCard.tsx'
import './modules.css'
import { useModuleTable } from './table.ts'

const missed = ({ counts }: Module) => counts.missed
const worse = ({ counts }: Module) => counts.worse
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

/** Which figure to look at first, in a sentence. */
function Conclusion({ of }: { of: ModuleList }) {
  const { t } = useTranslation()
  const names = useNames()
  const texts = useKpiTexts()
  const { modules } = of
  const said = () => {
    if (modules.every(({ kpis, counts }) => counts.no_data === kpis.length)) return t('modules.leadNoData')
    const counts = [missed, worse].map((by) => sum(modules.map(by)))
    for (const [place, by] of [missed, worse].entries()) {
      const module = [...modules].sort((one, other) => by(other) - by(one))[0]!
      const kpi = module.kpis.find((one) => one.id === module.worst && (place === 0 || isWorse(one)))
      if (counts[place]! === 0 || !kpi) continue
      const about = { count: counts[place]!, module: names.said(module), kpi: names.said(kpi), value: texts.value(kpi) }
      return place === 0
        ? t('modules.leadMissed', { ...about, target: texts.level(kpi.target?.value ?? null, kpi) })
        : t('modules.leadWorse', about)
    }
    return t('modules.leadCalm')
  }
  return <Lead help={`${t('modules.help')}${of.comparable ? '' : ` ${t('modules.notComparable')}`}`}>{said()}</Lead>
}

/** The parts of the experience that are steered by themselves, each with its targets and its owner. */
export default function Modules() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const list = useModules(useSlice())
  const tableOf = useModuleTable()
  const customers = useModulesByCustomer(useSlice())
  const table = async () => {
    const byCustomer = kpiByCustomer(customers.data ?? (await customers.refetch()).data)
    const rowsOf = (module: Module) =>
      module.kpis.map((kpi) => ({ module, kpi, byCustomer: byCustomer(module.id, kpi.id) }))
    return list.data ? tableOf(list.data.modules.flatMap(rowsOf)) : null
  }
  return (
    <Page title={t('modules.title')}>
      {tenant.extent ? (
        <div className="stack">
          <FilterBar end={<PageTools what={t('modules.title')} table={table} />} />
          <Answer of={list} what={t('modules.title')} cards={[1, 5, 5]}>
            {(data) => (
              <div className="stack">
                <Conclusion of={data} />
                <ul className="module-grid">
                  {data.modules.map((module) => (
                    <ModuleCard key={module.id} of={module} customers={kpiByCustomer(customers.data)} />
                  ))}
                </ul>
              </div>
            )}
          </Answer>
        </div>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
