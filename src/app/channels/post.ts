import { findChannel } from '../../act/notify/channels.ts'
import { sendMail } from '../../act/notify/email/send.ts'
import { findWay } from '../../act/notify/list.ts'
import { noteFailed, noteSent, type Posting, takeDue } from '../../act/notify/outbox.ts'
import type { Address, LetterWay } from '../../act/notify/way.ts'
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
      if (sent.ok) await noteSent(stores.db, due, { now: clock(), problem: sent.value })
      else await noteFailed(stores.db, due, { problem: sent.problem, now: clock(), waitMs: sent.problem.waitMs ?? 0 })
      changes.publish(due.tenant, ['channels'])
    }
  }

  async function send(
    { tenant, channel: id, message }: Posting,
    now: number,
  ): Promise<Result<Problem | null, Problem & { waitMs?: number }>> {
    const channel = await findChannel(stores.db, tenant, id)
    const way = channel && findWay(channel.way)
    const opened = channel && seal.open(channel.sealed)
    if (!way || !opened) return fail(GONE)
    const to = JSON.parse(opened) as Address
    const means = { allowed: config.allow ?? [], timeoutMs: TIMEOUT_MS }
    if ('mail' in way && 'mailbox' in to)
      return sendMail(way.mail(message, to.mailbox), to.mailbox, { ...means, secret: to.secret })
    if ('write' in way && 'url' in to) return sendLetter(way, way.write(message, { ...to, at: now }), means)
    return fail(GONE)
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

/** Problems: those of `reach`; `not_taken` where the other side says so, with the time that it asks for. */
async function sendLetter(
  way: LetterWay,
  { url, headers, body }: ReturnType<LetterWay['write']>,
  means: { allowed: readonly string[]; timeoutMs: number },
): Promise<Result<null, Problem & { waitMs?: number }>> {
  const reached = await reach({ ...{ url, headers, body, method: 'POST', mostBytes: MOST_BYTES }, ...means })
  if (!reached.ok) return reached
  const { status, text, retryAfter } = reached.value
  const against = status >= 200 && status < 300 ? way.refusal(text) : `HTTP ${status}`
  if (against === null) return ok(null)
  return fail({ code: 'not_taken', message: `${new URL(url).host}: ${against}`, waitMs: (retryAfter ?? 0) * 1_000 })
}

const GONE: Problem = {
  code: 'channel_gone',
  message: 'this channel cannot be read here: its secrets were sealed by another installation',
  remedy: 'Delete it and make it anew.',
}
