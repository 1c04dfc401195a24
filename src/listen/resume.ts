import { hash } from 'node:crypto'
import type { TenantId } from '../core/tenant.ts'
import type { Stores } from '../store/open.ts'
import { headOf } from './head.ts'

/** After so many rows an import notes that all up to here is on disk. */
export const NOTE_EVERY_ROWS = 20_000
const HEAD_BYTES = 64 * 1024

/** What a file is known by when it comes again: its size, its beginning, and all that was said of how it is to be read. */
export interface FileKnown {
  fingerprint: string
  stream: AsyncIterable<Uint8Array>
}

/** Looks at the beginning of a stream, and gives it back whole. */
export async function knowFile(stream: AsyncIterable<Uint8Array | string>, said: unknown): Promise<FileKnown> {
  const begun = await headOf(stream, HEAD_BYTES)
  const beginning = hash('sha256', begun.head.bytes.subarray(0, HEAD_BYTES), 'base64url')
  return { fingerprint: hash('sha256', `${JSON.stringify(said)}\n${beginning}`, 'base64url'), stream: begun.stream }
}

/** Rows of the same file that an earlier attempt brought in before it was broken off; 0 where there was none. */
export async function rowsBroughtIn({ db }: Stores, tenant: TenantId, fingerprint: string): Promise<number> {
  const last = await db
    .selectFrom('imports')
    .select(['safe_rows', 'finished_at'])
    .where('tenant', '=', tenant)
    .where('fingerprint', '=', fingerprint)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last && last.finished_at === null ? last.safe_rows : 0
}

interface Progress {
  rows: number
  kept: number
  dead: number
  bytes: number
  /** All rows up to this one are on disk. */
  safe_rows?: number
  finished_at?: Date
}

export async function noteProgress({ db }: Stores, tenant: TenantId, id: string, progress: Progress): Promise<void> {
  await db.updateTable('imports').set(progress).where('tenant', '=', tenant).where('id', '=', id).execute()
}
