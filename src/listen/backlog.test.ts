import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Stores } from '../store/open.ts'
import { backlogOf, limitsOf, usualLimits } from './backlog.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const emptyInbox = () => {
  const query = async () => ({ rows: [{ records: '0', bytes: '0' }] })
  return backlogOf({ db: {}, pg: { query } } as unknown as Stores)
}

test('a few records are no rush, two thousand a second are', () => {
  const backlog = emptyInbox()
  backlog.add(50, 0)
  expect(backlog.isRush(usualLimits)).toBe(false)
  backlog.add(200, 0)
  expect(backlog.isRush(usualLimits)).toBe(true)
})

test('a rush lasts into the next tenth of a second and is over when nothing more came in it', () => {
  const backlog = emptyInbox()
  backlog.add(1_000, 0)
  vi.advanceTimersByTime(100)
  expect(backlog.isRush(usualLimits)).toBe(true)
  vi.advanceTimersByTime(100)
  expect(backlog.isRush(usualLimits)).toBe(false)
})

test('once half of the room is taken nobody waits for those who send', () => {
  const backlog = emptyInbox()
  backlog.add(400_000, 0)
  expect(backlog.isRush({ records: 1_000_000, bytes: 1 })).toBe(true)
  backlog.add(100_000, 0)
  expect(backlog.isRush({ records: 1_000_000, bytes: 1 })).toBe(false)
})

test('an import, which waits itself where it must, is no rush', () => {
  const backlog = emptyInbox()
  backlog.add(5_000, 0, true)
  expect(backlog.isRush(usualLimits)).toBe(false)
})

test('the room of an installation is its own: half of a small one is soon taken', () => {
  const backlog = emptyInbox()
  backlog.add(600, 0)
  expect(backlog.isRush(limitsOf(undefined))).toBe(true)
  expect(backlog.isRush(limitsOf(1_000))).toBe(false)
})
