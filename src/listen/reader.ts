import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { sql } from '../store/clickhouse/sql.ts'
import type { Stores } from '../store/open.ts'
import { type BacklogLimits, backlogOf, usualLimits } from './backlog.ts'
import { countAttempt, countWaiting, setAside, type UnreadBatch, unreadBatches } from './inbox.ts'
import { because } from './reasons/reason.ts'
import { type Change, type FindCopies, prepareRound, type ReadAll, type Round, writeRound } from './round.ts'

export interface ReaderOptions {
  stores: Stores
  readAll: ReadAll
  /** Finds near-copies among the voices of a round; without it none are marked. */
  findCopies?: FindCopies
  /** Told after each round what it added. */
  onChanged: (changes: Change[]) => void
  log: (line: string) => void
  /** Something to do for stored voices while nothing new waits, a portion at a time; null where there is nothing. */
  readAgain?: () => Promise<Change | null>
  /** About how many records are read at a time. */
  roundRecords?: number
  /** What may wait to be read: once half of it does, no sender goes first. */
  limits?: BacklogLimits
  /** How long it rests when nothing is unread and nobody wakes it. */
  pollMs?: number
  /** How long a batch that failed waits for its second attempt; twice as long for each further one. */
  retryMs?: number
}

export interface Reader {
  /** Says that something was accepted, so that it need not wait for the next look. */
  wake(): void
  /** Resolves when every accepted record has been read (or set aside). */
  idle(): Promise<void>
  /** Ends once what is being written is written; what is only prepared stays unread. */
  stop(): Promise<void>
  /** Accepted records that are not read yet. */
  waiting(): Promise<number>
}

const MAX_ATTEMPTS = 5
/** While much is coming in, senders who wait for an answer go first; for so long before each round, at most. */
const GIVE_WAY_MS = 3_000
/** How long reading again rests after a failure. */
const AGAIN_REST_MS = 10_000
/** Any number that no other use of the database takes for an advisory lock. */
const LOCK = 7_070_001

/**
 * Carries what was accepted into the analytic store: one reader at a time over all processes, in the order of arrival, each round
 * understood while the one before is being written. A batch that fails alone is tried again while others go on; after five failures it
 * is set aside, listed among the dead letters. A store that is away counts as nobody's failure: the reader waits for it.
 */
export function startReader(options: ReaderOptions): Reader {
  const loop = new ReadingLoop(options)
  const running = loop.run()
  return {
    wake: () => loop.wake(),
    waiting: () => countWaiting(options.stores.db),
    async idle() {
      while (loop.busy || (await countWaiting(options.stores.db)) > 0) {
        loop.wake()
        await sleep(10)
      }
    },
    async stop() {
      loop.stop()
      await running
    },
  }
}

type Next = { round: Round } | { failed: UnreadBatch[]; error: unknown } | undefined

class ReadingLoop {
  busy = false
  readonly #options: Required<Omit<ReaderOptions, 'findCopies'>> & Pick<ReaderOptions, 'findCopies'>
  /** Batches that failed, and when each may be tried again. */
  readonly #delayed = new Map<string, { batch: UnreadBatch; until: number }>()
  #againFrom = 0
  #stopped = false
  #woken = false
  #rouse: () => void = () => {}

