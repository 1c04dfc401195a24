import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO, tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type MentionOf, mentionRows, noon, openFixture, orderRow, type VoiceRow, voiceRow } from '../fixture.ts'
import { wholeSlice } from '../slice.ts'
import { measureTouchpoints } from '../touchpoints.ts'
import { countFacets } from './facets.ts'
import type { VoiceFilter } from './filter.ts'
import { extentOf, voicesPerDay } from './flow.ts'
import { readVoices } from './page.ts'

const tenant = tenantId.parse('t1')
const slice = wholeSlice(tenant, '2026-03-01', '2026-03-28')
const asking = { slice, asOf: noon('2026-04-01'), returnWindowDays: 7 }
const said: [VoiceRow, MentionOf[]][] = [
  [
    {
      id: 'v1',
      day: '2026-03-02',
      category: 'heater',
      sentiment: 'negative',
      rating: 1,
      text: '夜里太吵',
      order_id: 'o1',
      customer_ref: 'c1',
      intents: ['return', 'complain'],
    },
    [{ aspect: 'noise', polarity: 'negative', scene: 'sleep' }],
  ],
  [
    {
      id: 'v2',
      day: '2026-03-02',
      category: 'heater',
      sentiment: 'mixed',
      rating: 3,
      text: '暖和，白天有点吵 Wow',
      intents: ['ask'],
      urgency: 'now',
      customer_ref: 'c1',
    },
    [
      { aspect: 'noise', polarity: 'negative', scene: 'office' },
      { aspect: 'heat', polarity: 'positive', scene: 'sleep' },
    ],
  ],
  [
    {
      id: 'v3',
      day: '2026-03-05',
      category: 'heater',
      sentiment: 'positive',
      rating: 5,
      text: '很安静',
      source: 'other',
    },
    [{ aspect: 'noise', polarity: 'positive', scene: 'sleep' }],
  ],
  [
    {
      id: 'v4',
      day: '2026-03-06',
      category: 'hotel',
      sentiment: 'neutral',
      metric: 'nps',
      rating: 6,
      rating_min: 0,
      rating_max: 10,
      kind: 'survey',
      text: '一般',
    },
    [],
  ],
  [
    { id: 'v5', day: '2026-02-20', category: 'heater', sentiment: 'negative', text: '吵' },
    [{ aspect: 'noise', polarity: 'negative' }],
  ],
]

let analytics: Analytics
let close: () => Promise<void>
beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
  await analytics.insert(
    'voices',
    said.map(([voice, mentions]) =>
      voiceRow({ ...voice, scenes: mentions.flatMap(({ scene }) => scene ?? []) }, mentions),
    ),
  )
  await analytics.insert(
    'mentions',
    said.flatMap(([voice, mentions]) => mentionRows(voice, mentions)),
  )
  await analytics.insert('orders', [
    orderRow({
      order_id: 'o1',
      ordered_day: '2026-02-27',
      promised_day: '2026-02-28',
      delivered_day: '2026-03-01',
      category: 'heater',
    }),
  ])
  await analytics.insert('events', [
    { tenant, day: '2026-03-02', id: 'e1', touchpoint: 'fulfil.use', session: 's1' },
    { tenant, day: '2026-03-03', id: 'e2', touchpoint: 'fulfil.use', session: 's1' },
    { tenant, day: '2026-03-03', id: 'e3', touchpoint: 'fulfil.use', customer_ref: 'c9' },
  ])
})
afterAll(() => close())

async function read(filter: VoiceFilter, more: { cursor?: string; limit?: number } = {}) {
  const page = await readVoices(analytics, { ...asking, filter, ...more })
  if (!page.ok) throw new Error(page.problem.message)
  return page.value
}
const ids = async (filter: VoiceFilter) => (await read(filter)).voices.map((voice) => voice.id).sort()

