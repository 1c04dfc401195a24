import type { Stores } from '../store/open.ts'

/** Advisory locks of the way in. Any numbers that no other use of the database takes. */
export const REREADING = 7_070_008
export const AMENDING = 7_070_003
export const ERASING = 7_070_009

/** Runs `work` while no other process or task holds the lock; where the work breaks off, the lock goes with its connection. */
export async function underLock<T>(stores: Stores, lock: number, work: () => Promise<T>): Promise<T> {
  const client = await stores.pg.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    const done = await work()
    await client.query('select pg_advisory_unlock($1)', [lock])
    return done
  } finally {
    client.release(true)
  }
}
