/** A comparison that did not come to its end, as pages tell it. */
export interface Trouble {
  /** How often in a row. */
  failures: number
  /** When the first of them failed; epoch milliseconds. */
  since: number
  /** When it is tried again. */
  again: number
  /** It took longer than a question may; the next one is about fewer days. */
  tooLong: boolean
}

const FIRST_REST_MS = 30_000
const LONGEST_REST_MS = 60 * 60_000
/** For so long the shorter period is kept to; then the machine or the data may be others. */
const SHORT_FOR_MS = 24 * 60 * 60_000

/**
 * How the comparisons of each key (a tenant) get on: one that fails rests, twice as long each time, and one that takes too long is about half
 * as many days the next time.
 */
export function createComparing<K>() {
  const troubles = new Map<K, Trouble>()
  const shortened = new Map<K, { halvings: number; until: number }>()

  function halvings(key: K, now: number): number {
    const known = shortened.get(key)
    if (known && now >= known.until) shortened.delete(key)
    return shortened.get(key)?.halvings ?? 0
  }

  return {
    failed(key: K, error: unknown, now: number): Trouble {
      const before = troubles.get(key)
      const failures = (before?.failures ?? 0) + 1
      const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (failures - 1))
      const trouble = { failures, since: before?.since ?? now, again: now + rest, tooLong: isTooLong(error) }
      troubles.set(key, trouble)
      if (trouble.tooLong) shortened.set(key, { halvings: halvings(key, now) + 1, until: now + SHORT_FOR_MS })
      return trouble
    },
    succeeded(key: K): void {
      troubles.delete(key)
    },
    trouble: (key: K): Trouble | null => troubles.get(key) ?? null,
    /** How long the next one has to wait at least. */
    restOf: (key: K, now: number): number => Math.max(0, (troubles.get(key)?.again ?? now) - now),
    halvings,
  }
}

/** What both the server and the embedded engine say where a question took more time than it may. */
const isTooLong = (error: unknown): boolean =>
  error instanceof Error && /TIMEOUT_EXCEEDED|Timeout exceeded|maximum: \d+ sec|\bCode: 159\b/i.test(error.message)
