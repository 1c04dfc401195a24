import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { mentionRows, noon, openFixture, orderRow, type VoiceRow, voiceRow } from '../fixture.ts'
import { wholeSlice } from '../slice.ts'
import { placesOf } from './places.ts'

const slice = { ...wholeSlice(tenantId.parse('t1'), '2026-03-01', '2026-03-28'), category: ['boiler'] }
const asking = { asOf: noon('2026-04-15'), returnWindowDays: 7, names: { aspects: new Map(), scenes: new Map() } }
const late = { outcome: 'rating', category: 'boiler', factor: 'late_installation', aspect: '', scene: '' }
const noise = { outcome: 'return', category: 'boiler', factor: 'aspect', aspect: 'noise', scene: 'sleep' }

let analytics: Analytics
let close: () => Promise<void>
beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
})
afterAll(() => close())

describe('where a factor is met', () => {
  test('a fact of the operation: orders that have it among those that could, the surest place first', async () => {
    const order = (place: number, city: string, late: boolean | null) =>
      orderRow({
        order_id: `o${place}`,
        category: 'boiler',
        city,
        merchant_id: 'm1',
        ordered_day: '2026-03-02',
        delivered_day: '2026-03-04',
        install_promised_day: '2026-03-05',
        installed_day: late === null ? undefined : late ? '2026-03-09' : '2026-03-05',
      })
    // 西安 30 of 40, 杭州 4 of 40, a single late one in 拉萨; one in 北京 that was never installed.
    const orders = [
      ...Array.from({ length: 40 }, (_, place) => order(place, '西安', place < 30)),
      ...Array.from({ length: 40 }, (_, place) => order(40 + place, '杭州', place < 4)),
      order(80, '拉萨', true),
      order(81, '北京', null),
    ]
    await analytics.insert('orders', orders)
    const { places, merchants } = await placesOf(analytics, slice, late, asking)
    expect(places.map(({ city, exposed, n }) => [city, exposed, n])).toEqual([
      ['西安', 30, 40],
      ['拉萨', 1, 1],
      ['杭州', 4, 40],
    ])
    expect(places[0]!.share).toMatchObject({ value: 0.75, n: 40 })
    expect(merchants).toMatchObject([{ merchant: 'm1', exposed: 35, n: 81 }])
  })

  test('a complaint: voices that carry it among those that could be read, each once', async () => {
    const voice = (id: string, more: Partial<VoiceRow> = {}): VoiceRow => ({
      id,
      day: '2026-03-03',
      category: 'boiler',
      city: '成都',
      merchant_id: 'm2',
      ...more,
    })
    const loud = { aspect: 'noise', polarity: 'negative', scene: 'sleep' }
    const said: [VoiceRow, (typeof loud)[]][] = [
      [voice('twice'), [loud, loud]],
      [voice('by day'), [{ ...loud, scene: '' }]],
      [voice('praise'), [{ ...loud, polarity: 'positive' }]],
      [voice('unread', { read: 0 }), []],
      [voice('elsewhere', { category: 'heater' }), [loud]],
      [voice('nowhere', { city: '', merchant_id: '' }), [loud]],
    ]
    await analytics.insert(
      'voices',
      said.map(([row, mentions]) => voiceRow(row, mentions)),
    )
    await analytics.insert(
      'mentions',
      said.flatMap(([row, mentions]) => mentionRows(row, mentions)),
    )
    const { places, merchants } = await placesOf(analytics, slice, noise, asking)
    expect(places).toMatchObject([{ city: '成都', exposed: 1, n: 3 }])
    expect(merchants).toMatchObject([{ merchant: 'm2', exposed: 1, n: 3 }])
  })
})
