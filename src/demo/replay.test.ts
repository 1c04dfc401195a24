import { describe, expect, test } from 'vitest'
import { simulateMarket } from './market.ts'
import { replayed } from './replay.ts'

const { events } = simulateMarket({ seed: 3, endDay: '2026-03-10', days: 14, scale: 0.02 })
const now = Date.parse('2026-06-01T15:00:00+08:00')

describe('a simulated day laid over today', () => {
  const today = replayed(events, now)

  test('holds every session at its own time of day, in the order of time', () => {
    const sessions = new Set(events.flatMap(({ session }) => session ?? []))
    expect(new Set(today.map(({ session }) => session)).size).toBe(sessions.size)
    expect(today.map(({ at }) => at)).toEqual(today.map(({ at }) => at).sort((a, b) => a - b))
    for (const { at, simulated } of today) {
      expect(at).toBeGreaterThanOrEqual(Date.parse('2026-06-01T00:00:00+08:00'))
      expect(simulated).toBe(true)
    }
  })

  test('is the same however often it is made, so that it is never counted twice', () => {
    expect(replayed(events, now + 60_000)).toEqual(today)
    expect(new Set(today.map(({ id }) => id)).size).toBe(today.length)
  })

  test('with a checkout that hangs: nobody pays on that channel from then on, all others as before', () => {
    const hung = replayed(events, now, { channel: 'app', from: now })
    const pays = (list: typeof today, there: boolean) =>
      list.filter(({ name, channel, at }) => name === 'payment_succeeded' && (channel === 'app' && at >= now) === there)
    expect(pays(today, true).length).toBeGreaterThan(0)
    expect(pays(hung, true)).toEqual([])
    expect(pays(hung, false)).toEqual(pays(today, false))
  })
})
