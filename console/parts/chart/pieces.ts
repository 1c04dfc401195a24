import type { Estimate } from '../../../src/http/shapes.ts'
import type { Lang } from '../../look/boot.ts'
import { levelText, shortDay, shortened, type Unit } from '../../words/format.ts'
import type { Paint } from './theme.ts'

/** The ground of a chart; on the right it leaves room for the labels at the line ends. */
export const ground = (right = 24, top = 16) => ({
  left: 8,
  right,
  top,
  bottom: 8,
  outerBoundsMode: 'same',
  outerBoundsContain: 'axisLabel',
})

/** Local days from left to right, lines reaching the edges. */
export const dayAxis = (days: readonly string[]) => ({ type: 'category', boundaryGap: false, data: days.map(shortDay) })

/** Levels of a unit; a line may leave zero out, a bar may not. */
export const levelAxis = (unit: Unit, lang: Lang = 'en', from: 'zero' | 'near' = 'near') => ({
  type: 'value',
  scale: from === 'near',
  splitNumber: 4,
  axisLabel: { formatter: (value: number) => shortened(levelText(value, unit, lang)) },
})

interface Drawn {
  name: string
  values: readonly (number | null)[]
  colour: string
  /** What stands at the line's end: always its last point, never a mean. */
  end?: (value: number) => string
  /** How far the end label moves down (px), see `spread`. */
  down?: number
  dashed?: boolean
}

/** One line with its label at its end, in the colour of what it is: focus, context, counterfactual. */
export const line = ({ name, values, colour, end, down = 0, dashed = false }: Drawn) => ({
  type: 'line',
  name,
  data: values,
  // It begins in the middle: an animated end label would start from a point that is not there.
  ...(dashed && { animation: false }),
  lineStyle: { color: colour, width: dashed ? 1.5 : 2, type: dashed ? 'dashed' : 'solid' },
  itemStyle: { color: colour },
  endLabel: {
    show: end !== undefined,
    color: colour,
    fontWeight: dashed ? 400 : 600,
    offset: [0, down],
    formatter: ({ value }: { value: unknown }) => (typeof value === 'number' && end ? end(value) : ''),
  },
})

/** The gold line at which an intervention began, with its date and name; to be laid on a series as its `markLine`. */
export const intervention = (at: number, label: string, paint: Paint) => ({
  silent: true,
  symbol: 'none',
  animation: false,
  lineStyle: { color: paint.gold, width: 1.5, type: 'solid' },
  label: { formatter: label, color: paint.goldText, position: 'end', distance: 8 },
  data: [{ xAxis: at }],
})

/** Two stacked lines whose area is the 95 % interval of the line above them. */
export function band(name: string, estimates: readonly Estimate[], colour: string, opacity = 0.16): object[] {
  const invisible = {
    type: 'line',
    stack: name,
    // Without this a band that crosses zero would be cut there.
    stackStrategy: 'all',
    silent: true,
    symbol: 'none',
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  }
  return [
    { ...invisible, name: `${name}-low`, data: estimates.map((one) => one.low) },
    {
      ...invisible,
      name: `${name}-high`,
      areaStyle: { color: colour, opacity },
      data: estimates.map((one) => (one.high === null || one.low === null ? null : one.high - one.low)),
    },
  ]
}

/** What a tooltip says, as nodes: nothing of it is parsed as markup. */
export function tip(title: string, lines: readonly string[]): HTMLElement {
  const box = document.createElement('div')
  box.className = 'tip num'
  const head = document.createElement('b')
  head.textContent = title
  box.append(head)
  for (const line of lines) {
    const row = document.createElement('span')
    row.textContent = line
    box.append(row)
  }
  return box
}

/** The index that an axis tooltip is about. */
export function indexOf(params: unknown): number {
  const first = Array.isArray(params) ? params[0] : params
  return typeof first === 'object' && first !== null && 'dataIndex' in first ? Number(first.dataIndex) : 0
}

/**
 * How far labels at line ends must move (px, down is positive) so that they stand `apart` from one another:
 * in order of their values, each pushed down by the one above it.
 */
export function spread(values: readonly (number | null)[], pixelsPerUnit: number, apart = 17): number[] {
  const moves = values.map(() => 0)
  const order = values
    .map((value, i) => ({ i, y: value === null ? null : -value * pixelsPerUnit }))
    .filter((one) => one.y !== null)
  order.sort((a, b) => a.y! - b.y!)
  let free = Number.NEGATIVE_INFINITY
  for (const { i, y } of order) {
    const placed = Math.max(y!, free)
    moves[i] = placed - y!
    free = placed + apart
  }
  return moves
}

/**
 * The values of a run in two lines: where enough stands behind a point, and where too few do. The second also holds the neighbours of its
 * points, so that nothing is torn apart where they meet.
 */
export function parted(
  estimates: readonly Estimate[],
  enough: number,
): { sure: (number | null)[]; few: (number | null)[] } {
  const isFew = (one: Estimate | undefined) => one !== undefined && one.value !== null && one.n < enough
  return {
    sure: estimates.map((one) => (isFew(one) ? null : one.value)),
    few: estimates.map((one, i) =>
      isFew(one) || isFew(estimates[i - 1]) || isFew(estimates[i + 1]) ? one.value : null,
    ),
  }
}
