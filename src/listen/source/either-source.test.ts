import { expect, test } from 'vitest'
import { workbook } from '../decode/workbook.fixture.ts'
import { defineFlatSource } from './either-source.ts'
import { readFile } from './read-file.ts'

const source = defineFlatSource({
  id: 'either',
  zh: '测试',
  en: 'tests',
  shelf: 'review',
  describe: { zh: '测试', en: 'tests' },
  requires: ['a|b', 'at'],
  mapping: [],
  leftOut: [],
  read: (row) => [{ voice: { text: row('a', 'b'), at: Number(row('at')) } }],
})
const texts = async (file: string | Buffer, pieces = 1) =>
  (await readFile(source, file, {}, pieces)).voices.map(({ text }) => text)
const at = 1_700_000_000_000

test('the beginning of a file says whether it is JSON or a table, however it comes in', async () => {
  const json = `\n [ {"a":"晴","at":${at}} ]`
  for (const pieces of [1, 3, 1_000]) {
    expect(await texts(json, pieces)).toEqual(['晴'])
    expect(await texts(`\ufeff{"b":"晴","at":${at}}\n{"a":"雨","at":${at}}`, pieces)).toEqual(['晴', '雨'])
    expect(await texts(`call.back_1({"a":"晴","at":${at}});`, pieces)).toEqual(['晴'])
    expect(await texts(`a,at\n晴,${at}\n`, pieces)).toEqual(['晴'])
    expect(await texts(Buffer.from(`\ufeffA\tAT\n晴\t${at}\n`, 'utf16le'), pieces)).toEqual(['晴'])
  }
})

test('a workbook is a table', async () => {
  const file = workbook({
    一: [
      ['A', 'at'],
      ['晴', String(at)],
    ],
  })
  expect(await texts(file)).toEqual(['晴'])
  expect(await texts(file, 1_000)).toEqual(['晴'])
})

test('what is neither is refused, with what is missing', async () => {
  expect((await readFile(source, '')).problem).toMatchObject({ code: 'header_missing' })
  expect((await readFile(source, 'x,y\n1,2\n')).problem).toMatchObject({
    code: 'columns_unknown',
    message: expect.stringContaining('"a" or "b"'),
  })
  expect((await readFile(source, '{"x":1}')).dead).toEqual(['1: a or b is missing: this is not a record of tests'])
})
