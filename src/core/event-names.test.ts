import { expect, test } from 'vitest'
import { EVENT_NAME, eventKindOf, eventKinds, snakeCase } from './event-names.ts'
import { touchpoints } from './touchpoint.ts'

test('every event name is snake_case, stands once, and has a touchpoint that exists', () => {
  const names = eventKinds.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { name, ...kind } of eventKinds) {
    expect(name).toMatch(EVENT_NAME)
    const touchpoint = 'touchpoint' in kind ? kind.touchpoint : undefined
    if (touchpoint !== undefined) expect(touchpoints.map(({ id }) => id)).toContain(touchpoint)
  }
})

test('no two events share a label in either language', () => {
  for (const lang of ['zh', 'en'] as const) {
    const labels = eventKinds.map((kind) => kind[lang])
    expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([])
  }
})

test.each([
  ['Product Viewed', 'product_viewed'],
  ['productViewed', 'product_viewed'],
  ['product-viewed', 'product_viewed'],
  ['$pageview', 'pageview'],
  ['survey sent', 'survey_sent'],
  ['  Order  Completed ', 'order_completed'],
  ['Checkout Step 2 Viewed', 'checkout_step_2_viewed'],
  ['ＩＤ２', 'id2'],
  ['加入购物车', '加入购物车'],
  ['!!!', ''],
])('the foreign name %j is spelt %j', (foreign, ours) => {
  expect(snakeCase(foreign)).toBe(ours)
})

test('a known name has its words, an unknown one has none', () => {
  expect(eventKindOf('product_added')).toMatchObject({ touchpoint: 'trade.cart', zh: '加入购物车' })
  expect(eventKindOf('toString')).toBeUndefined()
})
