import { useTranslation } from 'react-i18next'
import type { Overview } from '../../../src/http/shapes.ts'
import { useExportWords } from '../../parts/export/about.ts'
import { type Cell, type ExportTable, figureCells, figureColumns } from '../../parts/export/table.ts'
import { useIndicatorNames } from '../../parts/Metric.tsx'
import { useFormat, useNames } from '../../shell/surroundings.tsx'

/** Everything on the overview, part by part: scores, findings with their money, touchpoints, voices a day. */
export function useOverviewTable() {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const names = useNames()
  const words = useExportWords()
  const nameOf = useIndicatorNames()
  return (of: Overview): ExportTable => ({
    columns: [
      { id: 'part', name: words.part, type: 'text' },
      { id: 'item', name: words.item, type: 'text' },
      { id: 'unit', name: words.unit, type: 'text' },
      ...figureColumns(words),
    ],
    rows: [
      ...of.indicators.map(({ id, estimate }): Cell[] => [
        t('export.indicators'),
        nameOf(id),
        names.indicator(id)?.unit ?? '',
        ...figureCells(estimate),
      ]),
      ...of.findings.flatMap((one): Cell[][] => [
        [
          t('overview.findings'),
          `${one.sentence[lang]} · ${names.outcome(one.outcome)}`,
          one.unit,
          ...figureCells({ ...one.effect, n: one.exposed.n }),
        ],
        ...(one.money
          ? [
              [
                t('overview.findings'),
                `${one.sentence[lang]} · ${t('finding.moneyMonth')}`,
                one.money.currency,
                one.money.value,
                one.money.low,
                one.money.high,
                one.exposed.n,
              ],
            ]
          : []),
      ]),
      ...of.worstTouchpoints.map(({ id, score }): Cell[] => [
        t('overview.worst'),
        names.touchpoint(id),
        'net',
        ...figureCells(score),
      ]),
      [t('overview.pulse'), names.polarity('negative'), 'share', ...figureCells(of.voices.negative)],
      ...of.voices.perDay.map((one): Cell[] => [
        t('overview.pulse'),
        one.day,
        'voices',
        one.total,
        null,
        null,
        one.total,
      ]),
    ],
  })
}
