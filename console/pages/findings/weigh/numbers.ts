import { useTranslation } from 'react-i18next'
import type { DriverTable, ReturnLedger, WeighedFactor } from '../../../../src/http/shapes.ts'
import { useExportWords } from '../../../parts/export/about.ts'
import {
  boundsCells,
  boundsColumns,
  type Cell,
  type ExportTable,
  figureCells,
  figureColumns,
} from '../../../parts/export/table.ts'
import { useFactorName } from './factor.tsx'

/** Every factor with all its figures; shares as 0–1, money in minor units. */
export function useDriverTable() {
  const { t } = useTranslation()
  const words = useExportWords()
  const nameOf = useFactorName()
  const three = (id: string, name: string) => boundsColumns(words, id, name)
  return (of: DriverTable): ExportTable => ({
    columns: [
      { id: 'outcome', name: t('drivers.outcome'), type: 'text' },
      { id: 'factor', name: 'id', type: 'text' },
      { id: 'item', name: t('drivers.factor'), type: 'text' },
      { id: 'more_than_chance', name: words.sure, type: 'text' },
      { id: 'n', name: 'n', type: 'number' },
      { id: 'q', name: 'q', type: 'number' },
      ...three('stratified', t('drivers.stratified')),
      ...three('adjusted', t('drivers.adjusted')),
      ...three('importance', t('drivers.share')),
      { id: 'johnson', name: t('drivers.johnson'), type: 'number' },
      { id: 'inflation', name: t('drivers.inflation'), type: 'number' },
      ...three('refund_month', t('drivers.refund')),
      ...three('nps', t('drivers.npsHead')),
    ],
    rows: of.factors.map((factor: WeighedFactor): Cell[] => [
      of.outcome,
      factor.id,
      nameOf(factor),
      factor.certain ? words.yes : words.no,
      factor.exposed.n,
      factor.q,
      ...boundsCells(factor.stratified),
      ...boundsCells(factor.adjusted),
      ...boundsCells(factor.importance),
      factor.johnson,
      factor.inflation,
      ...boundsCells(factor.refund),
      ...boundsCells(factor.nps),
    ]),
  })
}

/** The ledger's rows and sums; money in minor units. */
export function useLedgerTable() {
  const { t } = useTranslation()
  const words = useExportWords()
  const nameOf = useFactorName()
  const none = { value: null, low: null, high: null, n: 0 }
  return (of: ReturnLedger): ExportTable => ({
    columns: [
      { id: 'item', name: t('drivers.factor'), type: 'text' },
      ...figureColumns(words, undefined, { id: 'rate', name: t('drivers.rate') }),
      ...boundsColumns(words, 'returns', t('drivers.returns')),
      ...boundsColumns(words, 'refund', t('drivers.refund')),
      { id: 'currency', name: words.unit, type: 'text' },
      ...boundsColumns(words, 'share', t('drivers.ofAll')),
      ...boundsColumns(words, 'nps', t('drivers.npsHead')),
    ],
    rows: [
      ...of.rows.map((row) => ({ ...row, name: nameOf(row) })),
      { ...of.explained, name: t('drivers.explained'), rate: none, nps: null },
      { ...of.unexplained, name: t('drivers.unexplained'), rate: none, nps: null },
    ].map((row): Cell[] => [
      row.name,
      ...figureCells(row.rate),
      ...boundsCells(row.returns),
      ...boundsCells(row.refund),
      of.currency,
      ...boundsCells(row.share),
      ...boundsCells(row.nps),
    ]),
  })
}
