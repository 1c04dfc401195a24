import { expect, test } from 'vitest'
import { createComparing } from './comparing.ts'

const tooLong = new Error(
  'Code: 159. DB::Exception: Timeout exceeded: elapsed 30.1 seconds, maximum: 30. (TIMEOUT_EXCEEDED)',
)
const MINUTE = 60_000

test('what fails rests twice as long each time, an hour at most, and starts anew once it succeeds', () => {
  const comparing = createComparing<string>()
  const rests = Array.from({ length: 10 }, () => comparing.failed('a', new Error('away'), 0).again / MINUTE)
  expect(rests).toEqual([0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60])
  expect([comparing.restOf('a', 59 * MINUTE), comparing.restOf('a', 61 * MINUTE), comparing.restOf('b', 0)]).toEqual([
    MINUTE,
    0,
    0,
  ])
  expect(comparing.trouble('a')).toMatchObject({ failures: 10, since: 0, tooLong: false })
  comparing.succeeded('a')
  expect([comparing.trouble('a'), comparing.failed('a', tooLong, 5).again]).toEqual([null, 5 + MINUTE / 2])
})

test('what takes too long is about half as many days the next time, for a day', () => {
  const comparing = createComparing<string>()
  comparing.failed('a', new Error('away'), 0)
  expect(comparing.halvings('a', 0)).toBe(0)
  comparing.failed('a', tooLong, 0)
  comparing.failed('a', tooLong, 0)
  comparing.succeeded('a')
  expect([comparing.halvings('a', 23 * 60 * MINUTE), comparing.halvings('b', 0)]).toEqual([2, 0])
  expect(comparing.halvings('a', 24 * 60 * MINUTE)).toBe(0)
})
