import { expect, test } from 'vitest'
import { Matcher } from './matcher.ts'
import { foldText } from './text.ts'

const words = ['等了', '等了#天', '等了半天', '#天才到', '#小时', '#', '插头发烫']
const matcher = new Matcher()
words.forEach((word, id) => {
  matcher.add(word, id)
})

/** What begins at the start of a text, with how much of it. */
function startOf(text: string): string[] {
  const found: string[] = []
  matcher.walk(foldText(text), text.length, 0, (id, start, end) => found.push(`${words[id]} ${text.slice(start, end)}`))
  return found
}

test('# stands for a number in figures or in Chinese, and literal words come first', () => {
  expect(startOf('等了三天')).toEqual(['等了 等了', '等了#天 等了三天'])
  expect(startOf('等了12天')).toEqual(['等了 等了', '等了#天 等了12天'])
  expect(startOf('等了十来天')).toEqual(['等了 等了', '等了#天 等了十来天'])
  expect(startOf('等了半天')).toEqual(['等了 等了', '等了半天 等了半天', '等了#天 等了半天'])
  expect(startOf('七天才到')).toEqual(['# 七', '#天才到 七天才到'])
  expect(startOf('1.5小时')).toEqual(['# 1.5', '#小时 1.5小时'])
})

test('without a number there is none', () => {
  expect(startOf('等了好天')).toEqual(['等了 等了'])
  expect(startOf('好天才到')).toEqual([])
})

test('an adverb within a phrase is passed over, once and not before its third sign', () => {
  expect(startOf('插头还发烫')).toEqual(['插头发烫 插头还发烫'])
  expect(startOf('插头还老发烫')).toEqual([])
  expect(startOf('插还头发烫')).toEqual([])
  expect(startOf('等了还')).toEqual(['等了 等了'])
})
