import { useTranslation } from 'react-i18next'
import type { Journey, JourneyFigure } from '../../../src/http/shapes.ts'
import { useExportWords } from '../../parts/export/about.ts'
import {
  boundsCells,
  type Cell,
  changeColumns,
  type ExportTable,
  figureCells,
  figureColumns,
  shownCell,
} from '../../parts/export/table.ts'
import { useNames } from '../../shell/surroundings.tsx'
import { level } from '../../words/format.ts'

const rounded = (value: number) => level(value, 'score')

/** Every figure of the map as a row: level, interval, n, change and how sure it is, and what is missing where there is none. */
export function useJourneyTable() {
  const { t } = useTranslation()
  const words = useExportWords()
  const names = useNames()
  return (of: Journey): ExportTable => {
    const row = (stage: string, place: string, measure: string, unit: string, figure: JourneyFigure): Cell[] => [
      t(`stage.${stage as 'browse'}`),
      place,
      measure,
      unit,
      ...figureCells(figure.estimate),
      ...boundsCells(figure.change),
      figure.q,
      figure.silence ? t(`journey.silence.${figure.silence}`) : null,
    ]
    return {
      columns: [
        { id: 'stage', name: t('journey.columns.stage'), type: 'text' },
        { id: 'touchpoint', name: t('journey.columns.touchpoint'), type: 'text' },
        { id: 'measure', name: t('journey.columns.measure'), type: 'text' },
        { id: 'unit', name: words.unit, type: 'text' },
        ...figureColumns(words, rounded),
        ...changeColumns(words, rounded),
        { id: 'q', name: t('journey.columns.q'), type: 'number', write: rounded },
        { id: 'silence', name: t('journey.columns.silence'), type: 'text' },
      ],
      rows: [
        ...of.stages.map((lane) =>
          row(lane.stage, '', t(`journey.stageMeasure.${lane.measure}`), 'share', lane.figure),
        ),
        ...of.touchpoints.flatMap((one) => {
          const place = names.touchpoint(one.id)
          return [
            row(one.stage, place, t('journey.sentiment'), 'net', one.sentiment),
            row(one.stage, place, t('journey.nps'), 'points', one.nps),
            row(one.stage, place, t('journey.csat'), 'share', one.csat),
            row(one.stage, place, t('journey.ces'), 'share', one.ces),
            ...one.into.map((way) =>
              row(one.stage, place, t('journey.wayInto', { from: names.touchpoint(way.from) }), 'share', way.figure),
            ),
            row(one.stage, place, t('journey.friction'), 'share', one.friction.figure),
            row(one.stage, place, t('journey.exits'), 'share', one.exits),
          ]
        }),
      ],
    }
  }
}

export function JourneyTable({ of }: { of: Journey }) {
  const { t } = useTranslation()
  const table = useJourneyTable()(of)
  return (
    <section className="card">
      <div className="body scroll journey-table">
        <table className="plain num">
          <caption className="hidden">{t('journey.title')}</caption>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column.id} scope="col" className={column.type === 'number' ? 'to-right' : undefined}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row of figures has no other identity
              <tr key={line}>
                {table.columns.map((column, i) => (
                  <td key={column.id} className={column.type === 'number' ? 'to-right' : undefined}>
                    {shownCell(column, row[i] ?? null)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
