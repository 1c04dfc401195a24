import { reportCsv } from './csv.ts'
import { reportHtml } from './html.ts'
import { reportMarkdown } from './markdown.ts'
import type { Lang, Report } from './shape.ts'

export const formats = ['html', 'md', 'json', 'csv'] as const
export type Format = (typeof formats)[number]

export const contentTypes: Record<Format, string> = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
}

export function printReport(report: Report, format: Format, lang: Lang): string {
  switch (format) {
    case 'html':
      return reportHtml(report, lang)
    case 'md':
      return reportMarkdown(report, lang)
    case 'csv':
      return reportCsv(report, lang)
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`
  }
}
