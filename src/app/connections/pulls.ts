import { hash } from 'node:crypto'
import { ok, type Problem, type Result } from '../../core/result.ts'
import { take } from '../../listen/take.ts'
import type { Core } from '../core.ts'
import type { Book, Connection } from './book.ts'
import { getJson } from './deliveries.ts'

const LOOK_MS = 15_000
/** While a page is asked for, no other process takes the connection; longer than any page takes. */
const LEASE_MS = 10 * 60_000
const PAGES_A_TURN = 100
const FIRST_PAUSE_MS = 60_000
const LONGEST_PAUSE_MS = 6 * 3_600_000

/**
 * Asks other systems for what is new, page by page. A page is in the inbox before its cursor is written down, and each page has a name of
 * its own: a crash between the two asks for the page again, and stores nothing twice. A system that fails is left alone longer each time.
 */
export function startPulls(
  core: Pick<Core, 'stores' | 'tenancy' | 'config' | 'log'>,
  book: Book,
  onTaken: (connection: Connection) => void,
) {
  let stopped = false
  let running: Promise<void> | null = null
  const timer = setInterval(wake, LOOK_MS)
  timer.unref()

  function wake(): void {
    if (stopped) return
    running ??= run(Date.now).finally(() => {
      running = null
    })
  }

  /** Every connection that is due at its moment. */
  async function run(clock: () => number): Promise<void> {
    try {
      for (
        let due = await book.takeDue(clock(), LEASE_MS);
        due && !stopped;
        due = await book.takeDue(clock(), LEASE_MS)
      )
        await turn(due, clock)
    } catch (error) {
      core.log(`asking other systems stopped and will go on: ${(error as Error).message}`)
    }
  }

  async function turn(connection: Connection, clock: () => number): Promise<void> {
    const pull = connection.source.pull!
    let cursor = connection.cursor
    for (let page = 0; page < PAGES_A_TURN && !stopped; page++) {
      const got = await takePage(connection, cursor, clock())
      const now = clock()
      if (!got.ok) {
        const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(connection.failures, 9))
        await book.noteFailure(connection, got.problem, now, now + Math.max(pause, got.problem.retryAfterMs ?? 0))
        break
      }
      cursor = got.value.cursor
      const nextAt = got.value.more ? now + LEASE_MS : now + pull.everyMinutes * 60_000
      await book.noteSuccess(connection, got.value.kept, now, { cursor, nextAt })
      if (!got.value.more) break
      if (page === PAGES_A_TURN - 1) await book.noteSuccess(connection, 0, now, { nextAt: now })
    }
    onTaken(connection)
  }

  async function takePage(
    connection: Connection,
    cursor: string | null,
    now: number,
  ): Promise<Result<{ cursor: string; kept: number; more: boolean }, Problem & { retryAfterMs?: number }>> {
    const { source, tenant, settings } = connection
    const { zone } = await core.tenancy.find(tenant)
    let wait: number | undefined
    const get = async (url: string, headers: Record<string, string>) => {
      const got = await getJson(core.config.allow ?? [], url, headers, 60_000)
      if (!got.ok) wait = got.problem.retryAfterMs
      return got
    }
    const page = await source.pull!.page({
      cursor: cursor ?? undefined,
      settings,
      get,
      context: { zone, settings },
      now,
    })
    if (!page.ok) return { ok: false, problem: { ...page.problem, retryAfterMs: wait } }
    const { items, more } = page.value
    // What a page holds may have changed since a first attempt that was cut off: its content is part of its name.
    const name = `${connection.id}\n${cursor ?? ''}\n${hash('sha256', JSON.stringify(items), 'base64url')}`
    const taken = await take(core.stores, { tenant, zone, source: source.id, items, name, raw: null })
    return taken.ok ? ok({ cursor: page.value.cursor, kept: taken.value.kept, more }) : taken
  }

  async function stop(): Promise<void> {
    stopped = true
    clearInterval(timer)
    await running
  }

  return { wake, run, stop }
}
