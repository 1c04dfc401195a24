import { fail, type Result } from '../core/result.ts'
import type { Stores } from '../store/open.ts'

/** What may wait in the inbox for the reader before senders are told to wait too. */
export interface BacklogLimits {
  records: number
  bytes: number
}
export const usualLimits: BacklogLimits = { records: 1_000_000, bytes: 1024 ** 3 }

/** The usual ones, but for the number of records where the installation has its own. */
export const limitsOf = (records: number | undefined): BacklogLimits => ({
  ...usualLimits,
  ...(records && { records }),
})

const LOOK_EVERY_MS = 1_000
/** More records than this in so many milliseconds are a rush: two thousand a second. */
const RUSH = { records: 200, ms: 100 }

/** How much acknowledged records wait to be read: asked of PostgreSQL at most once a second while something comes in, counted on between. */
class Backlog {
  readonly #stores: Stores
  #records = 0
  #bytes = 0
  #lookedAt = Number.NEGATIVE_INFINITY
  #lately = { since: 0, records: 0, before: 0 }

  constructor(stores: Stores) {
    this.#stores = stores
  }

  isFull(limits: BacklogLimits): boolean {
    if (performance.now() - this.#lookedAt > LOOK_EVERY_MS) void this.#look()
    return this.#records >= limits.records || this.#bytes >= limits.bytes
  }

  /** Counts what was accepted; what comes from a patient sender is no rush. */
  add(records: number, bytes: number, isPatient = false): void {
    this.#records += records
    this.#bytes += bytes
    if (isPatient) return
    this.#turn()
    this.#lately.records += records
  }

  /** Whether so much is coming in at this moment that whoever can wait had better do so; never once half of the room is taken. */
  isRush(limits: BacklogLimits): boolean {
    this.#turn()
    const { records, before } = this.#lately
    const isRoomy = this.#records < limits.records / 2 && this.#bytes < limits.bytes / 2
    return isRoomy && Math.max(records, before) > RUSH.records
  }

  /** Counts anew after each stretch of time, and keeps the count of the one before. */
  #turn(): void {
    const stretches = Math.floor((performance.now() - this.#lately.since) / RUSH.ms)
    if (stretches < 1) return
    const { since, records } = this.#lately
    this.#lately = { since: since + stretches * RUSH.ms, records: 0, before: stretches === 1 ? records : 0 }
  }

  async #look(): Promise<void> {
    this.#lookedAt = performance.now()
    try {
      const { rows } = await this.#stores.pg.query<{ records: string; bytes: string }>(
        `select coalesce(sum(count), 0) as records, coalesce(sum(octet_length(records)), 0) as bytes from inbox where read_at is null`,
      )
      this.#records = Number(rows[0]!.records)
      this.#bytes = Number(rows[0]!.bytes)
    } catch {
      // A store that is away is told by the commit; what was known of the backlog stands.
    }
  }
}

const backlogs = new WeakMap<Stores['db'], Backlog>()

/** The backlog of an open store. */
export function backlogOf(stores: Stores): Backlog {
  let backlog = backlogs.get(stores.db)
  if (!backlog) {
    backlog = new Backlog(stores)
    backlogs.set(stores.db, backlog)
  }
  return backlog
}

export const tooMuchWaits = (): Result<never> =>
  fail({
    code: 'busy',
    message: 'More has come in than has been read yet; nothing of this batch was kept.',
    remedy: 'Send it again in a few seconds. What was acknowledged is safe.',
  })
