import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/stores.ts'
import { openEmbeddedClickHouse } from './embedded.ts'
import { sql } from './sql.ts'

const folder = temporaryFolder('embedded')
afterAll(() => folder.remove())

test('statements of every session may have several cores in the memory that the engine has', async () => {
  const opened = await openEmbeddedClickHouse(folder.path)
  if (!opened.ok) throw new Error(opened.problem.message)
  const analytics = opened.value
  const asked = sql`SELECT getSetting('max_threads_min_free_memory_per_thread') AS forEach, value AS all
    FROM system.server_settings WHERE name = 'max_server_memory_usage'`
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => analytics.query<{ forEach: number; all: string }>(asked)),
  )
  for (const [row] of answers) expect(Number(row!.all) / row!.forEach).toBeGreaterThanOrEqual(2)
  await analytics.close()
})
