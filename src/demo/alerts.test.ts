import { expect, test } from 'vitest'
import { simulateMarket } from './market.ts'

const endDay = '2026-01-31'
const market = simulateMarket({ seed: 7, endDay, scale: 0.5 })
const about = (id: string) => market.truth.stories.find((story) => story.id === id)!
const HOUR = 3_600_000

test('from the hour of the release on, payments of first-time buyers fail, and those of others do not', () => {
  const { from } = about('release-breaks-payment')
  expect(new Date(from + 8 * HOUR).getUTCHours()).toBe(19)
  const failures = (since: number, until: number) => {
    const payments = market.events.filter(
      (event) => /^payment_/.test(event.name) && event.at >= since && event.at < until,
    )
    return payments.filter((event) => event.name === 'payment_failed').length / payments.length
  }
  expect(failures(from - 14 * 24 * HOUR, from)).toBeLessThan(0.06)
  expect(failures(from, Number.POSITIVE_INFINITY)).toBeGreaterThan(0.1)
})

test('one heater shop answers late from the hour of its story on, and before it in minutes', () => {
  const { from, products } = about('merchant-answers-late')
  const chats = market.events.filter(
    (event) =>
      event.name === 'chat_answered' && products.includes(event.productId ?? '') && event.orderId !== undefined,
  )
  const minutes = (event: (typeof chats)[number]) => Number(event.props.firstAnswerMinutes)
  const placedBefore = new Set(market.orders.filter((order) => order.orderedAt < from).map((order) => order.id))
  const before = chats.filter((event) => placedBefore.has(event.orderId!))
  const after = chats.filter((event) => !placedBefore.has(event.orderId!))
  expect(Math.max(...before.map(minutes))).toBeLessThan(45)
  expect(after.length).toBeGreaterThan(0)
  expect(Math.min(...after.map(minutes))).toBeGreaterThan(15)
})
