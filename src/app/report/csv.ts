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

/** The drivers as a table (RFC 4180). Cells that a spreadsheet would run as a formula are neutralised. */
export function reportCsv(report: Report, lang: Lang): string {
  const drivers = [...report.drivers, ...report.categories.flatMap((category) => category.drivers)]
  return `\uFEFF${[COLUMNS.join(','), ...drivers.map((driver) => row(driver, lang))].join('\r\n')}\r\n`
}

function row(driver: ReportDriver, lang: Lang): string {
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
    .map(cell)
    .join(',')
}

/** One CSV cell; text that begins like a formula (= + - @ tab CR) gets an apostrophe in front. */
export function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
