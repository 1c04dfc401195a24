import { expect, test } from 'vitest'
import { decodeText, sheetLines } from './sheet.ts'

const rowsOf = (content: string) => {
  const lines = sheetLines(content)
  return lines.ok ? lines.value.map((line) => JSON.parse(line)) : lines.problem.message
}

test('a sheet with Chinese column names becomes labelled lines, and other columns stay', () => {
  expect(rowsOf('评价内容,标签,店铺\n"很吵,\n睡不着",差评,一店\n好用,好评,二店\n')).toEqual([
    { text: '很吵,\n睡不着', label: '差评', 店铺: '一店' },
    { text: '好用', label: '好评', 店铺: '二店' },
  ])
})

test('tabs and semicolons between the cells are noticed', () => {
  expect(rowsOf('text\tlabel\na, b; c\tx\n')).toEqual([{ text: 'a, b; c', label: 'x' }])
  expect(rowsOf('text;label\n"a, b";x\n')).toEqual([{ text: 'a, b', label: 'x' }])
})

test('a sheet of pairs keeps both texts', () => {
  expect(rowsOf('sentence1,sentence2,label\n怎么退货,如何退款,0\n')).toEqual([
    { text_a: '怎么退货', text_b: '如何退款', label: '0' },
  ])
})

test('a sheet without texts says which columns it has', () => {
  expect(rowsOf('编号,分数\n1,2\n')).toContain('编号, 分数')
})

test('UTF-16 and GB18030 sheets are decoded, a workbook is refused', () => {
  const gb = Uint8Array.of(0xba, 0xc3, 0xd3, 0xc3)
  const text = (bytes: Uint8Array) => {
    const decoded = decodeText(bytes)
    return decoded.ok ? decoded.value : decoded.problem.code
  }
  expect(text(gb)).toBe('好用')
  expect(text(Buffer.from('\uFEFF好用', 'utf16le'))).toBe('好用')
  expect(text(Buffer.from('\uFEFF好用'))).toBe('好用')
  expect(text(Buffer.from('PK\u0003\u0004'))).toBe('format')
})
