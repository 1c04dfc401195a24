import { useTranslation } from 'react-i18next'
import type { DriverTable, WeighedFactor } from '../../../../src/http/shapes.ts'
import { useExportWords } from '../../../parts/export/about.ts'
import type { Cell, Column, ExportTable } from '../../../parts/export/table.ts'
import { useFactorName } from './factor.tsx'

const bounds = (of: { value: number; low: number; high: number } | null): Cell[] => [
  of?.value ?? null,
  of?.low ?? null,
  of?.high ?? null,
]

/** Every factor with all its figures; shares as 0–1, money in minor units. */
export function useDriverTable() {
  const { t } = useTranslation()
  const words = useExportWords()
  const nameOf = useFactorName()
  const three = (id: string, name: string): Column[] => [
    { id, name, type: 'number' },
    { id: `${id}_low`, name: `${name} ${t('drivers.low')}`, type: 'number' },
    { id: `${id}_high`, name: `${name} ${t('drivers.high')}`, type: 'number' },
  ]
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
      ...bounds(factor.stratified),
      ...bounds(factor.adjusted),
      ...bounds(factor.importance),
      factor.johnson,
      factor.inflation,
      ...bounds(factor.refund),
      ...bounds(factor.nps),
    ]),
  })
}
