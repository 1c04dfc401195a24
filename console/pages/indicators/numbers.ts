import { useTranslation } from 'react-i18next'
import type { ByCustomer, IndicatorBreakdown, IndicatorComparison, IndicatorSummary } from '../../../src/http/shapes.ts'
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
import { useIndicatorNames } from '../../parts/Metric.tsx'
import { useNames } from '../../shell/surroundings.tsx'
import { type Dimension, useGroupNames } from './dimensions.ts'

/** Every indicator with its change and the ends of the change's interval. */
export function useCatalogueTable() {
  const words = useExportWords()
  const names = useNames()
  const nameOf = useIndicatorNames()
  return (list: readonly IndicatorSummary[], byCustomer: ReadonlyMap<string, ByCustomer>): ExportTable => ({
    columns: [
      { id: 'indicator', name: 'id', type: 'text' },
      { id: 'item', name: words.item, type: 'text' },
      { id: 'unit', name: words.unit, type: 'text' },
      ...figureColumns(words),
      ...customerColumns(words),
      ...changeColumns(words),
      { id: 'more_than_chance', name: words.sure, type: 'text' },
    ],
    rows: list.map(({ id, estimate, change }): Cell[] => [
      id,
      nameOf(id),
      names.indicator(id)?.unit ?? '',
      ...figureCells(estimate),
      ...customerCells(byCustomer.get(id)),
      ...boundsCells(change),
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

type Compared = IndicatorComparison['comparisons'][number]

/** Every group of a division, those with few behind them too: level, and how far from all others together. */
export function useBreakdownTable(by: Dimension) {
  const { t } = useTranslation()
  const words = useExportWords()
  const nameOf = useGroupNames(by)
  return (of: IndicatorBreakdown, apart: ReadonlyMap<string, Compared>): ExportTable => ({
    columns: [
      { id: 'group', name: 'id', type: 'text' },
      { id: 'item', name: t(`indicator.by_${by}`), type: 'text' },
      ...figureColumns(words),
      ...boundsColumns(words, 'apart', t('indicators.apartHead')),
      { id: 'q', name: 'q', type: 'number' },
      { id: 'design_effect', name: t('export.designEffect'), type: 'number' },
    ],
    rows: of.groups.map((group): Cell[] => {
      const compared = apart.get(group.key)
      return [
        group.key,
        nameOf(group),
        ...figureCells(group.estimate),
        ...boundsCells(compared?.change ?? null),
        compared?.q ?? null,
        compared?.designEffect ?? null,
      ]
    }),
  })
}

/** Both periods side by side, whole or group by group. */
export function useComparisonTable(by: Dimension | undefined) {
  const { t } = useTranslation()
  const words = useExportWords()
  const nameOf = useGroupNames(by ?? 'category')
  return (of: IndicatorComparison): ExportTable => ({
    columns: [
      { id: 'item', name: by ? t(`indicator.by_${by}`) : words.item, type: 'text' },
      ...figureColumns(words),
      { id: 'other_from', name: t('compare.from'), type: 'text' },
      { id: 'other_to', name: t('compare.to'), type: 'text' },
      ...figureColumns(words, undefined, { id: 'other', name: t(`compare.${of.against as 'previous'}`) }),
      ...changeColumns(words),
      { id: 'q', name: 'q', type: 'number' },
      { id: 'design_effect', name: t('export.designEffect'), type: 'number' },
    ],
    rows: of.comparisons.map((row): Cell[] => [
      by ? nameOf(row) : t('compare.whole'),
      ...figureCells(row.one),
      of.other?.from ?? null,
      of.other?.to ?? null,
      ...figureCells(row.other),
      ...boundsCells(row.change),
      row.q,
      row.designEffect,
    ]),
  })
}
