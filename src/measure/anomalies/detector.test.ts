import { describe, expect, it } from 'vitest'
import { openDetector } from './detector.ts'

const HOUR = 3_600_000
const start = Date.UTC(2026, 2, 1)
const options = { stepMs: HOUR, zone: 'Asia/Shanghai', kind: 'count' } as const
/** Busy from 8 to 24 local time, a little more on some hours than on others, never by chance. */
const usual = (hour: number) => ((hour + 8) % 24 < 8 ? 4 : 60) + (hour % 5)

describe('openDetector', () => {
  it('says nothing of a series that it does not know yet', () => {
    const reading = openDetector(options).push({ at: start, value: 5 })
    expect(reading).toMatchObject({ expected: null, p: null, direction: null, score: 0 })
  })

  it('knows the hours of the day, and sees their absence', () => {
    const detector = openDetector(options)
    for (let hour = 0; hour < 24 * 21; hour++) detector.push({ at: start + hour * HOUR, value: usual(hour) })
    const at = start + (24 * 21 + 4) * HOUR
    const saved = detector.save()
    expect(openDetector(options, saved).push({ at, value: 60 }).p).toBeGreaterThan(0.05)
    const quiet = openDetector(options, saved).push({ at, value: 4 })
    expect(quiet.p).toBeLessThan(1e-6)
    expect(quiet.direction).toBe('down')
    expect(quiet.low!).toBeGreaterThan(30)
    expect(quiet.high!).toBeGreaterThan(quiet.expected!)
  })

  it('goes on from what was saved, after JSON, as if it had never stopped', () => {
    const [whole, before] = [openDetector(options), openDetector(options)]
    for (let hour = 0; hour < 400; hour++) {
      const point = { at: start + hour * HOUR, value: hour % 90 === 0 ? null : usual(hour) }
      whole.push(point)
      before.push(point)
    }
    const after = openDetector(options, JSON.parse(JSON.stringify(before.save())))
    const next = { at: start + 400 * HOUR, value: 33 }
    expect(after.push(next)).toEqual(whole.push(next))
  })
})
