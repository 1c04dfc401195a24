import { expect, test } from 'vitest'
import { columnsIn, type FileProblemName, fileProblem, fileProblems } from './files.ts'
import { namesIn } from './reason.ts'

const names = Object.keys(fileProblems) as FileProblemName[]

test.each(names)('the problem %s is told in Chinese and in English, with the same values and a way out', (name) => {
  const { message, remedy } = fileProblems[name]
  for (const { zh, en } of [message, remedy]) {
    expect([/\p{Script=Han}/u.test(zh), zh === en]).toEqual([true, false])
    expect(namesIn(zh).filter((one) => one !== 'header' && !namesIn(en).includes(one))).toEqual([])
  }
})

test('what a file says stands within both sentences, and a value may differ by language', () => {
  expect(fileProblem('no_turns_table', { columns: columnsIn(['a', 'b']) }, 'line 1')).toMatchObject({
    code: 'columns_unknown',
    message: expect.stringContaining('Its columns are: a, b.'),
    where: 'line 1',
    zh: { message: expect.stringContaining('它的列是：a, b。'), remedy: expect.stringContaining('--map') },
  })
  const unclear = fileProblem('source_unclear', { header: { en: ' English', zh: '中文' } })
  expect([unclear.message.endsWith(' English'), unclear.zh!.message.endsWith('中文')]).toEqual([true, true])
})
