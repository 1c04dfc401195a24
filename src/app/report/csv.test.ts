import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { cell, reportCsv } from './csv.ts'
import { sampleReport } from './sample.fixture.ts'

describe('the report as CSV', () => {
  test('a text that begins like a formula is no formula to a spreadsheet', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r']) expect(cell(`${start}1+1`)).toMatch(/^"?'/)
  })

  test('numbers stay numbers, negative ones too, and nothing is nothing', () => {
    expect([cell(-0.5), cell(0), cell(null), cell('')]).toEqual(['-0.5', '0', '', ''])
  })

  test('commas, quotes and new lines stay within their cell', () => {
    const text = '贵，"真贵", =SUM(A1)\r\n第二行'
    expect(parse(`${cell(text)},x\r\n`)).toEqual([[text, 'x']])
  })

  test('every row has as many cells as the header, and the quote comes back as it was', () => {
    const [header, row, ...rest] = parse(reportCsv(sampleReport('=HYPERLINK("http://x")\n,吵'), 'zh'), {
      bom: true,
    }) as string[][]
    expect(rest).toEqual([])
    expect(row).toHaveLength(header!.length)
    expect(row![header!.indexOf('quote')]).toBe('\'=HYPERLINK("http://x")\n,吵')
    expect(row![header!.indexOf('effect')]).toBe('0.57')
  })
})
