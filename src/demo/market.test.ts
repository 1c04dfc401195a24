import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { eventInput, productInput } from '../core/event.ts'
import { orderInput } from '../core/order.ts'
import { stages, touchpoints } from '../core/touchpoint.ts'
import { voiceInput } from '../core/voice.ts'
import { DAY } from './calendar.ts'
import { marketFiles, writeMarket } from './files.ts'
import { type Market, simulateMarket } from './market.ts'
import { Random } from './random.ts'
import { review } from './talk/compose.ts'

const endDay = '2026-01-31'
const market = simulateMarket({ seed: 7, endDay })
const small = (seed: number, stories?: Parameters<typeof simulateMarket>[0]['stories']) =>
  simulateMarket({ seed, endDay, scale: 0.05, stories })
const digest = (world: Market) => createHash('sha256').update(JSON.stringify(world)).digest('hex')
const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

/** Every n-th record: each shape is checked, without checking a quarter of a million of them. */
const sample = <T>(records: readonly T[], every: number): T[] => records.filter((_, n) => n % every === 0)

describe('the world', () => {
  test('is the same to the last byte for the same seed, and another one for another seed', () => {
    expect(digest(small(1))).toBe(digest(small(1)))
    expect(digest(small(1))).not.toBe(digest(small(2)))
  })

  test('has the size that was promised', () => {
    expect(market.merchants).toHaveLength(12)
    expect(market.products.length).toBeGreaterThanOrEqual(150)
    expect(market.products.filter((product) => product.category === '取暖器').length).toBeGreaterThanOrEqual(26)
    expect(new Set(market.products.map((product) => product.category)).size).toBeGreaterThanOrEqual(6)
    expect(new Set(market.orders.map((order) => order.customerRef)).size).toBeGreaterThanOrEqual(20_000)
    expect(market.events.length).toBeLessThan(250_000)
  })

  test('consists of records that the doors accept as they are', () => {
    for (const product of market.products) productInput.parse(product)
    for (const order of market.orders) orderInput.parse(order)
    for (const voice of market.voices) voiceInput.parse(voice)
    for (const event of sample(market.events, 5)) eventInput.parse(event)
  })

  test('says of every record that it is simulated, and names each by an id of its own', () => {
    for (const records of [market.products, market.orders, market.events, market.voices]) {
      expect(records.every((record) => record.simulated)).toBe(true)
      expect(new Set(records.map((record) => record.id)).size).toBe(records.length)
    }
  })

  test('ends when it ends: nothing is later than the last day or earlier than the first', () => {
    const end = Date.parse(`${endDay}T00:00:00+08:00`) + DAY
    const times = [
      ...market.voices.map((voice) => voice.at),
      ...market.events.map((event) => event.at),
      ...market.orders.flatMap((order) => [order.updatedAt!, order.lines[0]!.returnedAt ?? 0, order.installedAt ?? 0]),
    ]
    expect(times.reduce((a, b) => Math.max(a, b))).toBeLessThan(end)
    expect(Math.min(...market.orders.map((order) => order.orderedAt))).toBeGreaterThanOrEqual(end - 90 * DAY)
  })
})

