import { fail, ok, type Problem, type Result } from '../../../core/result.ts'
import type { DidInput } from './input.ts'
import type { ProductCounts, WeekCounts } from './panel.ts'

export type Row = Readonly<Record<string, string>>

/** Which column holds what; what is not named is looked for under these very names. */
export interface DidColumns {
  unit: string
  treated: string
  /** A number or a day; needs `change`. Where the table has none, `after` (0 or 1) is read instead. */
  time: string
  after: string
  outcome: string
  /** How many cases a row stands for; without it, a row is one case. */
  n: string
}

export const didColumns: DidColumns = {
  unit: 'unit',
  treated: 'treated',
  time: 'time',
  after: 'after',
  outcome: 'outcome',
  n: 'n',
}

export interface DidTableSettings {
  columns?: Partial<DidColumns>
  /** The first time that counts as after: a number, or a day, in which case times are taken in weeks. */
  change?: string
  margin?: number
  better?: 'lower' | 'higher'
}

const yes = /^(1|true|yes|y|t|treated|after|post|是|处理|试验)$/i
const no = /^(0|false|no|n|f|c|control|untreated|before|pre|否|对照)$/i
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** Reads a difference-in-differences panel from a table of text. One row is a unit at a time, or one case of it. */
export function readDidTable(rows: readonly Row[], settings: DidTableSettings): Result<DidInput> {
  const columns = { ...didColumns, ...settings.columns }
  const missing = missingColumn(rows, columns, settings)
  if (missing) return fail(missing)
  const units = new Map<string, { treated: boolean; weeks: Map<number, WeekCounts> }>()
  const values: number[] = []
  for (const [place, row] of rows.entries()) {
    const read = readRow(row, columns, settings)
    if (!read.ok) return fail({ ...read.problem, where: `row ${place + 2}, ${read.problem.where}` })
    const { unit, treated, week, n, sum } = read.value
    const known = units.get(unit) ?? { treated, weeks: new Map() }
    units.set(unit, known)
    // A unit counts as treated if it ever is: tables often mark it only from the change on.
    known.treated ||= treated
    const cell = known.weeks.get(week) ?? { week, n: 0, sum: 0 }
    known.weeks.set(week, { week, n: cell.n + n, sum: cell.sum + sum })
    values.push(n === 1 ? sum : sum / n)
  }
  const counted = rows[0]![columns.n] !== undefined
  if (counted && looksLikeRates(rows, columns)) return fail(ratesGiven(columns))
  const measure = values.every((value) => (counted ? value >= 0 && value <= 1 : value === 0 || value === 1))
    ? 'share'
    : 'mean'
  const arm = (treated: boolean): ProductCounts[] =>
    [...units]
      .filter(([, unit]) => unit.treated === treated)
      .map(([product, unit]) => ({ product, weeks: [...unit.weeks.values()] }))
  return ok({
    treated: arm(true),
    control: arm(false),
    changeDay: settings.change && isDay(settings.change) ? settings.change : '1970-01-01',
    margin: settings.margin ?? 0,
    better: settings.better ?? 'lower',
    measure,
    outcome: { zh: columns.outcome, en: columns.outcome },
    censored: 0,
  })
}

function missingColumn(rows: readonly Row[], columns: DidColumns, { change }: DidTableSettings): Problem | undefined {
  if (rows.length === 0) return { code: 'empty-table', message: 'The table has no rows' }
  const has = (column: string) => rows[0]![column] !== undefined
  const found = `The table has: ${Object.keys(rows[0]!).join(', ')}`
  for (const needed of ['unit', 'treated', 'outcome'] as const) {
    if (has(columns[needed])) continue
    const message = `The table has no column "${columns[needed]}" for ${needed}`
    return {
      code: 'missing-column',
      message,
      remedy: `${found}. Name the one that holds it, such as ${needed}=COLUMN.`,
      where: needed,
    }
  }
  if (!has(columns.time) && !has(columns.after)) {
    const message = `The table has neither a column "${columns.time}" for time nor "${columns.after}" for after`
    return {
      code: 'missing-column',
      message,
      remedy: `${found}. Name the one that holds the time, such as time=COLUMN.`,
      where: 'time',
    }
  }
  if (has(columns.time) && !has(columns.after) && change === undefined) {
    return {
      code: 'no-change',
      message: 'It is not said when the change happened',
      remedy: 'Give the first time that counts as after.',
      where: 'change',
    }
  }
  return undefined
}

interface Case {
  unit: string
  treated: boolean
  week: number
  n: number
  sum: number
}

function readRow(row: Row, columns: DidColumns, { change }: DidTableSettings): Result<Case> {
  const wrong = (column: string, wanted: string) =>
    fail({ code: 'bad-value', message: `"${row[column] ?? ''}" is not ${wanted}`, where: `column ${column}` })
  const treated = row[columns.treated]!.trim()
  if (!yes.test(treated) && !no.test(treated)) return wrong(columns.treated, 'treated (1) or not (0)')
  const sum = numberOf(row[columns.outcome])
  if (sum === undefined) return wrong(columns.outcome, 'a number')
  const n = row[columns.n] === undefined ? 1 : numberOf(row[columns.n])
  if (n === undefined || n < 0) return wrong(columns.n, 'a number of cases')
  const week = change === undefined ? afterOf(row[columns.after]!) : weekOf(row[columns.time] ?? '', change)
  if (week === undefined) return wrong(change === undefined ? columns.after : columns.time, 'a time like the change')
  return ok({ unit: row[columns.unit]!, treated: yes.test(treated), week, n, sum })
}

function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : undefined
}

const afterOf = (text: string) => (yes.test(text.trim()) ? 0 : no.test(text.trim()) ? -1 : undefined)

function weekOf(time: string, change: string): number | undefined {
  if (isDay(time) && isDay(change)) return Math.floor((Date.parse(time) - Date.parse(change)) / (7 * 86_400_000))
  const [at, from] = [numberOf(time), numberOf(change)]
  return at === undefined || from === undefined ? undefined : Math.floor(at - from)
}

/** Sums of whole cases are not all fractions below one. */
function looksLikeRates(rows: readonly Row[], { outcome, n }: DidColumns): boolean {
  const sums = rows.map((row) => Number(row[outcome]))
  const many = rows.some((row) => Number(row[n]) > 1)
  return many && sums.every((sum) => sum <= 1) && sums.some((sum) => !Number.isInteger(sum))
}

const ratesGiven = ({ outcome, n }: DidColumns): Problem => ({
  code: 'rates-not-counts',
  message: `"${outcome}" holds rates, but beside "${n}" it must be the sum over the row's cases`,
  remedy: `Multiply it by "${n}", or leave the column n out to weigh every row alike.`,
  where: outcome,
})
