import { setTimeout as sleep } from 'node:timers/promises'
import type { Analytics } from './analytics.ts'
import { type Sql, sql } from './sql.ts'

const PATIENCE_MS = 60_000

/**
 * Changes rows that are there (`ALTER TABLE … UPDATE` or `… DELETE`) and returns when every part of the table has the change. Releases
 * differ in how a statement can wait for itself; asking the list of mutations works in all of them. Dear: for a handful of rows at a
 * time. Throws where the engine cannot carry it out.
 */
export async function mutate(analytics: Analytics, table: string, statement: Sql): Promise<void> {
  await analytics.command(statement)
  for (const end = performance.now() + PATIENCE_MS; ; await sleep(10)) {
    const [waiting] = await analytics.query<{ n: number; reason: string }>(sql`
      SELECT count() AS n, max(latest_fail_reason) AS reason FROM system.mutations
      WHERE database = currentDatabase() AND table = ${table} AND is_done = 0`)
    if (!waiting || waiting.n === 0) return
    if (waiting.reason !== '') throw new Error(`a change of ${table} failed: ${waiting.reason.slice(0, 300)}`)
    if (performance.now() > end) throw new Error(`a change of ${table} took more than ${PATIENCE_MS / 1000} s`)
  }
}

/** Takes finished changes of a table off the engine's own list, which would keep their statements (and the words in them) for long. */
export async function forgetMutations(analytics: Analytics, table: string): Promise<void> {
  await analytics.command(sql`KILL MUTATION WHERE database = currentDatabase() AND table = ${table} AND is_done = 1`)
}
