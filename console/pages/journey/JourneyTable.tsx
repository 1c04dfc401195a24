import { useTranslation } from 'react-i18next'
import type { Journey } from '../../../src/http/shapes.ts'
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
import { Opens, type See, useMeasure } from './Behind.tsx'
import { linesOf } from './lines.ts'

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
  const measure = useMeasure()
  return (of: Journey): ExportTable => ({
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
    rows: linesOf(of).map((line): Cell[] => [
      t(`stage.${line.stage}`),
      line.of === 'stage' ? '' : names.touchpoint(line.id),
      measure(line),
      line.unit,
      ...figureCells(line.figure.estimate),
      ...boundsCells(line.figure.change),
      line.figure.q,
      line.figure.silence ? t(`journey.silence.${line.figure.silence}`) : null,
    ]),
  })
}

export function JourneyTable({ of, see }: { of: Journey; see: See }) {
  const { t } = useTranslation()
  const { columns, rows } = useJourneyTable()(of)
  const lines = linesOf(of)
  return (
    <section className="card">
      <div className="body scroll journey-table">
        <table className="plain num">
          <caption className="hidden">{t('journey.title')}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.id} scope="col" className={column.type === 'number' ? 'to-right' : undefined}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, place) => {
              const line = lines[place]!
              return (
                <tr key={`${line.of} ${line.id} ${line.from ?? ''}`}>
                  {columns.map((column, i) => {
                    const text = written(column, row[i] ?? null, row[UNIT] ?? null)
                    return (
                      <td key={column.id} className={column.type === 'number' ? 'to-right' : undefined}>
                        {column.id === 'value' && typeof row[i] === 'number' ? (
                          <Opens what={`${row[1]} ${row[2]}`.trim()} value={text} see={() => see(line)} />
                        ) : (
                          text
                        )}
                      </td>
                    )
                  })}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}
