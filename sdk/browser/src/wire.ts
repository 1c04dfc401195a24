import type { QueuedEvent } from './event.ts'
import type { Outcome } from './queue.ts'

interface Parts {
  key: string
  host: string
  say: (what: string) => void
}

/** Retry-After in milliseconds: seconds, or a date. Undefined where there is none. */
export function waitOf(header: string | null, now: number): number | undefined {
  if (!header) return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return ms > 0 ? Math.min(ms, 3_600_000) : undefined
}

/** To and from `POST /api/v1/collect`. Text, so that no browser asks beforehand whether it may; no cookies. */
export function createWire({ key, host, say }: Parts) {
  const address = `${host.replace(/\/+$/, '')}/api/v1/collect`
  // The server sets its own clock against `sentAt`: a device whose clock is wrong, and an event that waited for days, keep their age.
  const bodyOf = (events: readonly QueuedEvent[]) => JSON.stringify({ key, sentAt: Date.now(), events })
  const request = (body: string): RequestInit => ({
    method: 'POST',
    body,
    // A request outlives its page.
    keepalive: true,
    credentials: 'omit',
    headers: { 'Content-Type': 'text/plain' },
  })

  return {
    async send(events: readonly QueuedEvent[]): Promise<Outcome> {
      const answer = await fetch(address, request(bodyOf(events)))
      if (answer.ok) {
        const { refused = [] } = await answer.json()
        for (const { place, reason } of refused) say(`${events[place]?.name} refused: ${reason}`)
        return { done: true }
      }
      say(`answered ${answer.status}: ${await answer.text()}`)
      // Sent again it would be refused again.
      if (answer.status === 400 || answer.status === 413 || answer.status === 422) return { done: true }
      return { done: false, waitMs: waitOf(answer.headers.get('Retry-After'), Date.now()) }
    },

    sendLast(events: readonly QueuedEvent[]) {
      const body = bodyOf(events)
      const taken = navigator.sendBeacon?.(address, new Blob([body], { type: 'text/plain' }))
      if (!taken) fetch(address, request(body)).catch(() => {})
    },
  }
}
