import type { QueuedEvent } from './event.ts'
import { parsed, type Store } from './memory.ts'

/** What became of a batch: taken (or refused for good), or to be sent again, after `waitMs` if the server said so. */
export type Outcome = { done: true } | { done: false; waitMs?: number }

interface Parts {
  store: Store
  /** Begins every key of this site's queues; each page adds an id of its own. */
  prefix: string
  /** An id for this page. */
  page: string
  send: (events: readonly QueuedEvent[]) => Promise<Outcome>
  /** Hands a batch to the browser to send while the page goes away; what becomes of it is never known. */
  sendLast: (events: readonly QueuedEvent[]) => void
  later: (act: () => void, ms: number) => unknown
  cancel: (timer: unknown) => void
  random: () => number
}

const MOST_EVENTS = 500
const MOST_IN_BATCH = 50
/** Bytes of a batch: a browser takes no more than 64 KiB from pages that go away. */
const MOST_BYTES = 48_000
const GATHER_MS = 2_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 300_000

/**
 * Events until the server has said that it has them. Each page has a list of its own in the store, so that tabs do not write over one
 * another; the lists that dead pages have left are adopted by the next one. An event may be sent twice; its id makes it count once.
 * When more than 500 wait, the oldest go.
 */
export function createQueue(parts: Parts) {
  const place = parts.prefix + parts.page
  let events: QueuedEvent[] = []
  let failures = 0
  /** The batch whose answer is awaited. */
  let sending: readonly QueuedEvent[] = []
  /** The server asked for a pause, and it is not over. */
  let paused = false
  let timer: unknown

  const save = () => (events.length > 0 ? parts.store.set(place, JSON.stringify(events)) : parts.store.remove(place))

  function schedule(ms: number) {
    if (timer !== undefined) parts.cancel(timer)
    timer = parts.later(() => {
      timer = undefined
      paused = false
      void flush()
    }, ms)
  }

  /** Sends soon, with what else comes in the next seconds. */
  function gather() {
    if (timer === undefined && sending.length === 0) schedule(GATHER_MS)
  }

  async function flush(): Promise<void> {
    if (sending.length > 0 || paused || events.length === 0) return
    if (timer !== undefined) parts.cancel(timer)
    timer = undefined
    const batch = nextBatch(events)
    sending = batch
    const outcome = await parts.send(batch).catch((): Outcome => ({ done: false }))
    sending = []
    if (!outcome.done) {
      paused = outcome.waitMs !== undefined
      return schedule(waitAfter(outcome.waitMs))
    }
    failures = 0
    const sent = new Set(batch.map(({ id }) => id))
    events = events.filter(({ id }) => !sent.has(id))
    save()
    if (events.length > 0) return flush()
  }

  /** Doubles from failure to failure, by chance half as long or half as long again, so that browsers do not come back all at once. */
  function waitAfter(asked = 0): number {
    const doubled = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++)
    return Math.max(asked, doubled) * (1 + parts.random() * 0.5)
  }

  return {
    add(event: QueuedEvent) {
      // No door takes it, and all behind it would wait for it.
      if (sizeOf(event) > MOST_BYTES) return
      events = [...events, event].slice(-MOST_EVENTS)
      save()
      gather()
    },

    /** Takes over what pages before this one have left. */
    adopt() {
      const left = parts.store.keys().filter((key) => key.indexOf(parts.prefix) === 0 && key !== place)
      const found = left.map((key) => parsed<QueuedEvent[]>(parts.store.get(key)) || [])
      events = ([] as QueuedEvent[]).concat(...found, events).slice(-MOST_EVENTS)
      save()
      left.forEach(parts.store.remove)
      if (events.length > 0) gather()
    },

    /**
     * The page goes away: what is not on its way yet is handed over, and kept for the next page as well, which will learn whether it
     * arrived.
     */
    leave() {
      if (paused) return
      for (let rest = events.filter((event) => sending.indexOf(event) < 0); rest.length > 0; ) {
        const batch = nextBatch(rest)
        parts.sendLast(batch)
        rest = rest.slice(batch.length)
      }
    },

    flush,

    /** Forgets everything, also what other pages have left. */
    clear() {
      events = []
      if (timer !== undefined) parts.cancel(timer)
      timer = undefined
      for (const key of parts.store.keys()) if (key.indexOf(parts.prefix) === 0) parts.store.remove(key)
    },
  }
}

const sizeOf = (event: QueuedEvent): number => new TextEncoder().encode(JSON.stringify(event)).length + 1

/** From the oldest on, as many as fit; at least one. */
function nextBatch(events: readonly QueuedEvent[]): QueuedEvent[] {
  const batch: QueuedEvent[] = []
  let bytes = 0
  for (const event of events.slice(0, MOST_IN_BATCH)) {
    bytes += sizeOf(event)
    if (batch.length > 0 && bytes > MOST_BYTES) break
    batch.push(event)
  }
  return batch
}
