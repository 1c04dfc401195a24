import { useTranslation } from 'react-i18next'
import type { IndicatorSummary } from '../../../src/http/shapes.ts'
import { useExportWords } from '../../parts/export/about.ts'
import { type Cell, type ExportTable, figureCells, figureColumns } from '../../parts/export/table.ts'
import { useIndicatorNames } from '../../parts/Metric.tsx'
import { useNames } from '../../shell/surroundings.tsx'

/** Every indicator with its change and the ends of the change's interval. */
export function useCatalogueTable() {
  const words = useExportWords()
  const names = useNames()
  const nameOf = useIndicatorNames()
  return (list: readonly IndicatorSummary[]): ExportTable => ({
    columns: [
      { id: 'indicator', name: 'id', type: 'text' },
      { id: 'item', name: words.item, type: 'text' },
      { id: 'unit', name: words.unit, type: 'text' },
      ...figureColumns(words),
      { id: 'change', name: words.changeValue, type: 'number' },
      { id: 'change_low', name: words.changeLow, type: 'number' },
      { id: 'change_high', name: words.changeHigh, type: 'number' },
      { id: 'more_than_chance', name: words.sure, type: 'text' },
    ],
    rows: list.map(({ id, estimate, change }): Cell[] => [
      id,
      nameOf(id),
      names.indicator(id)?.unit ?? '',
      ...figureCells(estimate),
      change?.value ?? null,
      change?.low ?? null,
      change?.high ?? null,
      change && (change.moreThanChance ? words.yes : words.no),
    ]),
  })
}

/** One indicator: the whole period, the one before it, and the days. */
export function useIndicatorTable() {
  const { t } = useTranslation()
  const words = useExportWords()
  return (of: IndicatorSummary): ExportTable => ({
    columns: [
      { id: 'indicator', name: words.item, type: 'text' },
      { id: 'span', name: words.part, type: 'text' },
      ...figureColumns(words),
    ],
    rows: [
      [of.id, t('export.thisPeriod'), ...figureCells(of.estimate)],
      [of.id, t('export.previousPeriod'), ...figureCells(of.previous)],
      ...of.series.map(({ day, estimate }): Cell[] => [of.id, day, ...figureCells(estimate)]),
    ],
  })
}
