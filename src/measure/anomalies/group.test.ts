import { describe, expect, it } from 'vitest'
import { seeded } from '../fixture.ts'
import { type Alarm, groupAlarms } from './group.ts'

const HOUR = 3_600_000
const grouping = { withinMs: 3 * HOUR }
const merchants = Array.from({ length: 12 }, (_, place) => `M${String(place + 1).padStart(2, '0')}`)
const steps = ['trade.cart', 'trade.checkout', 'trade.pay']
const cities = ['上海', '北京', '成都']

/** One series for every merchant × step × city. */
const everything = merchants.flatMap((merchant) =>
  steps.flatMap((step) =>
    cities.map((city) => ({ series: `${merchant} ${step} ${city}`, segment: { merchant, step, city } })),
  ),
)
const moment = (at: number) => ({ at, until: at })
type Segment = { merchant: string; step: string; city: string }

/** Alarms where `hit` says so, with excess by chance; the rest is quiet. */
function planted(hit: (segment: Segment) => boolean, seed = 1, at = 0) {
  const random = seeded(seed)
  const alarms: Alarm[] = everything
    .filter(({ segment }) => hit(segment))
    .map((series) => ({
      ...series,
      ...moment(at + Math.floor(random() * 2) * HOUR),
      direction: 'up',
      excess: 5 + 40 * random(),
    }))
  return alarms
}

describe('groupAlarms', () => {
  it('names the one merchant and step that all of it is, with the others under it', () => {
    const alarms = planted(({ merchant, step }) => merchant === 'M07' && step === 'trade.pay')
    const [incident, ...more] = groupAlarms(alarms, everything, grouping)
    expect(more).toEqual([])
    expect(incident!.segment).toEqual({ merchant: 'M07', step: 'trade.pay' })
    expect(incident).toMatchObject({ explains: 1, affected: 1 })
    expect(incident!.alarms).toHaveLength(3)
    expect(incident!.alarms[0]!.excess).toBe(Math.max(...alarms.map(({ excess }) => excess)))
  })

  it('names the wider segment where it is the wider one that is hit', () => {
    const alarms = planted(({ step }) => step === 'trade.pay')
    expect(groupAlarms(alarms, everything, grouping).map(({ segment }) => segment)).toEqual([{ step: 'trade.pay' }])
  })

  it('finds a cause of which chance hid a fifth, in nearly all of 50 worlds', () => {
    const found = Array.from({ length: 50 }, (_, seed) => {
      const random = seeded(seed + 1)
      const merchant = merchants[Math.floor(random() * merchants.length)]!
      const alarms = planted((segment) => segment.merchant === merchant && random() > 0.2, seed + 1)
      return JSON.stringify(groupAlarms(alarms, everything, grouping)[0]!.segment) === JSON.stringify({ merchant })
    })
    // Of nine series chance hides five or more in one world of fifty: then there is less than half to see.
    expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(48)
  })

  it('keeps two causes apart, the larger first', () => {
    const alarms = planted(
      ({ merchant, step, city }) => merchant === 'M02' || (step === 'trade.pay' && city === '成都'),
    )
    const incidents = groupAlarms(alarms, everything, grouping)
    const named = incidents.map(({ segment }) => JSON.stringify(segment))
    expect(named).toHaveLength(2)
    expect(named).toContain(JSON.stringify({ merchant: 'M02' }))
    expect(named).toContain(JSON.stringify({ city: '成都', step: 'trade.pay' }))
  })

  it('keeps apart what happened at different times', () => {
    const morning = planted(({ merchant }) => merchant === 'M01', 1, 0)
    const night = planted(({ merchant }) => merchant === 'M09', 2, 12 * HOUR)
    const incidents = groupAlarms([...morning, ...night], everything, grouping)
    expect(incidents.map(({ segment }) => segment.merchant).sort()).toEqual(['M01', 'M09'])
  })

  it('blames nothing for what has nothing in common', () => {
    const alone = new Set(['M01 trade.cart 上海', 'M05 trade.pay 北京', 'M11 trade.checkout 成都'])
    const alarms = planted(({ merchant, step, city }) => alone.has(`${merchant} ${step} ${city}`))
    const incidents = groupAlarms(alarms, everything, grouping)
    expect(incidents).toHaveLength(3)
    expect(incidents.every(({ alarms: members }) => members.length === 1)).toBe(true)
  })

  describe('of series that are parts of one another', () => {
    const rules = ['failures', 'payments', 'answers', 'returns']
    const shops = merchants.map((merchant) => ({ merchant }))
    const series = rules.flatMap((rule) =>
      [{}, ...shops].map((cut) => {
        const segment = { rule, topic: rule === 'payments' ? 'failures' : rule, ...cut }
        return { series: JSON.stringify(segment), segment }
      }),
    )
    const told = (...wanted: Record<string, string>[]) =>
      series
        .filter(({ segment }) => wanted.some((one) => JSON.stringify(one) === JSON.stringify(segment)))
        .map((one): Alarm => ({ ...one, ...moment(0), direction: 'up', excess: 10 }))

    it('holds a part and its whole for one, though the other parts are quiet', () => {
      const whole = { rule: 'failures', topic: 'failures' }
      const incidents = groupAlarms(told(whole, { ...whole, merchant: 'M03' }), series, grouping)
      expect(incidents.map((one) => one.alarms.length)).toEqual([2])
    })

    it('holds what two rules say of one topic for one', () => {
      const alarms = told({ rule: 'failures', topic: 'failures' }, { rule: 'payments', topic: 'failures' })
      expect(groupAlarms(alarms, series, grouping).map(({ segment }) => segment)).toEqual([{ topic: 'failures' }])
      // However many parts of the one are told of beside it.
      const parts = merchants.slice(0, 5).map((merchant) => ({ rule: 'failures', topic: 'failures', merchant }))
      const more = groupAlarms([...alarms, ...told(...parts)], series, grouping)
      expect(more.map(({ segment }) => segment)).toEqual([{ topic: 'failures' }])
    })

    it('keeps two shops apart where the whole is quiet, and another topic from either', () => {
      const answers = { rule: 'answers', topic: 'answers' }
      const alarms = told(
        { ...answers, merchant: 'M01' },
        { ...answers, merchant: 'M02' },
        { rule: 'returns', topic: 'returns', merchant: 'M05' },
      )
      expect(groupAlarms(alarms, series, grouping).map((one) => one.alarms.length)).toEqual([1, 1, 1])
    })

    it('counts a series that was told of twice once', () => {
      const [alarm] = told({ rule: 'answers', topic: 'answers', merchant: 'M01' })
      const [incident] = groupAlarms([alarm!, { ...alarm!, ...moment(2 * HOUR) }], series, grouping)
      expect(incident).toMatchObject({ affected: 1, from: 0, to: 2 * HOUR })
    })
  })
})
