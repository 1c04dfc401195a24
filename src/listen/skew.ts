import type { Input, RecordKind } from './kinds.ts'
import { because, type Reason } from './reasons/reason.ts'

/**
 * How far ahead of its arrival a record may say that it happened. A day covers a clock that is off and a local time taken for UTC; what
 * lies beyond would stand in every "last 28 days" until that day has come. Late records are welcome however late.
 */
const MAX_AHEAD_MS = 24 * 3_600_000

type Timed = { ok: true; record: Input } | { ok: false; field: string; reason: Reason }

/** Refuses what claims to have happened in the future. Simulated records may: a story is allowed to end tomorrow. */
export function checkTime(kind: RecordKind, record: Input, receivedAt: number): Timed {
  const field = kind === 'orders' ? 'orderedAt' : 'at'
  const at = (record as { at?: number; orderedAt?: number })[field]
  if (at === undefined || at - receivedAt <= MAX_AHEAD_MS || record.simulated) return { ok: true, record }
  const hours = Math.round((at - receivedAt) / 3_600_000)
  const reason = because('from_the_future', { hours, most: MAX_AHEAD_MS / 3_600_000 })
  return { ok: false, field, reason }
}
