import type { Kysely } from 'kysely'
import type { TenantId } from '../core/tenant.ts'
import type { Database } from '../store/postgres/tables.ts'

/** Takes the quotes of these voices out of every finding, also of those that are no longer current; answers how many findings changed. */
export async function forgetQuotes(
  db: Kysely<Database>,
  tenant: TenantId,
  voiceIds: readonly string[],
): Promise<number> {
  const ids = new Set(voiceIds)
  const rows = await db.selectFrom('findings').select(['id', 'driver']).where('tenant', '=', tenant).execute()
  let changed = 0
  for (const { id, driver } of rows) {
    const before = JSON.stringify(driver)
    const after = JSON.stringify(withoutQuotes(driver, ids))
    if (after === before) continue
    changed++
    await db.updateTable('findings').set({ driver: after }).where('tenant', '=', tenant).where('id', '=', id).execute()
  }
  return changed
}

function withoutQuotes(value: unknown, ids: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isQuoteOf(item, ids)).map((item) => withoutQuotes(item, ids))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutQuotes(inner, ids)]))
}

const isQuoteOf = (item: unknown, ids: ReadonlySet<string>): boolean =>
  typeof item === 'object' && item !== null && 'voiceId' in item && ids.has(String(item.voiceId))
