import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/stores.ts'
import type { Result } from '../../core/result.ts'
import { type TenantId, tenantId } from '../../core/tenant.ts'
import { type Analytics, prepare } from '../../store/clickhouse/analytics.ts'
import { openEmbeddedClickHouse } from '../../store/clickhouse/embedded.ts'
import { openRemoteClickHouse } from '../../store/clickhouse/remote.ts'
import { added, tables } from '../../store/clickhouse/schema.ts'
import { DAY_MS, type InvitationRule, invitationRule, STALE_MS } from './invitations.ts'
import { occasionsOf } from './occasions.ts'

const NOW = Date.UTC(2026, 5, 1)
const HOUR_MS = 3_600_000
const ago = (days: number) => NOW - days * DAY_MS
const server = process.env.TEST_CLICKHOUSE_URL
const folder = temporaryFolder('occasions')
const engines: [string, (() => Promise<Result<Analytics>>) | undefined][] = [
  ['embedded', () => openEmbeddedClickHouse(folder.path)],
  ['a server (TEST_CLICKHOUSE_URL)', server ? () => openRemoteClickHouse(server) : undefined],
]
afterAll(() => folder.remove())

/** Each test has a tenant of its own, so that none sees what another wrote, on a server that is kept neither. */
const someone = () => tenantId.parse(`t${randomBytes(8).toString('hex')}`)

interface Line {
  id: string
  who?: string
  at?: number
  amount?: number
  currency?: string
  product?: string
  category?: string
  line?: number
  version?: number
  removed?: number
  delivered?: number | null
  cancelled?: number | null
}

const orderRow = (tenant: TenantId, one: Line) => ({
  ...{ tenant, order_id: one.id, line: one.line ?? 0, version: one.version ?? 1, removed: one.removed ?? 0 },
  ...{ customer_ref: one.who ?? 'ann', product_id: one.product ?? 'p1', category: one.category ?? '取暖器' },
  ...{ merchant_id: 'm1', city: '北京', quantity: 1, amount_minor: one.amount ?? 100, currency: one.currency ?? 'CNY' },
  ...{ ordered_at: one.at ?? ago(10), ordered_day: new Date(one.at ?? ago(10)).toISOString().slice(0, 10) },
  ...{ delivered_at: one.delivered ?? null, cancelled_at: one.cancelled ?? null },
})

interface Turn {
  talk?: string
  at: number
  speaker?: string
  who?: string
  kind?: string
  category?: string
  order?: string
}

const turnRow = (tenant: TenantId, one: Turn, place: number) => ({
  ...{ tenant, id: `turn-${place}`, day: new Date(one.at).toISOString().slice(0, 10), at: one.at, turn: place },
  ...{ kind: one.kind ?? 'chat', speaker: one.speaker ?? 'customer', conversation: one.talk ?? 'talk', text: '在吗' },
  ...{ customer_ref: one.who ?? '', category: one.category ?? '', order_id: one.order ?? '' },
})

