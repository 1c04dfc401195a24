import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { QueuedEvent } from './event.ts'
import { createQueue, type Outcome } from './queue.ts'
import { memoryStore } from './store.fixture.ts'

const PREFIX = 'daystar.k.queue.'
const settle = () => new Promise((resolve) => setImmediate(resolve))
const event = (n: number, more: object = {}): QueuedEvent => ({ id: `e${n}`, name: 'clicked', at: n, ...more })

/** A browser without a clock: what was put off runs when the test says so. */
function openPage(store = memoryStore(), send: (batch: readonly QueuedEvent[]) => Outcome | Promise<Outcome>) {
  const waiting = new Map<number, { act: () => void; ms: number }>()
  const last: QueuedEvent[][] = []
  let timers = 0
  const queue = createQueue({
    store,
    prefix: PREFIX,
    page: `p${Math.random()}`,
    send: async (batch) => send(batch),
    sendLast: (batch) => void last.push([...batch]),
    later: (act, ms) => {
      waiting.set(++timers, { act, ms })
      return timers
    },
    cancel: (timer) => void waiting.delete(timer as number),
    random: () => 0,
  })
  return {
    queue,
    last,
    waits: () => [...waiting.values()].map(({ ms }) => ms),
    async tick() {
      for (const [timer, { act }] of [...waiting]) {
        waiting.delete(timer)
        act()
      }
      await settle()
    },
  }
}

test('events gather for a moment and go together', async () => {
  const sent: string[][] = []
  const page = openPage(undefined, (batch) => {
    sent.push(batch.map(({ id }) => id))
    return { done: true }
  })
  page.queue.add(event(1))
  page.queue.add(event(2))
  expect(sent).toEqual([])
  await page.tick()
  expect(sent).toEqual([['e1', 'e2']])
  await page.tick()
  expect(sent).toHaveLength(1)
})

test('the pause doubles from failure to failure, and never ends before the server allows it', async () => {
  let answer: Outcome = { done: false }
  let tries = 0
  const page = openPage(undefined, () => {
    tries++
    return answer
  })
  page.queue.add(event(1))
  const waits: number[] = []
  for (let n = 0; n < 12; n++) {
    await page.tick()
    waits.push(page.waits()[0]!)
  }
  expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000])
  expect(waits.at(-1)).toBe(300_000)
  answer = { done: false, waitMs: 600_000 }
  await page.tick()
  expect(page.waits()).toEqual([600_000])
  const before = tries
  await page.queue.flush()
  page.queue.leave()
  expect(tries).toBe(before)
  expect(page.last).toEqual([])
})

test('a batch stays within 50 events and 48,000 bytes', async () => {
  const sizes: number[] = []
  const page = openPage(undefined, (batch) => {
    expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThan(50_000)
    sizes.push(batch.length)
    return { done: true }
  })
  for (let n = 0; n < 120; n++) page.queue.add(event(n))
  for (let n = 200; n < 210; n++) page.queue.add(event(n, { text: '长'.repeat(5_000) }))
  await page.tick()
  expect(sizes.reduce((a, b) => a + b)).toBe(130)
  expect(Math.max(...sizes)).toBe(50)
})

test('an event that no door would take does not block the others', async () => {
  const sent: string[] = []
  const page = openPage(undefined, (batch) => {
    sent.push(...batch.map(({ id }) => id))
    return { done: true }
  })
  page.queue.add(event(1, { text: 'x'.repeat(60_000) }))
  page.queue.add(event(2))
  await page.tick()
  expect(sent).toEqual(['e2'])
})

test('only the newest 500 wait', async () => {
  const store = memoryStore()
  const page = openPage(store, () => ({ done: false }))
  for (let n = 0; n < 600; n++) page.queue.add(event(n))
  const kept = JSON.parse(store.get(store.keys()[0]!)!) as QueuedEvent[]
  expect([kept.length, kept[0]!.id]).toEqual([500, 'e100'])
})

test('what is on its way is not handed over once more when the page goes away', async () => {
  const page = openPage(undefined, () => new Promise<Outcome>(() => {}))
  page.queue.add(event(1))
  await page.tick()
  page.queue.add(event(2))
  page.queue.leave()
  expect(page.last.flat().map(({ id }) => id)).toEqual(['e2'])
})

test('clearing forgets what this page and others have left, even while a batch is on its way', async () => {
  const store = memoryStore()
  let answer = (_: Outcome): void => {}
  openPage(store, () => ({ done: true })).queue.add(event(1))
  const page = openPage(store, () => new Promise<Outcome>((resolve) => (answer = resolve)))
  page.queue.add(event(2))
  await page.tick()
  page.queue.clear()
  answer({ done: false })
  await settle()
  await page.tick()
  expect(store.size()).toBe(0)
})

test('a store that is full or broken does not stop the sending', async () => {
  const sent: string[] = []
  const blocked = { ...memoryStore(), set: () => {}, get: () => 'no JSON', keys: () => [`${PREFIX}x`] }
  const page = openPage(blocked, (batch) => {
    sent.push(...batch.map(({ id }) => id))
    return { done: true }
  })
  page.queue.adopt()
  page.queue.add(event(1))
  await page.tick()
  expect(sent).toEqual(['e1'])
})

const steps = ['add', 'tick', 'flush', 'leave', 'reload', 'tab', 'crash'] as const
const fates = ['taken', 'answer lost', 'request lost', 'busy'] as const

test('in whatever order things fail, every event arrives and counts once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...steps), { minLength: 5, maxLength: 60 }),
      fc.array(fc.constantFrom(...fates), { maxLength: 60 }),
      fc.array(fc.boolean(), { maxLength: 60 }),
      async (plan, fate, beacons) => {
        const store = memoryStore()
        /** The server as it counts: by id. */
        const counted = new Map<string, QueuedEvent>()
        const take = (batch: readonly QueuedEvent[]) => {
          for (const one of batch) counted.set(one.id, one)
        }
        const send = (batch: readonly QueuedEvent[]): Outcome => {
          const now = fate.shift() ?? 'taken'
          if (now === 'taken' || now === 'answer lost') take(batch)
          if (now === 'request lost' || now === 'answer lost') throw new Error('offline')
          return now === 'busy' ? { done: false, waitMs: 5_000 } : { done: true }
        }
        const open = () => {
          const page = openPage(store, send)
          page.queue.adopt()
          return page
        }
        let page = open()
        const tabs = [page]
        /** What pages that are gone have handed over. */
        const left: (readonly QueuedEvent[])[] = []
        let made = 0
        for (const step of plan) {
          if (step === 'add') page.queue.add(event(made++))
          if (step === 'tick') await page.tick()
          if (step === 'flush') await page.queue.flush()
          if (step === 'leave') page.queue.leave()
          if (step === 'reload') page.queue.leave()
          if (step === 'add' || step === 'tick' || step === 'flush' || step === 'leave') continue
          const next = open()
          if (step === 'tab') tabs.push(next)
          else {
            left.push(...page.last)
            tabs[tabs.indexOf(page)] = next
          }
          page = next
        }
        for (const batch of [...left, ...tabs.flatMap((tab) => tab.last)]) if (beacons.shift() ?? true) take(batch)
        fate.length = 0
        const end = open()
        for (let n = 0; n < 3; n++) for (const tab of [...tabs, end]) await tab.tick()
        expect([...counted.keys()].sort()).toEqual(Array.from({ length: made }, (_, n) => `e${n}`).sort())
        expect(store.size()).toBe(0)
      },
    ),
    { numRuns: 300 },
  )
})
