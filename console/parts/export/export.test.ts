import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import { csvOf, guarded } from './csv.ts'
import { parquetOf } from './parquet.ts'
import { type About, type Cell, type ExportTable, figureCells, figureColumns, fileName, withAbout } from './table.ts'

const words = {
  value: '数值',
  low: '区间下限',
  high: '区间上限',
  tenant: '租户',
  from: '从',
  to: '到',
  filter: '筛选',
  simulated: '模拟数据',
  yes: '是',
  no: '否',
}
const about: About = { tenant: 'demo', from: '2026-10-30', to: '2026-11-26', filter: 'city=北京', simulated: true }
const name = { id: 'name', name: '名称', type: 'text' } as const
const table: ExportTable = {
  columns: [name, ...figureColumns(words)],
  rows: [
    ['噪音', ...figureCells({ value: -0.125, low: -0.25, high: 0, n: 412 })],
    ['安装', ...figureCells({ value: null, low: null, high: null, n: 0 })],
  ],
}

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\u0000', '')),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(null),
)
const anyTable = fc
  .array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 })
  .map((rows): ExportTable => ({ columns: [0, 1, 2].map((i) => ({ ...name, id: `c${i}`, name: `c${i}` })), rows }))

describe('a CSV file', () => {
  test('opens in Excel as UTF-8, with every number beside its interval and n, and what it is about', () => {
    expect(csvOf(withAbout(table, about, words))).toBe(
      '\uFEFF名称,数值,区间下限,区间上限,n,从,到,筛选,租户,模拟数据\r\n' +
        '噪音,-0.125,-0.25,0,412,2026-10-30,2026-11-26,city=北京,demo,是\r\n' +
        '安装,,,,0,2026-10-30,2026-11-26,city=北京,demo,是\r\n',
    )
  })

  test('says what was put in, whatever the texts are', () => {
    fc.assert(
      fc.property(anyTable, (one) => {
        const back: string[][] = parse(csvOf(one), { bom: true, record_delimiter: '\r\n', relax_column_count: true })
        const put = (value: Cell) => (value === null ? '' : typeof value === 'number' ? String(value) : guarded(value))
        expect(back.slice(1)).toEqual(one.rows.map((row) => row.map(put)))
      }),
    )
  })

  test.each(['=1+1', '+1', '-2+3', '@SUM(A1)', ' =1', '\t=1', '\r=1', '＝1', '\u200B=1', '|cmd', '%0A'])(
    'a text such as %j is never a formula',
    (text) => {
      const [, row] = csvOf({ columns: [name], rows: [[text]] }).split(/\r\n(?!=)/)
      expect(row!.replace(/^"/, '')).toMatch(/^'/)
    },
  )

  test('a negative number stays a number', () => {
    expect(csvOf({ columns: [{ ...name, type: 'number' }], rows: [[-3.5]] })).toContain('\r\n-3.5\r\n')
  })
})

describe('a Parquet file', () => {
  const read = (one: ExportTable) => parquetReadObjects({ file: parquetOf(one) })

  test('holds the same cells under names that no language changes', async () => {
    expect(await read(withAbout(table, about, words))).toEqual([
      {
        name: '噪音',
        value: -0.125,
        low: -0.25,
        high: 0,
        n: 412,
        from: '2026-10-30',
        to: '2026-11-26',
        filter: 'city=北京',
        tenant: 'demo',
        simulated: '是',
      },
      expect.objectContaining({ name: '安装', value: null, low: null, n: 0 }),
    ])
  })

  test('a table without rows is a file without rows', async () => {
    expect(await read({ columns: table.columns, rows: [] })).toEqual([])
  })
})

describe('the name of a file', () => {
  test('says what, whose and which days', () => {
    expect(fileName('NPS 净推荐值', about, 'csv')).toBe('NPS-净推荐值-demo-2026-10-30_2026-11-26.csv')
  })
  test('holds nothing that a system would take for a path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (what) => {
        expect(fileName(what, about, 'csv')).toMatch(/^[\p{L}\p{N}_-]+\.csv$/u)
      }),
    )
  })
})