describe('what hangs together', () => {
  const orders = new Map(market.orders.map((order) => [order.id, order]))
  const products = new Map(market.products.map((product) => [product.id, product]))

  test('every voice and event that names an order names one that exists, with its product, customer and shop', () => {
    const astray = [...market.voices, ...market.events].filter((record) => {
      if (products.get(record.productId!)?.category !== record.category) return true
      if (record.orderId === undefined) return false
      const order = orders.get(record.orderId)
      return (
        order?.customerRef !== record.customerRef ||
        order?.merchantId !== record.merchantId ||
        order?.lines[0]?.productId !== record.productId
      )
    })
    expect(astray).toEqual([])
  })

  test('an order is placed, then sent, then delivered, then installed or returned', () => {
    const earlier = (a: number | undefined, b: number | undefined) => a === undefined || b === undefined || a < b
    const wrong = market.orders.filter((order) => {
      const { shippedAt, deliveredAt, installedAt, cancelledAt } = order
      const { returnedAt } = order.lines[0]!
      if (cancelledAt !== undefined) return (shippedAt ?? deliveredAt ?? returnedAt) !== undefined
      if (deliveredAt === undefined && (installedAt ?? returnedAt) !== undefined) return true
      const steps = [order.orderedAt, shippedAt ?? order.orderedAt + 1, deliveredAt] as const
      return !(
        earlier(steps[0], steps[1]) &&
        earlier(steps[1], steps[2]) &&
        earlier(deliveredAt, installedAt) &&
        earlier(deliveredAt, returnedAt)
      )
    })
    expect(wrong).toEqual([])
  })

  test('reviews come after delivery, chats run turn by turn, every touchpoint is a known one', () => {
    const known = new Set(touchpoints.map((each) => each.id))
    expect(market.events.every((event) => event.touchpoint === undefined || known.has(event.touchpoint))).toBe(true)
    expect(new Set(market.events.flatMap((event) => event.touchpoint?.split('.')[0] ?? []))).toEqual(new Set(stages))
    const reviews = market.voices.filter((voice) => voice.kind === 'review')
    expect(reviews.filter((voice) => voice.at <= orders.get(voice.orderId!)!.deliveredAt!)).toEqual([])
    const lastTurn = new Map<string, number>()
    const outOfTurn = market.voices.filter((voice) => {
      if (voice.kind !== 'chat') return false
      const last = lastTurn.get(voice.conversation!) ?? -1
      lastTurn.set(voice.conversation!, voice.turn!)
      return voice.turn! <= last
    })
    expect(outOfTurn).toEqual([])
  })

  test('base rates are those of a real marketplace', () => {
    const delivered = market.orders.filter((order) => order.deliveredAt)
    const rate = (n: number) => n / delivered.length
    const ofKind = (kind: string) => market.voices.filter((voice) => voice.kind === kind)
    expect(rate(ofKind('review').length)).toBeGreaterThan(0.2)
    expect(rate(ofKind('review').length)).toBeLessThan(0.3)
    const nps = market.voices.filter((voice) => voice.metric === 'nps')
    expect(rate(nps.length)).toBeGreaterThan(0.09)
    expect(rate(nps.length)).toBeLessThan(0.15)
    const returned = delivered.filter((order) => order.lines[0]!.returnedAt && order.lines[0]!.category !== '取暖器')
    expect(rate(returned.length)).toBeGreaterThan(0.02)
    expect(rate(returned.length)).toBeLessThan(0.09)
  })

  test('searches say how many products they found, some none; some product pages show a recommended list, some of it is clicked', () => {
    const named = (name: string) => market.events.filter((event) => event.name === name)
    const searches = named('searched')
    expect(searches.every(({ props }) => Number.isInteger(props.results))).toBe(true)
    const empty = searches.filter(({ props }) => props.results === 0).length / searches.length
    expect(empty).toBeGreaterThan(0.01)
    expect(empty).toBeLessThan(0.1)
    const pages = new Map(named('product_viewed').map(({ session, at }) => [session, at]))
    const lists = new Map(named('product_list_viewed').map(({ session, at }) => [session, at]))
    expect(lists.size).toBeGreaterThan(1_000)
    expect([...lists.keys()].every((session) => pages.has(session))).toBe(true)
    const clicks = named('product_clicked')
    expect(clicks.length).toBeGreaterThan(100)
    expect(clicks.filter(({ session, at }) => !(lists.get(session)! < at))).toEqual([])
  })

  test('every customer has one member tier, on all orders and answers; who comes back does not hang on it', () => {
    const tierOf = new Map(market.orders.map(({ customerRef, facts }) => [customerRef, facts!.tier]))
    expect(new Set(tierOf.values()).size).toBe(4)
    expect(market.orders.every(({ customerRef, facts }) => tierOf.get(customerRef) === facts!.tier)).toBe(true)
    const answers = market.voices.filter(({ metric }) => metric === 'nps')
    expect(answers.every(({ customerRef, facts }) => tierOf.get(customerRef) === facts!.tier)).toBe(true)
    const perHead = [...new Set(tierOf.values())].map(
      (tier) =>
        market.orders.filter(({ facts }) => facts!.tier === tier).length /
        [...tierOf.values()].filter((each) => each === tier).length,
    )
    expect(Math.max(...perHead) - Math.min(...perHead)).toBeLessThan(0.15)
  })

  test('a parcel that comes after its promised day costs stars', () => {
    const mean = (late: boolean) => {
      const ratings = market.voices
        .filter((voice) => voice.kind === 'review' && voice.category === '手机')
        .filter((voice) => orders.get(voice.orderId!)!.deliveredAt! > orders.get(voice.orderId!)!.promisedAt! === late)
        .map((voice) => voice.rating!)
      return ratings.reduce((a, b) => a + b, 0) / ratings.length
    }
    expect(mean(true)).toBeLessThan(mean(false) - 0.6)
  })
})

describe('the words', () => {
  test('hardly repeat where people write more than a few signs', () => {
    const long = market.voices.filter((voice) => voice.speaker === 'customer' && voice.text.length >= 14)
    expect(new Set(long.map((voice) => voice.text)).size / long.length).toBeGreaterThan(0.9)
  })

  test('tell one story in thousands of ways', () => {
    const trouble = { story: null, aspect: 'noise', scene: 'sleep', effects: {}, spoken: true }
    const random = new Random(1, 2)
    const texts = Array.from({ length: 5_000 }, () =>
      review({ category: '取暖器', city: '杭州', rating: 2, gripes: [trouble] }, random),
    )
    expect(new Set(texts).size).toBeGreaterThan(4_500)
  })

  test('leave no hole of a pattern open', () => {
    expect(market.voices.filter((voice) => /[{}|]|undefined|null/.test(voice.text))).toEqual([])
  })

  test('carry phone numbers of the shape that is masked later, in chats alone', () => {
    const withPhone = market.voices.filter((voice) => /1380013\d{4}/.test(voice.text))
    expect(withPhone.length).toBeGreaterThan(20)
    expect(withPhone.every((voice) => voice.kind === 'chat')).toBe(true)
  })
})

describe('the files', () => {
  test('hold one typed record a line and a table of reviews with Chinese headers', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'daystar-demo-'))
    folders.push(dir)
    const world = small(3)
    await writeMarket(world, dir)
    const contents = await Promise.all(marketFiles.map((name) => readFile(join(dir, name), 'utf8')))
    const [products, orders, events, voices, csv, interventions, truth] = contents as [string, ...string[]]
    const typed = (text: string | undefined, type: string) => {
      const lines = text!.trimEnd().split('\n')
      expect(lines.every((line) => line.startsWith(`{"type":"${type}",`))).toBe(true)
      return lines.length
    }
    expect(typed(products, 'product')).toBe(world.products.length)
    expect(typed(orders, 'order')).toBe(world.orders.length)
    expect(typed(events, 'event')).toBe(world.events.length)
    expect(typed(voices, 'voice')).toBe(world.voices.length)
    expect(csv!.startsWith('\uFEFF评价内容,评分,评价时间,订单号,商品ID,')).toBe(true)
    expect(JSON.parse(interventions!)[0].productIds).toHaveLength(15)
    expect(JSON.parse(truth!)).toMatchObject({ seed: 3, endDay, simulated: true })
  })
})
