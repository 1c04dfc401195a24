import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../app/config.ts'
import type { EventInput } from '../core/event.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { DEMO } from '../core/tenant.ts'
import { call, findServer, type RunningServer, refused } from './connect.ts'

const BATCH = 1_000
const EVERY_MS = 5_000

/** Sends events to the running server as they fall due: what is due already at once, the rest at its time, until the last or Ctrl-C. */
export async function sendAsDue(events: readonly EventInput[], say: (line: string) => void): Promise<Result<number>> {
  const server = await findServer(readConfig())
  if (!server)
    return fail({
      code: 'no_server',
      message: 'no server is running on this data folder',
      remedy: 'Start it first: npm start',
    })
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  let sent = 0
  while (sent < events.length && !stop.signal.aborted) {
    const due = events.slice(sent, sent + BATCH).filter(({ at }) => at <= Date.now())
    if (due.length > 0) {
      const done = await send(server, due)
      if (!done.ok) return done
      sent += due.length
      say(`${sent.toLocaleString('en')} of ${events.length.toLocaleString('en')} simulated events sent`)
    }
    if (due.length < BATCH) await Promise.race([sleep(EVERY_MS), once(stop.signal, 'abort')])
  }
  return ok(sent)
}

async function send(server: RunningServer, records: readonly EventInput[]): Promise<Result<void>> {
  const answer = await call(server, `/events?tenant=${DEMO}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(records),
  })
  return answer.ok ? ok(undefined) : refused(answer)
}
