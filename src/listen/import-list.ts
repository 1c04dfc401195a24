import type { TenantId } from '../core/tenant.ts'
import type { Stores } from '../store/open.ts'
import type { ImportProgress } from './import.ts'

export interface ListedImport {
  id: string
  source: string
  file: string
  /** Bytes of the file; null where its sender did not know them. */
  size: number | null
  startedAt: number
  finishedAt: number | null
  /** `broken_off`: neither on its way nor ended; the same file, given again, goes on after `safeRows`. */
  state: 'running' | 'broken_off' | 'ended'
  rows: number
  kept: number
  dead: number
  bytes: number
  /** Rows up to which everything is on disk. */
  safeRows: number
}

const MOST = 50

/** The newest imports, the last begun first. An attempt that was broken off is left out where the same file was begun again. */
export async function listImports(
  { db }: Stores,
  tenant: TenantId,
  underWay: ReadonlyMap<string, ImportProgress>,
): Promise<ListedImport[]> {
  const rows = await db
    .selectFrom('imports')
    .selectAll()
    .where('tenant', '=', tenant)
    .orderBy('started_at', 'desc')
    .limit(MOST)
    .execute()
  const begun = new Set<string>()
  return rows.flatMap((row) => {
    const now = underWay.get(row.id)
    // What has no fingerprint, such as the demo's records, cannot be gone on with by a file.
    const state = row.finished_at ? 'ended' : now || row.fingerprint === '' ? 'running' : 'broken_off'
    const isBegunAgain = begun.has(row.fingerprint)
    begun.add(row.fingerprint)
    if (state === 'broken_off' && isBegunAgain) return []
    return {
      id: row.id,
      source: row.source,
      file: row.file,
      size: row.size === null ? null : Number(row.size),
      startedAt: row.started_at.getTime(),
      finishedAt: row.finished_at?.getTime() ?? null,
      state,
      rows: now?.rows ?? row.rows,
      kept: now?.kept ?? row.kept,
      dead: now?.dead ?? row.dead,
      bytes: now?.bytes ?? Number(row.bytes),
      safeRows: row.safe_rows,
    }
  })
}
