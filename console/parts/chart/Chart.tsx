import { Segmented } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { Card } from '../Card.tsx'
import { useAboutLine } from '../export/about.ts'
import { Export, type ExportProps } from '../export/Export.tsx'
import { type About, type ExportTable, shownCell } from '../export/table.ts'
import './chart.css'
import { echarts } from './echarts.ts'
import { pictureOf } from './picture.ts'
import { chartTheme, type Paint, paintOf } from './theme.ts'

/** Up to here marks are drawn as lines, which stay sharp; above, as pixels, which stay quick. */
const SHARP_MARKS = 2_000

interface CanvasProps {
  /** What is drawn, in the colours of the theme. Keep it the same function while nothing changes. */
  option: (paint: Paint) => EChartsCoreOption
  /** One sentence that says what is to be seen. */
  summary: string
  height: number
  /** How many points, bars and cells are drawn, roughly. */
  marks?: number
  place: RefObject<HTMLDivElement | null>
}

function Canvas({ option, summary, height, marks = 0, place }: CanvasProps) {
  const { theme, lang } = useSurroundings()
  const chart = useRef<ReturnType<typeof echarts.init>>(null)
  const renderer = marks > SHARP_MARKS ? 'canvas' : 'svg'
  useEffect(() => {
    const node = place.current!
    const made = echarts.init(node, chartTheme(theme, lang), { renderer })
    chart.current = made
    const watch = new ResizeObserver(() => made.resize())
    watch.observe(node)
    return () => {
      watch.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [theme, lang, renderer, place])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme makes a new, empty chart
  useEffect(() => {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    chart.current?.setOption({ ...option(paintOf(theme)), animation: !still }, { notMerge: true })
  }, [option, theme, lang, renderer])
  return <div ref={place} className="canvas" role="img" aria-label={summary} style={{ height }} />
}

interface ChartProps extends Omit<CanvasProps, 'place'> {
  title: string
  /** What it is about where the title alone does not say it; it names the picture and the file. */
  subject?: string
  help?: string
  end?: ReactNode
  /** The numbers that are drawn, each estimate with its interval and n: the table behind 表格, and what is exported. */
  data: ExportTable
  /** The days that it shows, where they are not those of the page's filter. */
  period?: ExportProps['period']
  /** What the chart rests on, in words: n, and what the band means. It stands below the chart and on its picture. */
  basis?: string
}

const nameOf = ({ subject, title }: ChartProps) => (subject ? `${subject} · ${title}` : title)

function usePicture(props: ChartProps, place: RefObject<HTMLDivElement | null>) {
  const { option, basis, height } = props
  const { theme, lang } = useSurroundings()
  const aboutLine = useAboutLine()
  return (about: About) => {
    const paint = paintOf(theme)
    const lines = [aboutLine(about), basis ?? ''].filter(Boolean)
    const width = place.current?.clientWidth || 720
    return pictureOf({ option: option(paint), paint, theme, lang, width, height, title: nameOf(props), lines })
  }
}

function Numbers({ of, summary, height }: { of: ExportTable; summary: string; height: number }) {
  return (
    <div className="scroll chart-table" style={{ maxHeight: Math.max(height, 240) }}>
      <table className="plain num">
        <caption className="hidden">{summary}</caption>
        <thead>
          <tr>
            {of.columns.map((column, i) => (
              <th key={column.id} scope="col" className={i > 0 ? 'to-right' : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.rows.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of numbers has no other identity
            <tr key={line}>
              {of.columns.map((column, i) => (
                <td key={column.id} className={i > 0 ? 'to-right' : undefined}>
                  {shownCell(column, row[i] ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A chart with its sentence for those who do not see it, the numbers behind it as a table, and both as files. */
export function Chart(props: ChartProps) {
  const { title, help, end, data, option, summary, height, marks, basis } = props
  const { t } = useTranslation()
  const [as, setAs] = useState<'chart' | 'table'>('chart')
  const place = useRef<HTMLDivElement>(null)
  const picture = usePicture(props, place)
  const choice = (
    <span className="row wrap chart-tools">
      {end}
      <Segmented
        size="small"
        value={as}
        onChange={setAs}
        aria-label={t('figure.asTable', { what: title })}
        options={[
          { value: 'chart', label: t('figure.chart') },
          { value: 'table', label: t('figure.table') },
        ]}
      />
      <Export what={nameOf(props)} table={() => data} picture={picture} period={props.period} />
    </span>
  )
  return (
    <Card title={title} help={help} end={choice}>
      {as === 'chart' ? (
        <Canvas option={option} summary={summary} height={height} marks={marks} place={place} />
      ) : (
        <Numbers of={data} summary={summary} height={height} />
      )}
      {basis && <p className="aux num basis">{basis}</p>}
    </Card>
  )
}
