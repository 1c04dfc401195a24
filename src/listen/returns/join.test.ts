import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinReturns, type OwnLine, type ReturnWord } from './join.ts'

const line = (fields: Partial<OwnLine> = {}): OwnLine => ({
  line_id: '',
  product_id: 'p',
  quantity: 1,
  amount_minor: 1_000,
  own_returned_at: null,
  own_return_reason: '',
  own_refund_minor: null,
  ...fields,
})
const word = (fields: Partial<ReturnWord> = {}): ReturnWord => ({
  id: 'e',
  name: 'return_received',
  at: 5,
  productId: 'p',
  quantity: 1,
  back: true,
  reason: '',
  refundMinor: 0,
  ...fields,
})
const paid = (fields: Partial<ReturnWord> = {}) => word({ id: 'r', name: 'order_refunded', back: false, ...fields })

describe('a return that comes apart from its order', () => {
  test('stands in the line of its product, with the money that was paid back', () => {
    expect(
      joinReturns(
        [line({ product_id: 'q' }), line()],
        [word({ reason: 'too loud' }), paid({ at: 7, refundMinor: 900 })],
      ),
    ).toEqual([
      { returned_at: null, return_reason: '', refund_minor: null },
      { returned_at: 5, return_reason: 'too loud', refund_minor: 900 },
    ])
  })

  test('is the only line’s where it names no product, or another system’s id of it', () => {
    for (const productId of ['', 'SKU-1']) expect(joinReturns([line()], [word({ productId })])[0]!.returned_at).toBe(5)
  })

  test('is put on no line where two could be meant, but on all where the whole order was paid back', () => {
    const two = [line(), line({ product_id: 'q' })]
    const some = paid({ productId: '', back: true, refundMinor: 900 })
    expect(joinReturns(two, [some]).map((one) => one.returned_at)).toEqual([null, null])
    expect(joinReturns(two, [{ ...some, refundMinor: 2_100 }])).toEqual([
      { returned_at: 5, return_reason: '', refund_minor: 1_000 },
      { returned_at: 5, return_reason: '', refund_minor: 1_000 },
    ])
  })

  test('stands in the line that it names, whatever products there are, and in none where there is no such line', () => {
    const two = [line({ line_id: '11', product_id: 'p' }), line({ line_id: '12', product_id: 'p' })]
    const named = (lineId: string, productId = '') => joinReturns(two, [word({ lineId, productId })])
    expect(named('12').map((one) => one.returned_at)).toEqual([null, 5])
    expect(named('99').map((one) => one.returned_at)).toEqual([null, null])
    expect(named('99', 'p').map((one) => one.returned_at)).toEqual([5, null])
  })

  test('does not count again what the order’s own record tells', () => {
    const own = line({ own_returned_at: 3, own_return_reason: 'loud', own_refund_minor: 800 })
    const told = [word({ reason: 'other' }), paid({ refundMinor: 1_000 })]
    expect(joinReturns([line(), own], told)).toEqual([
      { returned_at: null, return_reason: '', refund_minor: null },
      { returned_at: 3, return_reason: 'loud', refund_minor: 800 },
    ])
  })

  test('takes as many pieces as it says, and each piece once', () => {
    const lines = [line({ quantity: 2 }), line({ quantity: 2 })]
    const units = (n: number) => Array.from({ length: n }, (_, place) => word({ id: `u${place}`, at: 5 + place }))
    const returned = (told: ReturnWord[]) => joinReturns(lines, told).map((one) => one.returned_at)
    expect([returned(units(2)), returned(units(3)), returned([word({ quantity: 4 })])]).toEqual([
      [5, null],
      [5, 7],
      [5, 5],
    ])
    expect(returned(units(9))).toEqual([5, 7])
  })

  test('that promises an amount is paid only where nothing says what was paid', () => {
    const promised = word({ name: 'return_requested', refundMinor: 700 })
    expect(joinReturns([line()], [promised])[0]!.refund_minor).toBe(700)
    expect(joinReturns([line()], [promised, paid({ refundMinor: 500 })])[0]!.refund_minor).toBe(500)
  })
})

const anyLine = fc.record({
  line_id: fc.constantFrom('', '1', '2'),
  product_id: fc.constantFrom('p', 'q'),
  quantity: fc.integer({ min: 1, max: 3 }),
  amount_minor: fc.constantFrom(0, 500, 1_000),
  own_returned_at: fc.option(fc.integer({ min: 1, max: 9 })),
  own_return_reason: fc.constantFrom('', 'own'),
  own_refund_minor: fc.option(fc.constantFrom(300, 500)),
})
const anyWord = fc.record({
  name: fc.constantFrom('return_received', 'return_requested', 'order_refunded', 'item_refunded'),
  at: fc.integer({ min: 1, max: 9 }),
  productId: fc.constantFrom('p', 'q', 'x', ''),
  lineId: fc.option(fc.constantFrom('1', '3'), { nil: undefined }),
  quantity: fc.integer({ min: 0, max: 4 }),
  back: fc.boolean(),
  reason: fc.constantFrom('', 'a', 'b'),
  refundMinor: fc.constantFrom(0, 200, 700, 3_000),
})
const anyOrder = fc.record({
  lines: fc.array(anyLine, { minLength: 1, maxLength: 4 }),
  words: fc.array(anyWord, { maxLength: 8 }).map((words) => words.map((one, place) => ({ ...one, id: `e${place}` }))),
})

describe('whatever is told', () => {
  test('the order in which it came does not matter', () => {
    const shuffled = anyOrder.chain(({ lines, words }) =>
      fc.tuple(fc.constant({ lines, words }), fc.shuffledSubarray(words, { minLength: words.length })),
    )
    fc.assert(
      fc.property(shuffled, ([{ lines, words }, other]) => {
        expect(joinReturns(lines, other)).toEqual(joinReturns(lines, words))
      }),
    )
  })

  test('the order’s own word stands, no more lines come back than pieces were told of, and none is paid more than it cost', () => {
    fc.assert(
      fc.property(anyOrder, ({ lines, words }) => {
        const joined = joinReturns(lines, words)
        const whole = lines.reduce((sum, one) => sum + one.amount_minor, 0)
        const isWhole = (one: ReturnWord) => one.productId === '' && whole > 0 && one.refundMinor >= whole
        const most = words
          .filter((one) => one.back)
          .reduce((sum, one) => sum + (isWhole(one) ? lines.length : Math.max(1, one.quantity)), 0)
        const added = joined.filter((one, place) => one.returned_at !== null && lines[place]!.own_returned_at === null)
        expect(added.length).toBeLessThanOrEqual(most)
        for (const [place, own] of lines.entries()) {
          const one = joined[place]!
          if (own.own_returned_at !== null) expect(one.returned_at).toBe(own.own_returned_at)
          if (own.own_refund_minor !== null) expect(one.refund_minor).toBe(own.own_refund_minor)
          else if (own.amount_minor > 0) expect(one.refund_minor ?? 0).toBeLessThanOrEqual(own.amount_minor)
        }
      }),
    )
  })
})
