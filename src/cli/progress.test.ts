import { expect, test } from 'vitest'
import { progressLine } from './progress.ts'

function written(isTTY: boolean) {
  const said: string[] = []
  let time = 0
  const line = progressLine({ isTTY, write: (text: string | Uint8Array) => said.push(String(text)) > 0 }, () => time)
  const pass = (ms: number) => {
    time += ms
  }
  return { said, line, pass }
}

test('on a terminal the line changes at once and is emptied at the end', () => {
  const { said, line } = written(true)
  line.show('1 row')
  line.show('2 rows')
  line.clear()
  expect(said).toEqual(['\r\u001b[K  1 row', '\r\u001b[K  2 rows', '\r\u001b[K'])
})

test('in a log there is a line every thirty seconds, and none of work that is soon done', () => {
  const { said, line, pass } = written(false)
  line.show('1 row')
  pass(29_999)
  line.show('2 rows')
  expect(said).toEqual([])
  pass(1)
  line.show('3 rows')
  line.show('4 rows')
  pass(30_000)
  line.show('5 rows')
  line.clear()
  expect(said).toEqual(['  3 rows\n', '  5 rows\n'])
})