describe('a page of voices', () => {
  test('counts the whole selection and shows the newest first, page after page without gaps', async () => {
    const first = await read({}, { limit: 2 })
    expect(first).toMatchObject({ total: 4, customers: 1, sources: 2 })
    const second = await read({}, { limit: 2, cursor: first.next! })
    expect([...first.voices, ...second.voices].map((voice) => voice.id)).toEqual(['v4', 'v3', 'v2', 'v1'])
    expect(second.next).toBeNull()
    expect(second.voices[0]!.mentions).toHaveLength(2)
    expect(second.voices[0]!.read).toBe(true)
  })

  test('finds by words, rating, kind, order and scene', async () => {
    expect(await ids({ text: 'WOW' })).toEqual(['v2'])
    expect(await ids({ text: "%'\\" })).toEqual([])
    expect(await ids({ rating: 'low' })).toEqual(['v1', 'v4'])
    expect(await ids({ rating: 'high' })).toEqual(['v3'])
    expect(await ids({ kind: ['survey', 'chat'] })).toEqual(['v4'])
    expect(await ids({ orderId: 'o1' })).toEqual(['v1'])
    expect(await ids({ scene: ['sleep'] })).toEqual(['v1', 'v2', 'v3'])
  })

  test('finds by intent and urgency', async () => {
    expect(await ids({ intent: ['return', 'ask'] })).toEqual(['v1', 'v2'])
    expect(await ids({ urgency: ['now'] })).toEqual(['v2'])
    expect(await ids({ intent: ['return'], urgency: ['now'] })).toEqual([])
  })

  test('a voice from before the newer columns reads as if it had none of it', async () => {
    const { voices } = await read({ kind: ['survey'] })
    expect(voices[0]).toMatchObject({
      urgency: 'none',
      intents: [],
      sarcasm: null,
      brands: [],
      copyOf: null,
      unreadFrom: null,
    })
    const { voices: heard } = await read({ text: '很安静' })
    expect(heard[0]!.mentions[0]).toMatchObject({ termAt: null, condition: null, cause: null })
  })

  test('asks aspect, scene and polarity of one and the same mention', async () => {
    expect(await ids({ aspect: ['noise'] })).toEqual(['v1', 'v2', 'v3'])
    expect(await ids({ aspect: ['noise'], scene: ['sleep'] })).toEqual(['v1', 'v3'])
    expect(await ids({ aspect: ['noise'], sentiment: ['negative'] })).toEqual(['v1', 'v2'])
    expect(await ids({ sentiment: ['negative'] })).toEqual(['v1'])
  })

  test('shows the voices behind a driver', async () => {
    const driver = { outcome: 'return', category: 'heater', factor: 'aspect', aspect: 'noise', scene: 'sleep' }
    expect(await ids({ driver })).toEqual(['v1'])
    expect(await ids({ driver: { ...driver, scene: '' } })).toEqual(['v1', 'v2'])
    expect(await ids({ driver: { ...driver, factor: 'late_delivery', aspect: '', scene: '' } })).toEqual(['v1'])
  })

  test('a cursor of somebody’s own making is refused in words', async () => {
    const page = await readVoices(analytics, { ...asking, filter: {}, cursor: 'nonsense' })
    expect(page).toMatchObject({ ok: false, problem: { code: 'bad-cursor' } })
  })
})

describe('facets', () => {
  test('each ignores its own filter, and obeys the others', async () => {
    const facets = await countFacets(analytics, {
      ...asking,
      slice: { ...slice, category: ['heater'] },
      filter: { sentiment: ['negative'] },
    })
    expect(facets.category).toEqual([{ key: 'heater', n: 1 }])
    expect(facets.sentiment).toEqual([
      { key: 'mixed', n: 1 },
      { key: 'negative', n: 1 },
      { key: 'positive', n: 1 },
    ])
    expect(facets.aspects).toMatchObject([{ aspect: 'noise', n: 1, positive: 0, neutral: 0, negative: 1 }])
  })

  test('every count of the rail is the total of its page', async () => {
    const { aspects, scenes } = await countFacets(analytics, { ...asking, filter: {} })
    for (const { aspect, n, negative } of aspects) {
      expect((await read({ aspect: [aspect] })).total).toBe(n)
      expect((await read({ aspect: [aspect], sentiment: ['negative'] })).total).toBe(negative)
    }
    expect(scenes).toMatchObject([
      { scene: 'sleep', n: 3, negative: 1, negativeShare: { value: 1 / 3, n: 3 } },
      { scene: 'office', n: 1, negative: 1, negativeShare: { value: 1, n: 1 } },
    ])
  })
})

describe('the flow of voices', () => {
  test('has every day, and the extent of a tenant reaches over orders too', async () => {
    const flow = await voicesPerDay(analytics, slice)
    expect(flow.total).toBe(4)
    expect(flow.perDay).toHaveLength(28)
    expect(flow.perDay[1]).toEqual({ day: '2026-03-02', total: 2, read: 2, negative: 1 })
    expect(await extentOf(analytics, tenant)).toEqual({ from: '2026-02-20', to: '2026-03-06', simulated: false })
    expect(await extentOf(analytics, DEMO)).toBeNull()
  })
})

describe('touchpoints', () => {
  test('take their score from what is said of their aspects, and their visitors from events', async () => {
    const rows = await measureTouchpoints(analytics, slice, (aspect) =>
      aspect === 'noise' || aspect === 'heat' ? 'fulfil.use' : undefined,
    )
    const use = rows.find((row) => row.id === 'fulfil.use')!
    expect(use).toMatchObject({
      stage: 'fulfil',
      events: 3,
      // A session that comes back on another day is another visit.
      visitors: 3,
      topAspects: [
        { aspect: 'noise', negative: 2, total: 3 },
        { aspect: 'heat', negative: 0, total: 1 },
      ],
    })
    expect(use.score).toMatchObject({ value: 0, n: 4 })
    expect(use.previousScore).toMatchObject({ value: -1, n: 1 })
    expect(use.change!.moreThanChance).toBe(false)
    expect(rows.find((row) => row.id === 'trade.pay')!.score.value).toBeNull()
  })
})
