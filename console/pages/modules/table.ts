import { useTranslation } from 'react-i18next'
import type { KpiByCustomer, ModuleGroups, ModuleKpi } from '../../../src/http/shapes.ts'
import { useExportWords } from '../../parts/export/about.ts'
import {
  boundsCells,
  boundsColumns,
  type Cell,
  changeColumns,
  customerCells,
  customerColumns,
  type ExportTable,
  figureCells,
  figureColumns,
} from '../../parts/export/table.ts'
import { useNames } from '../../shell/surroundings.tsx'
import { type Dimension, useGroupNames } from '../indicators/dimensions.ts'

interface Row {
  module: { id: string; zh: string; en: string }
  kpi: ModuleKpi
  byCustomer: KpiByCustomer | undefined
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
      ...customerColumns(words),
      { id: 'target', name: t('modules.columns.target'), type: 'number' },
      { id: 'stretch', name: t('modules.columns.stretch'), type: 'number' },
      { id: 'by', name: t('modules.columns.by'), type: 'text' },
      { id: 'verdict', name: t('modules.columns.verdict'), type: 'text' },
      { id: 'gap', name: t('modules.columns.gap'), type: 'number' },
      ...figureColumns(words, undefined, before),
      ...changeColumns(words),
      { id: 'q', name: t('modules.columns.q'), type: 'number' },
    ],
    rows: rows.map(({ module, kpi, byCustomer }): Cell[] => [
      names.said(module),
      kpi.id,
      names.said(kpi),
      kpi.unit,
      `${kpi.period.from}/${kpi.period.to}`,
      ...figureCells(kpi.estimate),
      ...customerCells(byCustomer?.byCustomer),
      kpi.target?.value ?? null,
      kpi.target?.stretch ?? null,
      kpi.target?.by ?? null,
      t(`modules.verdict.${kpi.verdict}`),
      kpi.gap?.value ?? null,
      ...figureCells(kpi.previous),
      ...boundsCells(kpi.change),
      kpi.q,
    ]),
  })
}

/** The groups of a figure, each against all others together and against the target. */
export function useGroupsTable(by: Dimension): (of: ModuleGroups) => ExportTable {
  const { t } = useTranslation()
  const words = useExportWords()
  const nameOf = useGroupNames(by)
  return (of) => ({
    columns: [
      { id: 'group', name: 'id', type: 'text' },
      { id: 'item', name: t(`indicator.by_${by}`), type: 'text' },
      ...figureColumns(words),
      ...boundsColumns(words, 'apart', t('indicators.apartHead')),
      { id: 'q', name: t('modules.columns.q'), type: 'number' },
      { id: 'target', name: t('modules.columns.target'), type: 'number' },
      { id: 'verdict', name: t('modules.columns.verdict'), type: 'text' },
    ],
    rows: of.groups.map((group): Cell[] => [
      group.key,
      nameOf(group),
      ...figureCells(group.one),
      ...boundsCells(group.change),
      group.q,
      of.target?.value ?? null,
      t(`modules.verdict.${group.verdict}`),
    ]),
  })
}
