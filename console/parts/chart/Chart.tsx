import { Segmented } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chartColours, colours } from '../../look/tokens.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { Card } from '../Card.tsx'
import './chart.css'
import { echarts } from './echarts.ts'
import { chartTheme } from './theme.ts'

export type Paint = (typeof colours)['light'] & (typeof chartColours)['light']

interface CanvasProps {
  option: (paint: Paint) => EChartsCoreOption
  /** One sentence that says what is to be seen. */
  summary: string
  height: number
}

function Canvas({ option, summary, height }: CanvasProps) {
  const { theme, lang } = useSurroundings()
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<ReturnType<typeof echarts.init>>(null)
  useEffect(() => {
    const node = place.current!
    const made = echarts.init(node, chartTheme(theme, lang), { renderer: 'svg' })
    chart.current = made
    const watch = new ResizeObserver(() => made.resize())
    watch.observe(node)
    return () => {
      watch.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [theme, lang])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme makes a new, empty chart
  useEffect(() => {
    const paint = { ...colours[theme], ...chartColours[theme] }
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    chart.current?.setOption({ ...option(paint), animation: !still }, { notMerge: true })
  }, [option, theme, lang])
  return <div ref={place} className="canvas" role="img" aria-label={summary} style={{ height }} />
}

export interface ChartTable {
  head: string[]
  rows: { key: string; cells: string[] }[]
}

interface ChartProps extends CanvasProps {
  title: string
  help?: string
  end?: ReactNode
  table: ChartTable
}

/** A chart with its sentence for those who do not see it, and the numbers behind it as a table. */
export function Chart({ title, help, end, table, option, summary, height }: ChartProps) {
  const { t } = useTranslation()
  const [as, setAs] = useState<'chart' | 'table'>('chart')
  const choice = (
    <span className="row">
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
    </span>
  )
  return (
    <Card title={title} help={help} end={choice}>
      {as === 'chart' ? (
        <Canvas option={option} summary={summary} height={height} />
      ) : (
        <div className="scroll chart-table" style={{ maxHeight: Math.max(height, 240) }}>
          <table className="plain num">
            <caption className="hidden">{summary}</caption>
            <thead>
              <tr>
                {table.head.map((name, i) => (
                  <th key={name} scope="col" className={i > 0 ? 'to-right' : undefined}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row.key}>
                  {row.cells.map((cell, i) => (
                    <td key={table.head[i]} className={i > 0 ? 'to-right' : undefined}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}
