import { useTranslation } from 'react-i18next'
import type { FunnelResult } from '../../../src/http/shapes.ts'
import { useFunnelResult } from '../../api/funnels.ts'
import { useExportWords } from '../../parts/export/about.ts'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { type ExportTable, figureCells, figureColumns } from '../../parts/export/table.ts'
import { FilterBar } from '../../parts/FilterBar.tsx'
import { Answer, EmptyTenant, Message } from '../../parts/states.tsx'
import { useAddress, useSlice, useSurroundings } from '../../shell/surroundings.tsx'
import { DropOffSheet } from './DropOffSheet.tsx'
import { Editor } from './Editor.tsx'
import { FunnelPick } from './FunnelPick.tsx'
import { Groups } from './Groups.tsx'
import { useFunnelWords } from './names.ts'
import { ReachedSheet } from './ReachedSheet.tsx'
import { ResultLead, ResultSteps } from './Result.tsx'

function useTable() {
  const { t } = useTranslation()
  const words = useExportWords()
  const { step, dimension, value } = useFunnelWords()
  return (of: FunnelResult): ExportTable => {
    const { by } = of.funnel
    const groupName = (key: string) => (key === 'others' ? t('funnel.others') : value(by ?? '', key))
    const rows = of.steps.map((one, i) => [
      '',
      step(of.funnel.steps[i]!),
      ...figureCells(one.ofFirst),
      ...figureCells(one.seconds),
    ])
    const divided = of.groups.flatMap((group) =>
      group.steps.map((one, i) => [
        groupName(group.key),
        step(of.funnel.steps[i]!),
        ...figureCells(one),
        ...figureCells({ value: null, low: null, high: null, n: 0 }),
      ]),
    )
    return {
      columns: [
        { id: 'group', name: by ? dimension(by) : t('funnel.by'), type: 'text' },
        { id: 'step', name: t('funnel.stepHead'), type: 'text' },
        ...figureColumns(words, undefined, { id: 'of_first', name: t('funnel.ofFirst') }),
        ...figureColumns(words, undefined, { id: 'seconds', name: t('funnel.time') }),
      ],
      rows: [...rows, ...divided],
    }
  }
}

export function FunnelTab() {
  const { t } = useTranslation()
  const slice = useSlice()
  const address = useAddress()
  const result = useFunnelResult(slice, address.funnel)
  const table = useTable()
  const { tenant } = useSurroundings()
  if (!tenant.extent) return <EmptyTenant />
  return (
    <>
      <div className="row wrap">
        <FunnelPick />
        <FilterBar compares={false} />
        <PageTools what={t('funnel.result')} table={() => (result.data ? table(result.data) : null)} />
      </div>
      <Answer of={result} what={t('funnel.result')} cards={[2, 6, 6]}>
        {(data) => (
          <>
            <ResultLead of={data} />
            <div className="funnel-columns">
              <div className="stack">
                {data.steps[0]!.reached === 0 ? (
                  <div className="card">
                    <Message picture="lost" title={t('funnel.leadNone')} help={t('funnel.noneHelp')} />
                  </div>
                ) : (
                  <ResultSteps of={data} />
                )}
                {data.groups.length > 0 && <Groups of={data} />}
              </div>
              <Editor key={data.id} funnel={data.funnel} id={data.id} />
            </div>
            <DropOffSheet search={slice} funnel={data.funnel} />
            <ReachedSheet
              by={{ path: '/funnels/reached', ask: { ...slice, funnel: address.funnel } }}
              funnel={data.funnel}
            />
          </>
        )}
      </Answer>
    </>
  )
}
