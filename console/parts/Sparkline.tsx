import type { Estimate } from '../../src/http/shapes.ts'

const WIDTH = 112
const HEIGHT = 36

interface SparklineProps {
  series: readonly { estimate: Estimate }[]
}

/**
 * The run of an indicator with its 95 % band. Its height holds at least one and a half typical intervals,
 * so that noise is not drawn as drama.
 */
export function Sparkline({ series }: SparklineProps) {
  const known = series.map(({ estimate }, i) => ({ i, ...estimate })).filter((point) => point.value !== null) as {
    i: number
    value: number
    low: number | null
    high: number | null
  }[]
  if (known.length < 2) return null
  const widths = known.map((point) => (point.high ?? point.value) - (point.low ?? point.value)).sort((a, b) => a - b)
  const calm = widths[Math.floor(widths.length / 2)]! * 1.6
  const values = known.map((point) => point.value)
  const middle = (Math.max(...values) + Math.min(...values)) / 2
  const span = Math.max(Math.max(...values) - Math.min(...values), calm) || 1
  const x = (i: number) => 1 + (i / Math.max(series.length - 1, 1)) * (WIDTH - 2)
  const y = (value: number) => Math.min(HEIGHT, Math.max(0, HEIGHT / 2 - ((value - middle) / span) * (HEIGHT - 8)))
  const line = known.map((point) => `${x(point.i).toFixed(1)},${y(point.value).toFixed(1)}`)
  const upper = known.map((point) => `${x(point.i).toFixed(1)},${y(point.high ?? point.value).toFixed(1)}`)
  const lower = known.map((point) => `${x(point.i).toFixed(1)},${y(point.low ?? point.value).toFixed(1)}`).reverse()
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      <polygon points={[...upper, ...lower].join(' ')} fill="var(--ciBand)" />
      <polyline points={line.join(' ')} fill="none" stroke="var(--focus)" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  )
}
