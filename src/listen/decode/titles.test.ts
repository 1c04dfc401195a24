import { expect, test } from 'vitest'
import { openTable } from './table.ts'

async function read(text: string) {
  const table = openTable(
    (async function* () {
      yield Buffer.from(text)
    })(),
  )
  const rows = []
  for await (const row of table.rows) rows.push(row)
  return { rows, notes: table.notes() }
}

test('what a shop’s system writes above its table is left out, and said', async () => {
  const { rows, notes } = await read(
    '店铺评价明细表（2026年11月）,,,\n导出时间：2026-11-25 10:00:00,,,\n\n序号,评价内容,评价时间,评分\n1,质量很好,2026-11-20 10:00:00,5\n',
  )
  expect(rows[0]).toEqual({ line: 4, cells: ['序号', '评价内容', '评价时间', '评分'] })
  expect(rows[1]!.line).toBe(5)
  expect(notes).toEqual(['above the table, not used: 店铺评价明细表（2026年11月） / 导出时间：2026-11-25 10:00:00'])
})

test('a title alone in its line, without the commas or tabs of the table, does not hide what divides the cells', async () => {
  const { rows } = await read('退货数据导出\n退货单号\t订单号\t退货原因\nR1\tO1\t噪音大\n')
  expect(rows[0]!.cells).toEqual(['退货单号', '订单号', '退货原因'])
})

test.each([
  ['a header of one column, with commas in the texts under it', '评论\n很好, 很快, 很棒\n不错, 喜欢, 推荐\n'],
  ['a column whose name says 数据, with numbers beside it', '数据\n1,2,3\n4,5,6\n'],
  ['a title without a table under it', '店铺评价导出\n没有评价\n'],
  ['a header, first of all', '评价内容,评价时间,2026年评分\n好,2026-01-01,5\n'],
])('nothing is taken for a title where it may be more: %s', async (_, text) => {
  const { rows, notes } = await read(text)
  expect(rows).toHaveLength(text.trim().split('\n').length)
  expect(notes).toEqual([])
})
