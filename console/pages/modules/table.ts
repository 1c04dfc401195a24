import { useTranslation } from 'react-i18next'
import type { ModuleKpi } from '../../../src/http/shapes.ts'
import { useExportWords } from '../../parts/export/about.ts'
import { type Cell, type ExportTable, figureCells, figureColumns } from '../../parts/export/table.ts'
import { useNames } from '../../shell/surroundings.tsx'

interface Row {
  module: { id: string; zh: string; en: string }
  kpi: ModuleKpi
}

/** Figures with their targets, as files hold them. */
export function useModuleTable(): (rows: readonly Row[]) => ExportTable {
  const { t } = useTranslation()
  const words = useExportWords()
  const names = useNames()
  const before = { id: 'previous', name: t('modules.columns.previous') }
  return (rows) => ({
    columns: [
      { id: 'module', name: t('modules.columns.module'), type: 'text' },
      { id: 'indicator', name: 'id', type: 'text' },
      { id: 'item', name: words.item, type: 'text' },
      { id: 'unit', name: words.unit, type: 'text' },
      { id: 'counted', name: t('modules.columns.counted'), type: 'text' },
      ...figureColumns(words),
      { id: 'target', name: t('modules.columns.target'), type: 'number' },
      { id: 'stretch', name: t('modules.columns.stretch'), type: 'number' },
      { id: 'by', name: t('modules.columns.by'), type: 'text' },
      { id: 'verdict', name: t('modules.columns.verdict'), type: 'text' },
      { id: 'gap', name: t('modules.columns.gap'), type: 'number' },
      ...figureColumns(words, undefined, before),
      { id: 'change', name: words.changeValue, type: 'number' },
      { id: 'change_low', name: words.changeLow, type: 'number' },
      { id: 'change_high', name: words.changeHigh, type: 'number' },
      { id: 'q', name: t('modules.columns.q'), type: 'number' },
    ],
    rows: rows.map(({ module, kpi }): Cell[] => [
      names.said(module),
      kpi.id,
      names.said(kpi),
      kpi.unit,
      `${kpi.period.from}/${kpi.period.to}`,
      ...figureCells(kpi.estimate),
      kpi.target?.value ?? null,
      kpi.target?.stretch ?? null,
      kpi.target?.by ?? null,
      t(`modules.verdict.${kpi.verdict}`),
      kpi.gap?.value ?? null,
      ...figureCells(kpi.previous),
      kpi.change?.value ?? null,
      kpi.change?.low ?? null,
      kpi.change?.high ?? null,
      kpi.q,
    ]),
  })
}
