import { useTranslation } from 'react-i18next'
import type { Finding, FindingDetail } from '../../../src/http/shapes.ts'
import { useExportWords } from '../../parts/export/about.ts'
import {
  boundsCells,
  boundsColumns,
  type Cell,
  type ExportTable,
  figureCells,
  figureColumns,
} from '../../parts/export/table.ts'
import { wordsOf } from '../../parts/factor.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'

/** Every finding with its figures; shares as 0–1, money a month in minor units. */
export function useFindingTable() {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const words = useExportWords()
  const names = useNames()
  const three = (id: string, name: string) => boundsColumns(words, id, name)
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
      one.category === '' ? '' : names.category(one.category),
      names.department(one.owner),
      ...boundsCells(one.effect),
      one.unit,
      one.exposed.n,
      one.control.n,
      one.q,
      ...boundsCells(one.money),
      ...boundsCells(one.nps),
    ]),
  })
}

/** Everything that a finding's page rests on: effect, both levels, the checks, cities, cells of the heat map. */
export function useOneFindingTable() {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const words = useExportWords()
  const names = useNames()
  return (of: FindingDetail): ExportTable => {
    const kind = wordsOf(of)
    const level = `${t('finding.title')} · ${names.outcome(of.outcome)}`
    const effect = (item: string, bounds: FindingDetail['checks'][number]['effect'], n: number): Cell[] => [
      t('finding.holds'),
      item,
      of.unit,
      ...boundsCells(bounds),
      n,
    ]
    return {
      columns: [
        { id: 'part', name: words.part, type: 'text' },
        { id: 'item', name: words.item, type: 'text' },
        { id: 'unit', name: words.unit, type: 'text' },
        ...figureColumns(words),
      ],
      rows: [
        [t('finding.title'), of.sentence[lang], of.unit, ...boundsCells(of.effect), of.exposed.n],
        [level, t(`finding.${kind}.exposed`), of.unit, ...figureCells(of.exposed)],
        [level, t(`finding.${kind}.control`), of.unit, ...figureCells(of.control)],
        ...(of.money ? [[t('finding.moneyMonth'), '', of.money.currency, ...boundsCells(of.money), of.exposed.n]] : []),
        ...(of.nps ? [[t('finding.pointsAtStake'), '', 'points', ...boundsCells(of.nps), null]] : []),
        ...of.checks.map((check) => effect(check[lang], check.effect, check.exposed)),
        ...of.places.map((place) => [
          t('finding.places'),
          names.city(place.city),
          'share',
          ...figureCells(place.share),
        ]),
        ...of.heat.products.flatMap((product) =>
          product.cells.map((cell) => [
            `${t('finding.heat')} · ${product.title}`,
            [cell.scene && names.scene(cell.scene), names.aspect(cell.aspect)].filter(Boolean).join(' · '),
            of.unit,
            ...figureCells(cell.estimate),
          ]),
        ),
      ],
    }
  }
}
