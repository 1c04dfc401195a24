import { expect, test } from 'vitest'
import { parseLine } from './understand-line.ts'

const speakerOf = (line: object) => parseLine(JSON.stringify(line), undefined).speaker

test('a line is the customer’s unless it says who else speaks', () => {
  expect(parseLine('声音太大', '取暖器')).toMatchObject({ text: '声音太大', category: '取暖器', speaker: 'customer' })
  expect(['customer', 'user', undefined].map((speaker) => speakerOf({ text: '好', speaker }))).toEqual([
    'customer',
    'customer',
    'customer',
  ])
  expect(['agent', 'bot', 'system', '客服小李'].map((speaker) => speakerOf({ text: '好', speaker }))).toEqual([
    'agent',
    'bot',
    'system',
    'agent',
  ])
})

test('a conversation keeps who says what, and a line that cannot be read says why', () => {
  const { turns } = parseLine(
    '{"turns": [{"sender": "user", "text": "在吗"}, {"role": "seller", "text": "在的"}]}',
    undefined,
  )
  expect(turns).toEqual([
    { speaker: 'customer', text: '在吗' },
    { speaker: 'agent', text: '在的' },
  ])
  expect(parseLine('{"turns": [{"text": 1}]}', undefined).error).toMatch(/turns\.0\.text/)
  expect(parseLine('{"id": 1}', undefined).error).toBe('the line has no "text"')
  expect(parseLine('{broken', undefined).error).toMatch(/JSON/)
})
