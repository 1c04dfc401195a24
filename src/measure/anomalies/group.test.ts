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
type Segment = { merchant: string; step: string; city: string }

/** Alarms where `hit` says so, with excess by chance; the rest is quiet. */
function planted(hit: (segment: Segment) => boolean, seed = 1, at = 0) {
  const random = seeded(seed)
  const alarms: Alarm[] = everything
    .filter(({ segment }) => hit(segment))
    .map((series) => ({
      ...series,
      at: at + Math.floor(random() * 2) * HOUR,
      direction: 'up',
      excess: 5 + 40 * random(),
    }))
  return { alarms, quiet: everything.filter(({ segment }) => !hit(segment)) }
}

describe('groupAlarms', () => {
  it('names the one merchant and step that all of it is, with the others under it', () => {
    const { alarms, quiet } = planted(({ merchant, step }) => merchant === 'M07' && step === 'trade.pay')
    const [incident, ...more] = groupAlarms(alarms, quiet, grouping)
    expect(more).toEqual([])
    expect(incident!.segment).toEqual({ merchant: 'M07', step: 'trade.pay' })
    expect(incident).toMatchObject({ explains: 1, affected: 1 })
    expect(incident!.alarms).toHaveLength(3)
    expect(incident!.alarms[0]!.excess).toBe(Math.max(...alarms.map(({ excess }) => excess)))
  })

  it('names the wider segment where it is the wider one that is hit', () => {
    const { alarms, quiet } = planted(({ step }) => step === 'trade.pay')
    expect(groupAlarms(alarms, quiet, grouping).map(({ segment }) => segment)).toEqual([{ step: 'trade.pay' }])
  })

  it('finds a cause of which chance hid a fifth, in 50 worlds', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const random = seeded(seed)
      const merchant = merchants[Math.floor(random() * merchants.length)]!
      const { alarms, quiet } = planted((segment) => segment.merchant === merchant && random() > 0.2, seed)
      expect(groupAlarms(alarms, quiet, grouping)[0]!.segment).toEqual({ merchant })
    }
  })

  it('keeps two causes apart, the larger first', () => {
    const { alarms, quiet } = planted(
      ({ merchant, step, city }) => merchant === 'M02' || (step === 'trade.pay' && city === '成都'),
    )
    const incidents = groupAlarms(alarms, quiet, grouping)
    const named = incidents.map(({ segment }) => JSON.stringify(segment))
    expect(named).toHaveLength(2)
    expect(named).toContain(JSON.stringify({ merchant: 'M02' }))
    expect(named).toContain(JSON.stringify({ city: '成都', step: 'trade.pay' }))
  })

  it('keeps apart what happened at different times', () => {
    const morning = planted(({ merchant }) => merchant === 'M01', 1, 0)
    const night = planted(({ merchant }) => merchant === 'M09', 2, 12 * HOUR)
    const quiet = everything.filter(({ segment }) => segment.merchant !== 'M01' && segment.merchant !== 'M09')
    const incidents = groupAlarms([...morning.alarms, ...night.alarms], quiet, grouping)
    expect(incidents.map(({ segment }) => segment.merchant).sort()).toEqual(['M01', 'M09'])
  })

  it('blames nothing for what has nothing in common', () => {
    const alone = new Set(['M01 trade.cart 上海', 'M05 trade.pay 北京', 'M11 trade.checkout 成都'])
    const { alarms, quiet } = planted(({ merchant, step, city }) => alone.has(`${merchant} ${step} ${city}`))
    const incidents = groupAlarms(alarms, quiet, grouping)
    expect(incidents).toHaveLength(3)
    expect(incidents.every(({ alarms: members }) => members.length === 1)).toBe(true)
  })
})
