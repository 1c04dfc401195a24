import { expect, test } from 'vitest'
import { workbook } from '../listen/decode/workbook.fixture.ts'
import { caught } from '../listen/source/source.ts'
import { answerSheet } from './answer-sheet.ts'
import { type Fields, fieldsOf, isSheet, readFields, readSheet } from './sheet.ts'

async function sheetOf(content: string | Buffer, fields: Fields = fieldsOf('class')) {
  const read = await caught(() => readSheet(pieces(Buffer.from(content)), fields))
  if (!read.ok) throw new Error(`${read.problem.message} ${read.problem.remedy}`)
  return read.value
}

async function* pieces(bytes: Buffer) {
  yield bytes
}

const rowsOf = async (content: string | Buffer, fields?: Fields) =>
  (await sheetOf(content, fields)).rows.map(({ json }) => JSON.parse(json))

test('a sheet with Chinese column names becomes labelled lines that know their place, and other columns stay', async () => {
  const sheet = await sheetOf('评价内容,标签,店铺\n"很吵,\n睡不着",差评,一店\n好用,好评,二店\n')
  expect(sheet.rows.map(({ line, json }) => [line, JSON.parse(json)])).toEqual([
    [2, { text: '很吵,\n睡不着', label: '差评', 店铺: '一店' }],
    [4, { text: '好用', label: '好评', 店铺: '二店' }],
  ])
})

test('an empty cell is no label', async () => {
  expect(await rowsOf('内容,标签\n好用,\n难用,差\n')).toEqual([{ text: '好用' }, { text: '难用', label: '差' }])
})

test('tabs and semicolons between the cells are noticed', async () => {
  expect(await rowsOf('text\tlabel\na, b; c\tx\n')).toEqual([{ text: 'a, b; c', label: 'x' }])
  expect(await rowsOf('text;label\n"a, b";x\n')).toEqual([{ text: 'a, b', label: 'x' }])
})

test('a workbook is read', async () => {
  const book = workbook({
    标注: [
      ['内容', '标签'],
      ['很吵', { number: '1' }],
    ],
  })
  expect(await rowsOf(book)).toEqual([{ text: '很吵', label: '1' }])
})

test('a sheet in GB18030 is read', async () => {
  const gb = Buffer.concat([Buffer.from('text,label\n'), Buffer.of(0xba, 0xc3, 0xd3, 0xc3), Buffer.from(',x\n')])
  expect(await rowsOf(gb)).toEqual([{ text: '好用', label: 'x' }])
})

test('a sheet of pairs keeps both texts', async () => {
  expect(await rowsOf('sentence1,sentence2,label\n怎么退货,如何退款,0\n', fieldsOf('pair'))).toEqual([
    { text_a: '怎么退货', text_b: '如何退款', label: '0' },
  ])
})

test('several labels stand in one cell, with their sentiments where they have some', async () => {
  expect(await rowsOf('内容,标签\n又贵又吵,价格；噪音\n省油,油耗：正面、 动力:负面\n', fieldsOf('labels'))).toEqual([
    { text: '又贵又吵', labels: ['价格', '噪音'] },
    {
      text: '省油',
      labels: [
        { subject: '油耗', sentiment: '正面' },
        { subject: '动力', sentiment: '负面' },
      ],
    },
  ])
})

test('for the reader, a column of categories is one', async () => {
  expect(await rowsOf('评价内容,类目\n水不热,热水器\n', readFields)).toEqual([{ text: '水不热', category: '热水器' }])
})

test('a sheet without texts says which columns it has', async () => {
  await expect(sheetOf('编号,分数\n1,2\n')).rejects.toThrow('编号, 分数')
  await expect(sheetOf('编号,分数\n1,2\n')).rejects.toThrow('标签')
})

test('a sheet is known by its name', () => {
  expect(['a.csv', 'a.XLSX', 'a.tsv.gz', 'a.parquet'].every(isSheet)).toBe(true)
  expect(['a.jsonl', 'csv', '-'].some(isSheet)).toBe(false)
})

test('answers stand in the columns of the sheet, new ones behind them, and no cell runs as a formula', async () => {
  const sheet = await sheetOf('编号,内容,标签\n1,=1+1,\n2,"很吵,\n真的",旧\n3,,\n')
  const answers = [
    { 编号: '1', text: '=1+1', label: '差', confidence: 0.9 },
    { 编号: '2', text: '很吵,\n真的', label: '好', confidence: 0.6 },
    { error: 'text: 无' },
  ]
  expect(answerSheet(sheet, answers)).toBe(
    '\uFEFF编号,内容,标签,confidence,error\r\n1,\'=1+1,差,0.9,\r\n2,"很吵,\n真的",好,0.6,\r\n3,,,,text: 无\r\n',
  )
})

test('an answer that is no word stands as JSON', async () => {
  expect(answerSheet(await sheetOf('text\n好\n'), [{ text: '好', labels: ['a'] }])).toBe(
    '\uFEFFtext,labels\r\n好,"[""a""]"\r\n',
  )
})
