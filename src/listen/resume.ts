import { hash } from 'node:crypto'
import type { TenantId } from '../core/tenant.ts'
import type { Stores } from '../store/open.ts'
import { headOf } from './head.ts'

/** After so many rows an import notes that all up to here is on disk. */
export const NOTE_EVERY_ROWS = 20_000
const HEAD_BYTES = 64 * 1024

/** What a file is known by when it comes again: its size, its beginning, and all that was said of how it is to be read, but for times. */
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

/** What is known of a file from earlier imports of it. */
interface Before {
  /** Rows that an earlier attempt brought in before it was broken off; 0 where there was none. */
  rows: number
  /** The times that were given for the whole file when any of its rows came in first. */
  times: Readonly<Record<string, string>>
}

export async function importedBefore({ db }: Stores, tenant: TenantId, fingerprint: string): Promise<Before> {
  const before = await db
    .selectFrom('imports')
    .select(['safe_rows', 'finished_at', 'kept', 'times'])
    .where('tenant', '=', tenant)
    .where('fingerprint', '=', fingerprint)
    .orderBy('started_at', 'desc')
    .execute()
  const [last] = before
  // One that was broken off may have brought in rows that it did not live to count.
  const first = before.findLast(({ finished_at, kept }) => finished_at === null || kept > 0)
  return { rows: last && last.finished_at === null ? last.safe_rows : 0, times: first?.times ?? {} }
}

/** Values given for all rows of a file, the times apart: a person who imports it again a week later gives another day. */
export function withoutTimes(set: Readonly<Record<string, string>>) {
  const isTime = ([field]: [string, string]) => /(?:^|\.)at$|At$/.test(field)
  const all = Object.entries(set)
  return {
    times: Object.fromEntries(all.filter(isTime)),
    rest: Object.fromEntries(all.filter((one) => !isTime(one))),
  }
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
