import type { Estimate } from '../../../src/http/shapes.ts'

/** Two stacked lines whose area is the 95 % interval of the line above them. */
export function band(name: string, estimates: readonly Estimate[], colour: string, opacity = 0.16): object[] {
  const invisible = {
    type: 'line',
    stack: name,
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
