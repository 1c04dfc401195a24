import type { Stores } from '../store/open.ts'

const DAY_MS = 86_400_000
const PORTION = 200

/**
 * Removes batches that were read more than `days` ago, a portion at a time: until then the analytic store can be filled anew from them, and
 * a repeat under the same idempotency key gets its first answer. Batches that wait or were set aside stay. Returns how many were removed.
 */
export async function sweepInbox({ pg }: Stores, days: number, now: number): Promise<number> {
  let removed = 0
  for (;;) {
    const { rowCount } = await pg.query(
      `delete from inbox where id in (
        select id from inbox where read_at is not null and read_at < $1
          and not exists (select 1 from dead_letters d where d.tenant = inbox.tenant and d.field = 'batch'
            and d.replayed_at is null and d.record = '{"batch":"' || inbox.id || '"}')
        order by id limit $2)`,
      [new Date(now - days * DAY_MS), PORTION],
    )
    removed += rowCount ?? 0
    if ((rowCount ?? 0) < PORTION) return removed
  }
}
