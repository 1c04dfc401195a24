import { expect, test } from 'vitest'
import { limitRate } from './rate.ts'

test('so many at once, then so many a second, each name by itself', () => {
  const wait = limitRate({ perSecond: 2, burst: 3 })
  expect([1, 2, 3].map(() => wait('a', 0))).toEqual([0, 0, 0])
  expect(wait('a', 0)).toBe(500)
  expect(wait('b', 0)).toBe(0)
  expect(wait('a', 500)).toBe(0)
  expect(wait('a', 500)).toBe(500)
  expect([1, 2, 3, 4].map(() => wait('a', 60_000) > 0)).toEqual([false, false, false, true])
})

test('a clock that goes backwards gives nothing and takes nothing', () => {
  const wait = limitRate({ perSecond: 1, burst: 1 })
  expect(wait('a', 10_000)).toBe(0)
  expect(wait('a', 5_000)).toBe(1_000)
})

test('no more names are kept than were allowed', () => {
  const wait = limitRate({ perSecond: 1, burst: 1, most: 2 })
  for (const name of ['a', 'b', 'c']) wait(name, 0)
  expect(wait('c', 0)).toBeGreaterThan(0)
  expect(wait('a', 0)).toBe(0)
})
