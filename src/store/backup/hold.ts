import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Analytics } from '../clickhouse/analytics.ts'

/** An advisory lock of PostgreSQL: shared by whoever changes rows of the analytic store, taken alone by a backup. Any number of no other use. */
const CHANGING = 7_070_010
const LOOK_AGAIN_MS = 50

/**
 * Wraps an engine so that its rows stay as they are while a backup copies them, whichever process would change them: the change waits.
 * A backup may come between any two statements, as a crash may; what a crash leaves is put right at the next start.
 */
export function holdable(analytics: Analytics, pg: Pool): Analytics {
  return {
    ...analytics,
    insert: (table, rows) => whileNotHeld(pg, () => analytics.insert(table, rows)),
    command: (statement, options) => whileNotHeld(pg, () => analytics.command(statement, options)),
  }
}

/** Tried again and again rather than waited for: a waiting statement would keep a connection from those who take records in. */
async function whileNotHeld<T>(pg: Pool, change: () => Promise<T>): Promise<T> {
  for (;;) {
    const client = await pg.connect()
    let taken = false
    let done = false
    try {
      const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock_shared($1) as taken', [
        CHANGING,
      ])
      taken = rows[0]!.taken
      if (taken) {
        const changed = await change()
        await client.query('select pg_advisory_unlock_shared($1)', [CHANGING])
        done = true
        return changed
      }
    } finally {
      // Where the change broke off, the lock goes with its connection.
      client.release(taken && !done)
    }
    await sleep(LOOK_AGAIN_MS)
  }
}

/** Does the work while nothing changes the analytic store; changes under way are waited for, further ones wait. */
export async function whileHeld<T>(pg: Pool, work: () => Promise<T>): Promise<T> {
  const client = await pg.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [CHANGING])
    return await work()
  } finally {
    client.release(true)
  }
}
