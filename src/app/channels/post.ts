import { findChannel } from '../../act/notify/channels.ts'
import { findWay } from '../../act/notify/list.ts'
import { noteFailed, noteSent, type Posting, takeDue } from '../../act/notify/outbox.ts'
import { reach } from '../../core/reach/reach.ts'
import { fail, ok, type Problem, type Result } from '../../core/result.ts'
import type { Core } from '../core.ts'
import type { Seal } from '../seal.ts'

const LOOK_MS = 15_000
const TIMEOUT_MS = 15_000
const MOST_BYTES = 64 * 1024

/** Sends what lies in the outbox, one message at a time; what fails is tried again later and says why. */
export function startPost(core: Core, seal: Seal) {
  const { stores, changes, config, log } = core
  let stopped = false
  let running: Promise<void> | null = null
  const timer = setInterval(() => void wake(), LOOK_MS).unref()

  function wake(): Promise<void> {
    if (stopped) return Promise.resolve()
    running ??= run(Date.now)
      .catch((error: Error) => log(`sending messages stopped and will go on: ${error.message}`))
      .finally(() => {
        running = null
      })
    return running
  }

  async function run(clock: () => number): Promise<void> {
    for (let due = await takeDue(stores.db, clock()); due && !stopped; due = await takeDue(stores.db, clock())) {
      const sent = await send(due, clock())
      if (sent.ok) await noteSent(stores.db, due, clock())
      else await noteFailed(stores.db, due, { problem: sent.problem, now: clock(), waitMs: sent.problem.waitMs ?? 0 })
      changes.publish(due.tenant, ['channels'])
    }
  }

  /** Problems: those of `reach`; `channel_gone`, `not_taken` where the other side says so, with the time that it asks for. */
  async function send(
    { tenant, channel: id, message }: Posting,
    now: number,
  ): Promise<Result<null, Problem & { waitMs?: number }>> {
    const channel = await findChannel(stores.db, tenant, id)
    const way = channel && findWay(channel.way)
    const opened = channel && seal.open(channel.sealed)
    if (!way || !opened) return fail(GONE)
    const to = JSON.parse(opened) as { url: string; secret: string }
    const { url, headers, body } = way.write(message, { ...to, at: now })
    const asked = { url, headers, body, method: 'POST', timeoutMs: TIMEOUT_MS, mostBytes: MOST_BYTES } as const
    const reached = await reach({ ...asked, allowed: config.allow ?? [] })
    if (!reached.ok) return reached
    const { status, text, retryAfter } = reached.value
    const against = status >= 200 && status < 300 ? way.refusal(text) : `HTTP ${status}`
    if (against === null) return ok(null)
    return fail({ code: 'not_taken', message: `${new URL(url).host}: ${against}`, waitMs: (retryAfter ?? 0) * 1_000 })
  }

  return {
    wake,
    run,
    async stop(): Promise<void> {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}

const GONE: Problem = {
  code: 'channel_gone',
  message: 'this channel cannot be read here: its secrets were sealed by another installation',
  remedy: 'Delete it and make it anew.',
}
