import type { Lang, Report, ReportDriver } from './shape.ts'

const COLUMNS = [
  'outcome',
  'category',
  'factor',
  'scene',
  'effect',
  'low',
  'high',
  'unit',
  'exposed',
  'exposed_n',
  'control',
  'control_n',
  'volume',
  'q',
  'quote',
] as const

/** The drivers as a table. */
export function reportCsv(report: Report, lang: Lang): string {
  const drivers = [...report.drivers, ...report.categories.flatMap((category) => category.drivers)]
  return csv([COLUMNS, ...drivers.map((driver) => row(driver, lang))])
}

function row(driver: ReportDriver, lang: Lang): Cell[] {
  const { effect, exposed, control } = driver
  return [
    driver.outcome[lang],
    driver.category,
    driver.what[lang],
    driver.scene[lang],
    effect.value,
    effect.low,
    effect.high,
    driver.unit,
    exposed.value,
    exposed.n,
    control.value,
    control.n,
    driver.volume,
    driver.q,
    driver.quotes[0]?.text ?? '',
  ]
}

type Cell = string | number | null

/** Rows as CSV for a spreadsheet (RFC 4180, with the mark of UTF-8). Cells that it would run as a formula are neutralised. */
export const csv = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')}`

/** One CSV cell; text that begins like a formula (= + - @ tab CR) gets an apostrophe in front. */
export function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