  constructor(options: ReaderOptions) {
    this.#options = {
      limits: usualLimits,
      roundRecords: 6_000,
      pollMs: 500,
      retryMs: 500,
      readAgain: async () => null,
      ...options,
    }
  }

  wake(): void {
    this.#woken = true
    this.#rouse()
  }

  stop(): void {
    this.#stopped = true
    this.#rouse()
  }

  async run(): Promise<void> {
    let failures = 0
    while (!this.#stopped) {
      try {
        const lock = await takeLock(this.#options.stores)
        if (lock) await this.#readUnder(lock).finally(lock.release)
        failures = 0
      } catch (error) {
        failures++
        this.#options.log(`reading stopped and will go on: ${messageOf(error)}`)
      }
      this.busy = false
      await this.#rest(this.#options.pollMs * 2 ** Math.min(failures, 5))
    }
  }

  async #readUnder(lock: Lock): Promise<void> {
    let coming = this.#next()
    while (!this.#stopped && lock.held()) {
      const next = await coming
      if (this.#stopped) break
      if (!next) {
        const retried = await this.#retryDue()
        const again = await this.#readAgain()
        this.busy = false
        if (!retried && !again) await this.#rest(this.#untilDue())
        coming = this.#next()
        continue
      }
      this.busy = true
      coming = 'round' in next ? this.#write(next.round) : this.#oneByOne(next.failed, next.error)
    }
    await coming
  }

  /** A portion of stored voices, while no round is prepared or written: nothing can take them for new meanwhile. */
  async #readAgain(): Promise<boolean> {
    if (Date.now() < this.#againFrom) return false
    try {
      const change = await this.#options.readAgain()
      if (change) this.#tell([change])
      return change !== null
    } catch (error) {
      this.#againFrom = Date.now() + AGAIN_REST_MS
      this.#options.log(`reading again stopped and will go on: ${messageOf(error)}`)
      return false
    }
  }

  /** Takes and understands the next batches; `ahead` are those being written meanwhile. Never rejects: nobody may be waiting yet. */
  async #next(ahead?: Round): Promise<Next> {
    const { stores, roundRecords } = this.#options
    let batches: UnreadBatch[] = []
    await this.#giveWay()
    if (this.#stopped) return undefined
    try {
      const except = [...this.#delayed.keys(), ...(ahead?.batches ?? []).map((batch) => batch.id)]
      batches = await unreadBatches(stores.db, roundRecords, except)
      if (batches.length === 0) return undefined
      return { round: await prepareRound(this.#options, batches, ahead) }
    } catch (error) {
      return { failed: batches, error }
    }
  }

  async #giveWay(): Promise<void> {
    const until = performance.now() + GIVE_WAY_MS
    const { stores, limits } = this.#options
    const backlog = backlogOf(stores)
    while (!this.#stopped && backlog.isRush(limits) && performance.now() < until) await sleep(20)
  }

  /** Writes a round while the next one is understood. Should the writing fail, what was prepared behind it counts for nothing. */
  async #write(round: Round): Promise<Next> {
    const behind = this.#due().length > 0 ? undefined : this.#next(round)
    try {
      this.#tell(await writeRound(this.#options, round))
    } catch (error) {
      await behind
      return await this.#oneByOne(round.batches, error)
    }
    if (behind) return behind
    // Nothing is prepared now, so a second attempt cannot write what a prepared round took for new.
    await this.#retryDue()
    return this.#next()
  }

  /** After a failure, each batch for itself, so that one bad batch holds up no other. */
  async #oneByOne(batches: readonly UnreadBatch[], error: unknown): Promise<Next> {
    this.#options.log(`a round of ${batches.length} batches failed: ${messageOf(error)}`)
    await this.#storesAnswer()
    for (const batch of batches) {
      if (this.#stopped) return undefined
      await this.#tryAlone(batch)
    }
    return this.#next()
  }

  async #tryAlone(batch: UnreadBatch): Promise<void> {
    const { stores, log, retryMs } = this.#options
    try {
      this.#tell(await writeRound(this.#options, await prepareRound(this.#options, [batch])))
      this.#delayed.delete(batch.id)
    } catch (error) {
      // What was broken off by stopping is nobody's failure.
      if (this.#stopped) return
      await this.#storesAnswer()
      const attempts = await countAttempt(stores.db, batch.id)
      if (attempts < MAX_ATTEMPTS) {
        this.#delayed.set(batch.id, { batch, until: Date.now() + retryMs * 2 ** (attempts - 1) })
        return
      }
      await setAside(stores.db, batch, because('not_readable', { attempts, what: messageOf(error) }))
      this.#delayed.delete(batch.id)
      log(`batch ${batch.id} of tenant ${batch.tenant} was set aside after ${attempts} attempts: ${messageOf(error)}`)
    }
  }

  #due() {
    return [...this.#delayed.values()].filter(({ until }) => until <= Date.now())
  }

  async #retryDue(): Promise<boolean> {
    const due = this.#due()
    for (const { batch } of due) await this.#tryAlone(batch)
    return due.length > 0
  }

  #untilDue(): number {
    const soonest = Math.min(...[...this.#delayed.values()].map(({ until }) => until - Date.now()))
    return Math.max(0, Math.min(this.#options.pollMs, soonest))
  }

  /** Throws where a store does not answer: then it is not the batch that is at fault, and the whole loop backs off. */
  async #storesAnswer(): Promise<void> {
    await this.#options.stores.analytics.query(sql`SELECT 1`)
    await countWaiting(this.#options.stores.db)
  }

  #tell(changes: Change[]): void {
    const changed = changes.filter(({ tenant: _, ...counts }) => Object.values(counts).some((count) => count > 0))
    if (changed.length === 0) return
    try {
      this.#options.onChanged(changed)
    } catch (error) {
      this.#options.log(`telling of new data failed: ${messageOf(error)}`)
    }
  }

  /** Waits until woken, but no longer than `ms`. */
  async #rest(ms: number): Promise<void> {
    if (!this.#woken && !this.#stopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.#rouse = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#woken = false
  }
}

interface Lock {
  held(): boolean
  release(): void
}

/** The right to read, bound to one connection: PostgreSQL takes it back when the process dies. */
async function takeLock({ pg }: Stores): Promise<Lock | undefined> {
  const client: PoolClient = await pg.connect()
  let held = true
  const lost = () => {
    held = false
  }
  client.on('error', lost)
  // A connection that had the lock is closed rather than handed back to the pool: that gives the lock back with certainty.
  const release = (close: boolean) => {
    if (!close) client.off('error', lost)
    client.release(close)
  }
  try {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK])
    if (rows[0]?.taken) return { held: () => held, release: () => release(true) }
    release(false)
    return undefined
  } catch (error) {
    release(true)
    throw error
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300)
