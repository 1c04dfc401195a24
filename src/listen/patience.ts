import { setTimeout as sleep } from 'node:timers/promises'
import type { Result } from '../core/result.ts'

/** A store that does not come back in this time ends the wait; what waits for the reader alone goes on waiting. */
const AWAY_PATIENCE_MS = 5 * 60_000
const LONGEST_REST_MS = 2_000

/**
 * Tries again while too much is coming in (`busy`) or a store is away (`store_away`), for those who would rather slow down; not once it is
 * told to stop.
 */
export async function patiently<T>(attempt: () => Promise<Result<T>>, stop?: AbortSignal): Promise<Result<T>> {
  const begun = performance.now()
  for (let rest = 50; ; rest = Math.min(rest * 2, LONGEST_REST_MS)) {
    const result = await attempt()
    if (result.ok) return result
    const { code } = result.problem
    const away = code === 'store_away'
    if (stop?.aborted || !(away || code === 'busy') || (away && performance.now() - begun > AWAY_PATIENCE_MS))
      return result
    await sleep(rest, undefined, { ...(stop && { signal: stop }) }).catch(() => {})
  }
}
