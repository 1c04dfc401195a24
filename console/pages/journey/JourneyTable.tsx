import { useTranslation } from 'react-i18next'
import type { Journey, JourneyFigure } from '../../../src/http/shapes.ts'
import { useExportWords } from '../../parts/export/about.ts'
import {
  boundsCells,
  type Cell,
  type Column,
  changeColumns,
  type ExportTable,
  figureCells,
  figureColumns,
  shownCell,
} from '../../parts/export/table.ts'
import { useNames } from '../../shell/surroundings.tsx'
import { level, levelText, signed } from '../../words/format.ts'
import { netText } from '../overview/WorstTouchpoints.tsx'

/** The place of the unit among the columns. */
const UNIT = 3

const rounded = (value: number) => level(value, 'score')

/** A figure as the map writes it: its unit stands in the same row. */
function written(column: Column, cell: Cell, unit: Cell): string {
  if (typeof cell !== 'number' || column.id === 'n' || column.id === 'q') return shownCell(column, cell)
  const points = unit === 'net' ? cell * 100 : cell
  if (column.id.startsWith('change'))
    return signed(unit === 'share' ? cell : points, unit === 'share' ? 'share' : 'points')
  return unit === 'share' ? levelText(cell, 'share') : netText(points / 100)
}

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
        {
          id: 'unit',
          name: words.unit,
          type: 'text',
          write: (unit) => t(`journey.units.${unit as 'share'}`),
        },
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
                    {written(column, row[i] ?? null, row[UNIT] ?? null)}
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
