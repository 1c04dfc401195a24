import { fail, ok, type Result } from '../core/result.ts'
import type { Stores } from '../store/open.ts'
import { isStoreAway } from '../store/postgres/away.ts'
import { type NewBatch, putBatches } from './inbox.ts'

/** Of what waits for its commit, this much is held; more is refused until some of it is on disk. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024
/** What goes into one transaction. */
const MOST_AT_ONCE = 256
const MOST_BYTES_AT_ONCE = 8 * 1024 * 1024

/** `id` of the row in the inbox; undefined where the idempotency key was used before: then nothing was written. */
export interface Committed {
  id: string | undefined
}

type Outcome = Result<Committed> | { thrown: unknown }

interface Waiting {
  batch: NewBatch
  bytes: number
  settle: (outcome: Outcome) => void
}

/**
 * Puts a batch into the inbox and answers when it is synced to disk. Batches that come while others are being written wait for them
 * and then share one transaction, and so one sync. Problems: `busy`, `store_away`.
 */
export function commit(stores: Stores, batch: NewBatch): Promise<Result<Committed>> {
  let queue = queues.get(stores.db)
  if (!queue) {
    queue = new CommitQueue(stores)
    queues.set(stores.db, queue)
  }
  return queue.put(batch)
}

/** One queue for each open store. */
const queues = new WeakMap<Stores['db'], CommitQueue>()

class CommitQueue {
  readonly #stores: Stores
  readonly #waiting: Waiting[] = []
  #bytes = 0
  #writing = false

  constructor(stores: Stores) {
    this.#stores = stores
  }

  put(batch: NewBatch): Promise<Result<Committed>> {
    if (this.#bytes > MOST_WAITING_BYTES) return Promise.resolve(fail(BUSY))
    const bytes = batch.records.length
    this.#bytes += bytes
    return new Promise((resolve, reject) => {
      const settle = (outcome: Outcome) => ('thrown' in outcome ? reject(outcome.thrown) : resolve(outcome))
      this.#waiting.push({ batch, bytes, settle })
      if (!this.#writing) void this.#writeAll()
    })
  }

  async #writeAll(): Promise<void> {
    this.#writing = true
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup()
      const batches = group.map((one) => one.batch)
      const outcomes = await writeGroup(this.#stores, batches)
      for (const [i, one] of group.entries()) {
        this.#bytes -= one.bytes
        one.settle(outcomes[i]!)
      }
    }
    this.#writing = false
  }

  #nextGroup(): Waiting[] {
    let [n, bytes] = [0, 0]
    while (n < this.#waiting.length && n < MOST_AT_ONCE && bytes < MOST_BYTES_AT_ONCE)
      bytes += this.#waiting[n++]!.bytes
    return this.#waiting.splice(0, n)
  }
}

/** One transaction for all; should a batch be at fault, each for itself, so that it takes no other with it. Never rejects. */
async function writeGroup(stores: Stores, batches: readonly NewBatch[]): Promise<Outcome[]> {
  try {
    const ids = await putBatches(stores.pg, batches)
    return ids.map((id) => ok({ id }))
  } catch (error) {
    // It may be on disk or not: nobody is told that it is, and it is for the sender to send again. It is not tried again here.
    if (isStoreAway(error)) return batches.map(() => fail(storeAway(error as Error)))
    if (batches.length === 1) return [{ thrown: error }]
    const outcomes: Outcome[] = []
    for (const batch of batches) outcomes.push(...(await writeGroup(stores, [batch])))
    return outcomes
  }
}

const BUSY = {
  code: 'busy',
  message: 'More is coming in than can be written to disk at the moment.',
  remedy: 'Send the batch again in a few seconds; nothing of it was kept.',
}

const storeAway = ({ message }: Error) => ({
  code: 'store_away',
  message: `The batch could not be written to disk: ${message}`,
  remedy:
    'Send it again in a few seconds. With the same Idempotency-Key, or ids in its records, nothing is stored twice.',
})

/** For a statement beside the commit: a store that is away is a problem, anything else a bug. */
export function asStoreAway(error: unknown): Result<never> {
  if (!isStoreAway(error)) throw error
  return fail(storeAway(error as Error))
}
