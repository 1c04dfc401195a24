import { cell } from '../app/report/csv.ts'
import type { Sheet } from './sheet.ts'

/**
 * The sheet with its answers, as CSV for a spreadsheet (RFC 4180, with the mark of UTF-8): each field of an answer in the column that the
 * sheet has for it, else in a new one. What is no word or number stands as JSON.
 */
export function answerSheet(sheet: Sheet, answers: readonly Record<string, unknown>[]): string {
  const columnOf = (field: string) => sheet.columnOf(field) ?? field
  const columns = [...new Set([...sheet.columns, ...answers.flatMap((answer) => Object.keys(answer).map(columnOf))])]
  const lines = sheet.rows.map(({ cells }, i) => {
    const answered = new Map(Object.entries(answers[i]!).map(([field, value]) => [columnOf(field), value]))
    return columns
      .map((name, at) => cell(answered.has(name) ? worded(answered.get(name)) : (cells[at] ?? '')))
      .join(',')
  })
  return `\uFEFF${[columns.map(cell).join(','), ...lines].join('\r\n')}\r\n`
}

const worded = (value: unknown): string | number =>
  typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)
