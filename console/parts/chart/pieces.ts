import type { Estimate } from '../../../src/http/shapes.ts'

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
