import { describe, expect, test } from 'vitest'
import { fieldsOf, randomId } from './event.ts'
import { fileOf, messageOf } from './failure.ts'
import { createRage } from './rage.ts'
import { selectorOf } from './selector.ts'
import { waitOf } from './wire.ts'

describe('details', () => {
  test('ids stand beside the name, the rest is flat and of bounded size', () => {
    const { props, ...fields } = fieldsOf({
      productId: 'P1',
      orderId: '9007199254740993',
      price: 1.5,
      gone: undefined,
      none: null,
      call: () => 1,
      endless: Number.NaN,
      items: [{ id: 'A' }],
      text: 'x'.repeat(900),
    })
    expect(fields).toEqual({ productId: 'P1', orderId: '9007199254740993' })
    expect(props).toEqual({ price: 1.5, none: null, items: '[{"id":"A"}]', text: 'x'.repeat(500) })
  })

  test('a thing that contains itself is left out', () => {
    const circle: Record<string, unknown> = {}
    circle.circle = circle
    expect(fieldsOf({ circle, a: 1 }).props).toEqual({ a: 1 })
  })

  test('no more than 30 fields are kept', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`f${n}`, n]))
    expect(Object.keys(fieldsOf(many).props as object)).toHaveLength(30)
  })

  test('ids are 16 letters and digits, never the same', () => {
    const ids = Array.from({ length: 1_000 }, randomId)
    expect(new Set(ids).size).toBe(1_000)
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]{16}$/)
  })
})

describe('errors', () => {
  test.each([
    ['Cannot load order 2026112500017 of li@example.com', 'Cannot load order # of #'],
    ['failed: https://shop.example/pay?token=abc&n=1 now', 'failed: https://shop.example/pay now'],
    ["Cannot read properties of undefined (reading 'x')", "Cannot read properties of undefined (reading 'x')"],
  ])('%j is told as %j', (before, after) => {
    expect(messageOf(before)).toBe(after)
  })

  test("a file's address loses its query", () => {
    expect(fileOf('https://shop.example/a.js?v=1#x')).toBe('https://shop.example/a.js')
  })
})

describe('rage', () => {
  test('three clicks within a second at one spot are told once', () => {
    const rage = createRage()
    expect([0, 200, 400, 600, 800].map((at) => rage({ at, x: 10, y: at / 100 }))).toEqual([
      false,
      false,
      true,
      false,
      false,
    ])
  })

  test('clicks here and there, or slow ones, are no rage', () => {
    const here = createRage()
    expect([0, 100, 200, 300].some((at, n) => here({ at, x: n * 50, y: 0 }))).toBe(false)
    const slow = createRage()
    expect([0, 900, 1_800, 2_700].some((at) => slow({ at, x: 0, y: 0 }))).toBe(false)
  })
})

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 25, 12)
  test.each([
    ['7', 7_000],
    ['Wed, 25 Nov 2026 12:00:30 GMT', 30_000],
    ['Wed, 25 Nov 2026 11:00:00 GMT', undefined],
    ['999999', 3_600_000],
    ['soon', undefined],
    [null, undefined],
  ])('%j is a pause of %j ms', (header, ms) => {
    expect(waitOf(header, now)).toBe(ms)
  })
})

describe('selectors', () => {
  /** As much of an element as the selector asks for. */
  function element(tagName: string, id = '', parent?: object, before: string[] = []) {
    const siblings = before.reduce<object | null>(
      (previousElementSibling, tag) => ({ tagName: tag, previousElementSibling }),
      null,
    )
    return { tagName, id, parentElement: parent ?? null, previousElementSibling: siblings } as unknown as Element
  }
  const body = element('BODY', '', element('HTML'))

  test('the path starts at the nearest id that a person wrote', () => {
    const form = element('FORM', 'checkout', body)
    const step = element('DIV', 'order-48211', form, ['DIV', 'P'])
    expect(selectorOf(element('BUTTON', '', step, ['BUTTON', 'BUTTON']))).toBe(
      '#checkout>div:nth-of-type(2)>button:nth-of-type(3)',
    )
  })

  test('without one it starts at the body', () => {
    expect(selectorOf(element('A', '', body))).toBe('body>a:nth-of-type(1)')
  })

  test('it is at most eight steps long', () => {
    let deep = body
    for (let n = 0; n < 30; n++) deep = element('DIV', '', deep)
    expect(selectorOf(deep).split('>')).toHaveLength(8)
  })
})
