import type { TenantId } from '../../core/tenant.ts'
import { liveSurveys } from '../../listen/surveys/keep.ts'
import type { Core } from '../core.ts'
import type { Ingest } from '../ingest.ts'
import { tellAnswers } from './tell.ts'

const TELL_EVERY_MS = 60_000
const INVITE_EVERY_MS = 600_000
/** Answers that come close together are told together. */
const TELL_SOON_MS = 300

/** What is done without being asked, one after the other: telling what was answered, and inviting whom something is due for. */
export function startBackground(
  core: Core,
  ingest: Ingest,
  invite: (tenant: TenantId, now: number) => Promise<unknown>,
) {
  let running: Promise<unknown> = Promise.resolve()
  let pending: NodeJS.Timeout | undefined
  let closed = false

  function queue<T>(work: () => Promise<T>): Promise<T> {
    const next = running.then(work)
    running = next.catch(() => {})
    return next
  }

  function quietly(what: string, work: () => Promise<unknown>): void {
    if (closed) return
    queue(work).catch((error: Error) => core.log(`surveys, ${what}: ${error.stack ?? error}`))
  }

  const tell = () => tellAnswers(core, ingest, Date.now())

  async function inviteAll(): Promise<void> {
    const live = await liveSurveys(core.stores.db)
    for (const tenant of new Set(live.flatMap((one) => (one.rule ? [one.tenant] : []))))
      await invite(tenant, Date.now())
  }

  const timers = [
    setInterval(() => quietly('telling answers', tell), TELL_EVERY_MS),
    setInterval(() => quietly('inviting', inviteAll), INVITE_EVERY_MS),
  ]
  for (const timer of timers) timer.unref()

  return {
    /** Tells now, and answers how many responses were told. */
    tell: () => queue(tell),
    soon(): void {
      pending ??= setTimeout(() => {
        pending = undefined
        quietly('telling answers', tell)
      }, TELL_SOON_MS).unref()
    },
    async close(): Promise<void> {
      closed = true
      clearTimeout(pending)
      for (const timer of timers) clearInterval(timer)
      await running
    },
  }
}
