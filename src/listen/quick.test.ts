import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { surveyMetrics, voiceKinds } from '../core/voice.ts'
import { parse, parseBySchema } from './parse.ts'
import { quickEvent, quickVoice } from './quick.ts'

/** Texts around every bound that a schema may have, and characters that are none. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', ' ', ' a', 'a\u3000', '\ud83d', '\ufeff', '\u0000', 'Asia/Shanghai', 'Mars/Base', '很吵'),
  fc.constantFrom(10, 11, 40, 41, 80, 81, 200, 201, 2_000, 2_001, 20_000, 20_001).map((length) => 'x'.repeat(length)),
)
const text = fc.oneof({ weight: 30, arbitrary: fc.constantFrom('a', 'p-3', 'x1') }, { weight: 1, arbitrary: oddText })
const number = fc.oneof(
  fc.integer({ min: -2, max: 11 }),
  fc.double(),
  fc.constantFrom(-0, 2 ** 53, 2 ** 53 - 1, Number.POSITIVE_INFINITY, Number.NaN, 4.5),
)
const anything = fc.oneof(text, number, fc.boolean(), fc.constantFrom(null, undefined, [], {}, ['a'], { a: 1 }))
const time = fc.oneof(
  fc.integer({ min: Date.UTC(1989, 11, 31), max: Date.UTC(2100, 0, 2) }),
  fc.constantFrom('2026-03-01T08:00:00+08:00', '2026-03-01T08:00:00', '2026-02-29T08:00:00Z', '2024-02-29T23:59:60Z'),
  fc.constantFrom('2026-03-01', 1.5, Date.UTC(1990, 0, 1), Date.UTC(2100, 0, 1), Date.UTC(2100, 0, 1) - 1),
)
/** Mostly right, sometimes anything. */
const mostly = <T>(right: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 40, arbitrary: right }, { weight: 1, arbitrary: anything })
const props = fc.dictionary(
  fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'a')),
  mostly(fc.oneof(text, number)),
)
const fields = {
  id: mostly(text),
  zone: mostly(fc.constantFrom('Asia/Shanghai', 'Europe/Berlin')),
  customerRef: mostly(text),
  orderId: mostly(text),
  productId: mostly(text),
  merchantId: mostly(text),
  category: mostly(text),
  city: mostly(text),
  channel: mostly(text),
  simulated: mostly(fc.boolean()),
}
const event = fc.record(
  {
    ...fields,
    name: mostly(text),
    at: mostly(time),
    session: mostly(text),
    touchpoint: mostly(text),
    props: mostly(props),
  },
  { requiredKeys: ['name', 'at'] },
)
const voice = fc.record(
  {
    ...fields,
    text: mostly(text),
    at: mostly(time),
    kind: mostly(fc.constantFrom(...voiceKinds)),
    speaker: mostly(fc.constantFrom('customer', 'agent')),
    lang: mostly(text),
    metric: mostly(fc.constantFrom(...surveyMetrics)),
    rating: mostly(number),
    ratingMin: mostly(number),
    ratingMax: mostly(number),
    conversation: mostly(text),
    turn: mostly(number),
  },
  { requiredKeys: ['text', 'at'] },
)
/** Few records have all their fields at once; a subset of one often has none that is wrong. */
const thinned = (record: fc.Arbitrary<Record<string, unknown>>) =>
  fc.tuple(record, fc.array(fc.nat(30), { maxLength: 25 })).map(([one, drop]) => {
    const keys = Object.keys(one).filter((_, place) => !drop.includes(place + 2))
    return Object.fromEntries(keys.map((key) => [key, one[key]]))
  })

describe('the quick check says what the schema says', () => {
  for (const [kind, record, quick] of [
    ['events', event as fc.Arbitrary<Record<string, unknown>>, quickEvent],
    ['voices', voice as fc.Arbitrary<Record<string, unknown>>, quickVoice],
  ] as const)
    test(`of ${kind}: the same record with its fields in the same order, the same reason`, () => {
      let sure = 0
      fc.assert(
        fc.property(
          fc.oneof(
            record,
            thinned(record),
            fc.tuple(record, text, anything).map(([one, key, value]) => ({ ...one, [key]: value })),
            anything,
          ),
          (raw) => {
            if (quick(raw)) sure++
            const [quickly, slowly] = [parse(kind, raw), parseBySchema(kind, raw)]
            expect(quickly).toEqual(slowly)
            expect(JSON.stringify(quickly)).toBe(JSON.stringify(slowly))
          },
        ),
        { numRuns: 4_000 },
      )
      expect(sure, 'it was sure now and then').toBeGreaterThan(50)
    })

  test('and takes nothing over that the sender could still change', () => {
    const raw = { name: 'pay', at: Date.UTC(2026, 2, 1), props: { a: '1' } }
    expect(quickEvent(raw)!.props).not.toBe(raw.props)
  })
})
