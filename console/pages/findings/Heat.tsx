import { useTranslation } from 'react-i18next'
import type { FindingDetail } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { tooFew } from '../../parts/Interval.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, level, levelText } from '../../words/format.ts'

type Grid = FindingDetail['heat']['products'][number]
type Cell = Grid['cells'][number]
const STEPS = 6

interface GridProps {
  of: FindingDetail
  grid: Grid
  /** The painful end of the ramp, shared by all products. */
  stepOf: (value: number) => number
}

function HeatCell({
  of,
  cell,
  productId,
  stepOf,
}: {
  of: FindingDetail
  cell: Cell | undefined
  productId: string
  stepOf: (value: number) => number
}) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const names = useNames()
  const estimate = cell?.estimate
  if (!cell || !estimate || estimate.value === null || tooFew(estimate.n))
    return (
      <td>
        <span className="heat few" title={`${t('figure.fewLong')}, ${t('figure.n', { n: count(estimate?.n ?? 0) })}`}>
          {t('figure.few')}
        </span>
      </td>
    )
  const { value, low, high, n } = estimate
  const between = low !== null && high !== null ? t('figure.interval', { range: range(low, high, of.unit) }) : ''
  const step = stepOf(value)
  const here = cell.aspect === of.aspect && cell.scene === of.scene
  const name = [names.aspect(cell.aspect), cell.scene && names.scene(cell.scene)].filter(Boolean).join(' · ')
  const title = `${name} ${levelText(value, of.unit)} ${between} ${t('figure.n', { n: count(n) })}`
  return (
    <td>
      <Go
        to="/voices"
        ask={{
          category: of.category === '' ? undefined : [of.category],
          product: productId === '' ? undefined : [productId],
          aspect: [cell.aspect],
          scene: cell.scene ? [cell.scene] : undefined,
          from: of.period.from,
          to: of.period.to,
        }}
        className={`heat num pain${step}${here ? ' here' : ''}`}
        title={title}
        aria-label={title}
      >
        {level(value, of.unit)}
      </Go>
    </td>
  )
}

function ProductGrid({ of, grid, stepOf }: GridProps) {
  const { t } = useTranslation()
  const names = useNames()
  const { aspects, scenes } = of.heat
  return (
    <div className="scroll">
      <table className="heat-grid">
        <caption>
          <b>{grid.title || t('finding.allProducts')}</b>{' '}
          <span className="aux num">{t('figure.n', { n: count(grid.n) })}</span>
        </caption>
        <thead>
          <tr>
            <th />
            {aspects.map((aspect) => (
              <th key={aspect} scope="col">
                {names.aspect(aspect)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scenes.map((scene) => (
            <tr key={scene}>
              <th scope="row">{scene ? names.scene(scene) : t('finding.noScene')}</th>
              {aspects.map((aspect) => (
                <HeatCell
                  key={aspect}
                  of={of}
                  productId={grid.productId}
                  stepOf={stepOf}
                  cell={grid.cells.find((cell) => cell.aspect === aspect && cell.scene === scene)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Where it hurts most: the outcome's level by scene and aspect, for the products most hit. */
export function Heat({ of }: { of: FindingDetail }) {
  const { t } = useTranslation()
  const names = useNames()
  const products = of.heat.products.filter((product) => product.cells.some((cell) => !tooFew(cell.estimate.n)))
  const values = products
    .flatMap((product) => product.cells)
    .filter((cell) => cell.estimate.value !== null && !tooFew(cell.estimate.n))
    .map((cell) => cell.estimate.value!)
  if (values.length === 0) return null
  const low = Math.min(...values)
  const span = Math.max(...values) - low || 1
  // Where more of the outcome is better (ratings), the low end is the painful one.
  const upside = of.effect.value < 0
  const stepOf = (value: number) => {
    const share = upside ? 1 - (value - low) / span : (value - low) / span
    return Math.min(STEPS - 1, Math.floor(share * STEPS))
  }
  const help = of.unit === 'share' ? 'finding.heatHelp' : 'finding.heatHelpPlain'
  return (
    <Card
      title={t('finding.heat')}
      help={t(help, { outcome: names.outcome(of.outcome) })}
      end={
        <span className="row aux ramp" aria-hidden="true">
          {t(upside ? 'finding.highEnd' : 'finding.lowEnd')}
          {Array.from({ length: STEPS }, (_, step) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps of a ramp
            <i key={step} className={`pain${step}`} />
          ))}
          {t(upside ? 'finding.lowEnd' : 'finding.highEnd')}
        </span>
      }
    >
      <div className="heat-grids">
        {products.map((grid) => (
          <ProductGrid key={grid.productId} of={of} grid={grid} stepOf={stepOf} />
        ))}
      </div>
    </Card>
  )
}
