import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventInput } from '../core/event.ts'
import { deviceOf, readPageEvent, type Surroundings } from './collected-event.ts'

const NOON = Date.UTC(2026, 5, 1, 12)
const HOUR = 3_600_000
const around: Surroundings = { origin: 'https://shop.example', device: 'phone', sentAt: NOON, receivedAt: NOON }
const raw = (more: object = {}) => ({ id: 'abcd1234', name: 'clicked', at: NOON - 1_000, ...more })

function read(more: object = {}, where: Partial<Surroundings> = {}) {
  const result = readPageEvent(raw(more), { ...around, ...where })
  if (!result.ok) throw new Error(result.refusal.reason)
  return result.event
}
const refusal = (more: object) => {
  const result = readPageEvent(raw(more), around)
  return result.ok ? undefined : [result.refusal.field, result.refusal.reason]
}

test('a known name brings its touchpoint; site and device come from the request', () => {
  const event = read({ name: 'product_added', productId: 'P1', props: { device: 'desktop', site: 'evil.example' } })
  expect(event).toMatchObject({ touchpoint: 'trade.cart', productId: 'P1', channel: 'web' })
  expect(event.props).toEqual({ device: 'phone', site: 'shop.example' })
  expect(read({ name: 'garden_planned' }).touchpoint).toBeUndefined()
})

test('what a page says of its own standing is not looked at', () => {
  const event = read({
    tenant: 'other',
    simulated: true,
    verified: true,
    source: 'erp',
    touchpoint: 'aftersale.refund',
  })
  expect(Object.keys(JSON.parse(JSON.stringify(event))).sort()).toEqual(['at', 'channel', 'id', 'name', 'props'])
})

test('its id can never be that of an event from elsewhere', () => {
  expect(read({ id: 'order-1-paid' }).id).toBe('web-order-1-paid')
})

describe('time', () => {
  test('a clock that agrees is left alone, since the way here takes time as well', () => {
    expect(read({}, { receivedAt: NOON + 4_000 }).at).toBe(NOON - 1_000)
  })

  test.each([-26 * HOUR, -90_000, 90_000, 26 * HOUR])('a clock that is off by %i ms is set right', (off) => {
    expect(read({ at: NOON + off - HOUR }, { sentAt: NOON + off }).at).toBe(NOON - HOUR)
  })

  test('an event that waited offline for three days keeps its age', () => {
    expect(read({ at: NOON - 72 * HOUR }).at).toBe(NOON - 72 * HOUR)
  })

  test('nothing happens after it came here', () => {
    expect(read({ at: NOON + HOUR }).at).toBe(NOON)
    expect(read({ at: NOON + 400 * 24 * HOUR }, { sentAt: undefined }).at).toBe(NOON)
  })

  test('what is older than a month is refused', () => {
    expect(refusal({ at: NOON - 32 * 24 * HOUR })).toEqual(['at', 'it is more than 31 days old'])
  })
})

test.each(['shipment_delivered', 'order_refunded', 'refund_failed', 'return_received', 'installation_done'])(
  '%s can only be told by the shop’s own systems',
  (name) => {
    expect(refusal({ name })?.[1]).toContain('only your own systems')
  },
)

test.each([
  [{ name: 'Product Viewed' }, 'name'],
  [{ id: 'x' }, 'id'],
  [{ at: 'now' }, 'at'],
  [{ props: { a: { b: 1 } } }, 'props.a'],
  [{ props: Object.fromEntries(Array.from({ length: 61 }, (_, n) => [`f${n}`, n])) }, 'props'],
])('a wrong event %j is refused with its field', (more, field) => {
  expect(refusal(more)?.[0]).toBe(field)
})

test('whatever comes, the answer is an event that the way in takes, or a refusal', () => {
  const keys = fc.constantFrom(
    'id',
    'name',
    'at',
    'session',
    'visitor',
    'customerRef',
    'props',
    '__proto__',
    'constructor',
  )
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.dictionary(keys, fc.anything()).map(raw)), (value) => {
      const result = readPageEvent(value, around)
      if (result.ok) expect(eventInput.safeParse(result.event).success).toBe(true)
      else expect(result.refusal.reason).not.toBe('')
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    }),
    { numRuns: 3_000 },
  )
})

test('a field called __proto__ changes no prototype', () => {
  const event = readPageEvent(
    JSON.parse(`{"id":"abcd1234","name":"clicked","at":${NOON},"props":{"__proto__":{"polluted":1}}}`),
    around,
  )
  expect(event.ok ? Object.getPrototypeOf(event.event.props) : Object.prototype).toBe(Object.prototype)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'phone'],
  ['Mozilla/5.0 (Linux; Android 15; M2102K1C) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36', 'phone'],
  ['Mozilla/5.0 (Linux; Android 15; SM-X910) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'tablet'],
  ['Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15', 'tablet'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0', 'desktop'],
  ['', 'desktop'],
])('%j is a %s', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device)
})
