import { useTranslation } from 'react-i18next'
import type { Finding } from '../../../src/http/shapes.ts'
import { useExportWords } from '../../parts/export/about.ts'
import type { Cell, Column, ExportTable } from '../../parts/export/table.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'

type Bounds = { value: number; low: number; high: number } | null | undefined
const bounds = (of: Bounds): Cell[] => [of?.value ?? null, of?.low ?? null, of?.high ?? null]

/** Every finding with its figures; shares as 0–1, money a month in minor units. */
export function useFindingTable() {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const words = useExportWords()
  const names = useNames()
  const three = (id: string, name: string): Column[] => [
    { id, name, type: 'number' },
    { id: `${id}_low`, name: `${name} ${words.low}`, type: 'number' },
    { id: `${id}_high`, name: `${name} ${words.high}`, type: 'number' },
  ]
  return (findings: readonly Finding[]): ExportTable => ({
    columns: [
      { id: 'finding', name: 'id', type: 'text' },
      { id: 'item', name: t('finding.title'), type: 'text' },
      { id: 'outcome', name: t('drivers.outcome'), type: 'text' },
      { id: 'category', name: t('filter.category'), type: 'text' },
      { id: 'owner', name: t('alerts.owner'), type: 'text' },
      ...three('effect', t('drivers.stratified')),
      { id: 'unit', name: words.unit, type: 'text' },
      { id: 'exposed_n', name: t('finding.exposedN'), type: 'number' },
      { id: 'control_n', name: t('finding.controlN'), type: 'number' },
      { id: 'q', name: 'q', type: 'number' },
      ...three('refund_month', t('drivers.refund')),
      ...three('nps', t('drivers.npsHead')),
    ],
    rows: findings.map((one): Cell[] => [
      one.id,
      one.sentence[lang],
      names.outcome(one.outcome),
      one.category,
      names.department(one.owner),
      ...bounds(one.effect),
      one.unit,
      one.exposed.n,
      one.control.n,
      one.q,
      ...bounds(one.money),
      ...bounds(one.nps),
    ]),
  })
}
