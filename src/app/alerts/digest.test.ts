import { expect, test } from 'vitest'
import { digestOf, lastWholeDay } from './digest.ts'

const zone = 'Asia/Shanghai'
const at = (text: string) => Date.parse(`${text}+08:00`)
const incident = (id: string, foundAt: string, lastAt: string, over: object = {}) => ({
  ...{ id, foundAt: at(foundAt), lastAt: at(lastAt), state: 'closed' as const, falseAlarm: false, urgency: 1 },
  ...over,
})

test('a digest names what some days brought, what was over in them, and what still goes on', () => {
  const digest = digestOf(
    [
      incident('new', '2026-03-09T10:00', '2026-03-10T08:00', { state: 'open', urgency: 5 }),
      incident('short', '2026-03-09T03:00', '2026-03-09T06:00'),
      incident('old', '2026-03-02T03:00', '2026-03-10T06:00', { state: 'open', urgency: 9 }),
      incident('ended', '2026-03-07T03:00', '2026-03-09T06:00'),
      incident('false', '2026-03-09T03:00', '2026-03-09T06:00', { falseAlarm: true }),
      incident('today', '2026-03-10T09:00', '2026-03-10T10:00', { state: 'open' }),
    ],
    { from: '2026-03-09', to: '2026-03-09' },
    zone,
  )
  const ids = Object.entries(digest).map(([part, some]) => [part, some.map(({ id }: { id: string }) => id)])
  expect(Object.fromEntries(ids)).toEqual({ found: ['new', 'short'], over: ['short', 'ended'], open: ['old', 'new'] })
})

test('the last whole day is the one that ended, also where judging ends with it', () => {
  const zone = 'Asia/Shanghai'
  expect(lastWholeDay(Date.parse('2026-11-27T00:00:00+08:00'), zone)).toBe('2026-11-26')
  expect(lastWholeDay(Date.parse('2026-11-26T23:50:00+08:00'), zone)).toBe('2026-11-25')
})