describe.each(engines)('what calls for an invitation, ClickHouse, %s', (_name, open) => {
  if (!open) return test.skip('needs the address of a server', () => {})

  let analytics: Analytics
  beforeAll(async () => {
    const opened = await open()
    if (!opened.ok) throw new Error(opened.problem.message)
    analytics = opened.value
    await prepare(analytics, tables, added)
  }, 60_000)
  afterAll(() => analytics.close())

  type Trigger = InvitationRule['trigger']
  async function find(tenant: TenantId, trigger: Trigger, more: { categories?: string[]; pageRows?: number } = {}) {
    const rule = invitationRule.parse({ trigger, categories: more.categories ?? [] })
    const asked = { since: NOW - STALE_MS, now: NOW, pageRows: more.pageRows }
    return occasionsOf(analytics, tenant, { id: 's', rule }, asked)
  }
  async function ordered(...lines: Line[]): Promise<TenantId> {
    const tenant = someone()
    // A part on disk each, so that replacing is the question's work.
    for (const line of lines) await analytics.insert('orders', [orderRow(tenant, line)])
    return tenant
  }
  async function talked(...turns: Turn[]): Promise<TenantId> {
    const tenant = someone()
    await analytics.insert(
      'voices',
      turns.map((turn, place) => turnRow(tenant, turn, place)),
    )
    return tenant
  }
  const keys = (found: readonly { key: string }[]) => found.map(({ key }) => key)

  const triggers: Trigger[] = [
    { kind: 'delivered', afterDays: 2 },
    { kind: 'service', afterHours: 24 },
    { kind: 'valuable', overMinor: 1, currency: 'CNY', withinDays: 90 },
    { kind: 'churned', afterDays: 5 },
  ]
  test.each(triggers)('is nothing where there is nothing, or it is another tenant’s: $kind', async (trigger) => {
    await ordered({ id: 'o1', at: ago(6), delivered: ago(3) })
    await talked({ at: ago(2), who: 'ann' })
    expect(await find(someone(), trigger)).toEqual([])
  })

  test.each(triggers)('is nothing that nobody’s name stands beside: $kind', async (trigger) => {
    const tenant = await ordered({ id: 'o1', who: '', at: ago(6), delivered: ago(3) })
    await analytics.insert('voices', [turnRow(tenant, { at: ago(2) }, 0)])
    expect(await find(tenant, trigger)).toEqual([])
  })

  test.each(triggers.filter(({ kind }) => kind !== 'service'))(
    'is no order that was cancelled or taken back by a later record: $kind',
    async (trigger) => {
      const one = { id: 'o1', at: ago(6), delivered: ago(3) }
      expect(await find(await ordered(one), trigger)).toHaveLength(1)
      expect(await find(await ordered(one, { ...one, version: 2, cancelled: ago(1) }), trigger)).toEqual([])
      expect(await find(await ordered(one, { ...one, version: 2, removed: 1 }), trigger)).toEqual([])
    },
  )

  describe('an arrival', () => {
    const trigger: Trigger = { kind: 'delivered', afterDays: 2 }

    test('comes due to the moment, and is known by its dearest line and what the order cost', async () => {
      const at = { at: ago(9), delivered: ago(2) }
      const tenant = await ordered(
        { id: 'o1', ...at, amount: 100, product: 'cheap', category: '加湿器' },
        { id: 'o1', ...at, amount: 900, product: 'dear', line: 1 },
        { id: 'o2', who: 'bo', at: ago(9), delivered: ago(2) + 1 },
        { id: 'o3', who: 'cy', at: ago(30), delivered: ago(2) - STALE_MS },
      )
      expect(await find(tenant, trigger)).toEqual([
        {
          ...{ surveyId: 's', key: 'o1', customerRef: 'ann', orderId: 'o1', productId: 'dear', merchantId: 'm1' },
          ...{ category: '取暖器', city: '北京', valueMinor: 1000, currency: 'CNY', newCustomer: true, dueAt: NOW },
        },
      ])
    })

    test('is of a new customer until an order stands: a cancelled one before it does not count', async () => {
      const second = { id: 'o2', at: ago(8), delivered: ago(3) }
      const newAfter = async (first: Line) => (await find(await ordered(first, second), trigger))[0]!.newCustomer
      expect(await newAfter({ id: 'o1', at: ago(400) })).toBe(false)
      expect(await newAfter({ id: 'o1', at: ago(400), currency: 'USD', category: '加湿器' })).toBe(false)
      expect(await newAfter({ id: 'o1', at: ago(400), cancelled: ago(399) })).toBe(true)
    })

    test('is found however many there are, the first due first, each once', async () => {
      const lines = Array.from({ length: 7 }, (_, i) => ({ id: `o${i}`, who: `c${i}`, at: ago(9), delivered: ago(3) }))
      const tenant = await ordered(...lines)
      for (const pageRows of [1, 3, 7, 100])
        expect(keys(await find(tenant, trigger, { pageRows }))).toEqual(lines.map(({ id }) => id))
    })
  })

  describe('a talk', () => {
    const trigger: Trigger = { kind: 'service', afterHours: 24 }

    test('comes due so many hours after its last turn, whoever said that', async () => {
      const end = NOW - 24 * HOUR_MS
      const turns: Turn[] = [
        { at: end - HOUR_MS, who: 'ann', order: 'o1' },
        { at: end, speaker: 'agent' },
      ]
      expect(await find(await talked(...turns), trigger)).toEqual([
        {
          ...{
            surveyId: 's',
            key: 'talk',
            customerRef: 'ann',
            orderId: 'o1',
            productId: '',
            merchantId: '',
            category: '',
          },
          ...{ city: '', valueMinor: null, currency: '', newCustomer: null, dueAt: NOW },
        },
      ])
      expect(await find(await talked(...turns, { at: end + 1, speaker: 'agent' }), trigger)).toEqual([])
      expect(await find(await talked(...turns, { at: NOW, who: 'ann' }), trigger)).toEqual([])
    })

    test('asks the customer, not whoever else has a reference in it', async () => {
      const agent: Turn = { at: ago(2) + 1, speaker: 'agent', who: 'zoe-of-service' }
      expect((await find(await talked({ at: ago(2), who: 'ann' }, agent), trigger))[0]!.customerRef).toBe('ann')
      // Some systems write the customer beside what was said to them alone.
      const told = await talked({ at: ago(2) }, { ...agent, who: 'ann' })
      expect((await find(told, trigger))[0]!.customerRef).toBe('ann')
    })

    test('in which no customer spoke is none', async () => {
      const turns: Turn[] = ['agent', 'bot', 'system'].map((speaker) => ({ at: ago(2), speaker, who: 'ann' }))
      expect(await find(await talked(...turns), trigger)).toEqual([])
    })

    test('is of a category that any turn of it names, and goes on with the turns that name none', async () => {
      const turns: Turn[] = [
        { at: ago(2), who: 'ann', category: '取暖器' },
        { at: ago(2) + HOUR_MS, speaker: 'agent', category: '电热毯' },
        { at: ago(2) + 2 * HOUR_MS, speaker: 'agent' },
      ]
      const tenant = await talked(...turns)
      const [found] = await find(tenant, trigger, { categories: ['取暖器'] })
      expect(found).toMatchObject({ category: '取暖器', dueAt: ago(2) + 26 * HOUR_MS })
      expect(await find(tenant, trigger, { categories: ['加湿器'] })).toEqual([])
      const lately = await talked(turns[0]!, { at: NOW - HOUR_MS, speaker: 'agent' })
      expect(await find(lately, trigger, { categories: ['取暖器'] })).toEqual([])
    })

    test('is a chat or a call, and has a name: reviews and loose words are no service', async () => {
      const tenant = await talked(
        { at: ago(2), who: 'ann', kind: 'call', talk: 'by telephone' },
        { at: ago(2), who: 'bo', kind: 'review', talk: 'a review' },
        { at: ago(2), who: 'cy', talk: '' },
      )
      expect(keys(await find(tenant, trigger))).toEqual(['by telephone'])
    })
  })

  describe('a high value', () => {
    const trigger: Trigger = { kind: 'valuable', overMinor: 1_000, currency: 'CNY', withinDays: 90 }

    test('is reached by the sum of all lines of all orders, and the latest order stands for them, dearest line first', async () => {
      const tenant = await ordered(
        { id: 'o1', at: ago(60), amount: 500 },
        { id: 'o2', at: ago(3), amount: 100, product: 'cheap', category: '加湿器' },
        { id: 'o2', at: ago(3), amount: 400, product: 'dear', line: 1 },
        { id: 'o3', who: 'bo', at: ago(3), amount: 999 },
      )
      expect(await find(tenant, trigger)).toEqual([
        {
          ...{ surveyId: 's', key: 'ann', customerRef: 'ann', orderId: 'o2', productId: 'dear', merchantId: 'm1' },
          ...{ category: '取暖器', city: '北京', valueMinor: 1000, currency: 'CNY', newCustomer: false, dueAt: ago(3) },
        },
      ])
    })

    test('is never a sum over currencies', async () => {
      const tenant = await ordered(
        { id: 'o1', at: ago(4), amount: 999 },
        { id: 'o2', at: ago(3), amount: 5_000, currency: 'USD' },
        { id: 'o3', who: 'bo', at: ago(3), amount: 1_000 },
        { id: 'o4', who: 'bo', at: ago(2), amount: 1_000_000, currency: 'JPY' },
      )
      expect((await find(tenant, trigger)).map((one) => [one.key, one.valueMinor, one.currency])).toEqual([
        ['bo', 1_000, 'CNY'],
      ])
    })

    test('counts what was ordered within the days alone', async () => {
      const before = await ordered({ id: 'o1', at: ago(90), amount: 600 }, { id: 'o2', at: ago(3), amount: 600 })
      expect(await find(before, trigger)).toEqual([])
      const within = await ordered({ id: 'o1', at: ago(90) + 1, amount: 600 }, { id: 'o2', at: ago(3), amount: 600 })
      expect(keys(await find(within, trigger))).toEqual(['ann'])
    })

    test('is of a customer who is new only where nothing stands before', async () => {
      const now: Line = { id: 'o2', at: ago(3), amount: 2_000 }
      const newAfter = async (...before: Line[]) => (await find(await ordered(...before, now), trigger))[0]!.newCustomer
      expect(await newAfter()).toBe(true)
      expect(await newAfter({ id: 'o1', at: ago(300) })).toBe(false)
      expect(await newAfter({ id: 'o1', at: ago(5), currency: 'USD' })).toBe(false)
      expect(await newAfter({ id: 'o1', at: ago(5), cancelled: ago(4) })).toBe(true)
    })
  })

  describe('a silence', () => {
    const trigger: Trigger = { kind: 'churned', afterDays: 30 }

    test('begins with the last order of all, whatever it was of and in whatever currency', async () => {
      const last = { id: 'o2', at: ago(31), amount: 700, currency: 'USD' }
      const found = await find(await ordered({ id: 'o1', at: ago(33), amount: 9_000 }, last), trigger)
      expect(found).toMatchObject([
        { key: 'ann o2', orderId: 'o2', valueMinor: 700, currency: 'USD', newCustomer: false, dueAt: ago(1) },
      ])
      const back = await ordered(last, { id: 'o3', at: ago(1), category: '加湿器' })
      expect(await find(back, trigger)).toEqual([])
      expect(await find(back, trigger, { categories: ['取暖器'] })).toEqual([])
    })

    test('is not ended by an order that was cancelled', async () => {
      const tenant = await ordered({ id: 'o1', at: ago(31) }, { id: 'o2', at: ago(1), cancelled: ago(1) })
      expect(await find(tenant, trigger)).toMatchObject([{ key: 'ann o1', newCustomer: true }])
    })

    test('is of the category of the last order, and worth all its lines of it', async () => {
      const tenant = await ordered(
        { id: 'o1', at: ago(31), amount: 300 },
        { id: 'o1', at: ago(31), amount: 200, line: 1 },
        { id: 'o1', at: ago(31), amount: 900, line: 2, category: '加湿器' },
      )
      expect(await find(tenant, trigger)).toMatchObject([{ category: '加湿器', valueMinor: 1_400 }])
      const [found] = await find(tenant, trigger, { categories: ['取暖器'] })
      expect(found).toMatchObject({ category: '取暖器', valueMinor: 500 })
      expect(await find(tenant, trigger, { categories: ['电热毯'] })).toEqual([])
    })

    test('has the same key at every run, of two orders at one moment too', async () => {
      const two: Line[] = [
        { id: 'o1', at: ago(31) },
        { id: 'o2', at: ago(31) },
      ]
      for (const lines of [two, [...two].reverse()])
        expect(keys(await find(await ordered(...lines), trigger))).toEqual(['ann o2'])
    })

    test('comes due to the moment and grows stale', async () => {
      const tenant = await ordered(
        { id: 'o1', who: 'ann', at: ago(30) },
        { id: 'o2', who: 'bo', at: ago(30) + 1 },
        { id: 'o3', who: 'cy', at: ago(30) - STALE_MS },
      )
      expect(keys(await find(tenant, trigger))).toEqual(['ann o1'])
    })
  })
})
