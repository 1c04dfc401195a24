import { csv } from '../app/report/csv.ts'
import type { Sheet } from './sheet.ts'

/**
 * The sheet with its answers, as CSV for a spreadsheet: each field of an answer in the column that the
 * sheet has for it, else in a new one. What is no word or number stands as JSON.
 */
export function answerSheet(sheet: Sheet, answers: readonly Record<string, unknown>[]): string {
  const columnOf = (field: string) => sheet.columnOf(field) ?? field
  const columns = [...new Set([...sheet.columns, ...answers.flatMap((answer) => Object.keys(answer).map(columnOf))])]
  const rows = sheet.rows.map(({ cells }, i) => {
    const answered = new Map(Object.entries(answers[i]!).map(([field, value]) => [columnOf(field), value]))
    return columns.map((name, at) => (answered.has(name) ? worded(answered.get(name)) : (cells[at] ?? '')))
  })
  return csv([columns, ...rows])
}

const worded = (value: unknown): string | number =>
  typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)
