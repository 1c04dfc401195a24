import type { Context } from 'hono'
import type { Env } from '../env.ts'

/** A bucket a caller: so many requests at once, filled again at a steady rate. Bounded: the longest unseen are forgotten first. */
export function limiter({ burst, perSecond, most }: { burst: number; perSecond: number; most: number }) {
  const buckets = new Map<string, { left: number; at: number }>()
  /** Seconds to wait, 0 where the request may go on. */
  return (who: string, now: number): number => {
    const known = buckets.get(who)
    const left = known ? Math.min(burst, known.left + ((now - known.at) / 1000) * perSecond) : burst
    buckets.delete(who)
    buckets.set(who, { left: Math.max(0, left - 1), at: now })
    if (buckets.size > most) buckets.delete(buckets.keys().next().value!)
    return left >= 1 ? 0 : Math.ceil((1 - left) / perSecond)
  }
}

const NEAR = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd]|::ffff:(127\.|10\.|192\.168\.))/i

/**
 * The address a request comes from. Only a proxy on this machine or in its own network is believed, and only for the address that it
 * has added itself, the last one: those before it are the sender's own words.
 */
export function addressOf(c: Context<Env>): string {
  const peer = c.env?.incoming?.socket.remoteAddress ?? ''
  const last = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return last && NEAR.test(peer) ? last.slice(0, 64) : peer
}
