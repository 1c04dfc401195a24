import { expect, test } from 'vitest'
import { memoryStore } from './store.fixture.ts'
import { IDLE_MS, rememberVisitor } from './visitor.ts'

function open(store = memoryStore()) {
  let ids = 0
  return { store, visitor: rememberVisitor({ store, key: 'v', newId: () => `id${++ids}` }) }
}
const NOON = Date.UTC(2026, 5, 1, 12)

test('nothing is kept before the first event, and everything is gone afterwards', () => {
  const { store, visitor } = open()
  expect(visitor.known()).toBe(false)
  expect(visitor.identify('c1')).toBe(false)
  expect(store.size()).toBe(0)
  visitor.seen(NOON)
  expect(visitor.known()).toBe(true)
  visitor.forget()
  expect(store.size()).toBe(0)
  expect(visitor.known()).toBe(false)
})

test('a session lasts until half an hour passes without an event, and goes on over pages', () => {
  const { store, visitor } = open()
  const first = visitor.seen(NOON)
  expect(visitor.seen(NOON + IDLE_MS - 1).session).toBe(first.session)
  const next = open(store).visitor.seen(NOON + 2 * IDLE_MS - 2)
  expect([next.session, next.id]).toEqual([first.session, first.id])
  const later = visitor.seen(NOON + 3 * IDLE_MS)
  expect(later.session).not.toBe(first.session)
  expect(later.id).toBe(first.id)
})

test('a clock that is set back by days begins another session instead of an endless one', () => {
  const { visitor } = open()
  const { session } = visitor.seen(NOON)
  expect(visitor.seen(NOON - 1_000).session).toBe(session)
  expect(visitor.seen(NOON - 5 * 86_400_000).session).not.toBe(session)
})

test('who signs in keeps the visit; who comes after them on the same device is somebody else', () => {
  const { visitor } = open()
  const before = visitor.seen(NOON)
  expect(visitor.identify('c1')).toBe(true)
  expect(visitor.identify('c1')).toBe(false)
  expect(visitor.seen(NOON + 1)).toMatchObject({ id: before.id, session: before.session, ref: 'c1' })
  expect(visitor.identify(null)).toBe(true)
  const after = visitor.seen(NOON + 2)
  expect(after.ref).toBeUndefined()
  expect(after.id).not.toBe(before.id)
  expect(after.session).not.toBe(before.session)
})

test('without a store the visit lives as long as the page', () => {
  const { visitor } = open({ ...memoryStore(), set: () => {} })
  const first = visitor.seen(NOON)
  expect(visitor.seen(NOON + 1)).toMatchObject({ id: first.id, session: first.session })
})
