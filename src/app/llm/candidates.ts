import { addDays } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { ReadVoice } from '../../listen/corrections.ts'
import { readingOf, type StoredReading, storedReading } from '../../listen/rows.ts'
import { day, sql } from '../../store/clickhouse/sql.ts'
import type { Stores } from '../../store/open.ts'
import { doubtOf } from '../../understand/llm/doubt.ts'

/** Only what is recent is worth a second opinion: so many voices of so many days. */
const MOST_VOICES = 5_000
const DAYS = 90

export interface Unsure extends ReadVoice {
  doubt: number
}

/** The voices that the fast reader is unsure of and nobody has looked at since, the least sure first. `to` is the last day with data. */
export async function unsureVoices(
  { analytics, db }: Stores,
  tenant: TenantId,
  to: string,
  threshold: number,
): Promise<Unsure[]> {
  const rows = await analytics.query<StoredReading & Omit<ReadVoice, 'reading'>>(sql`
    SELECT id, day, text, category, kind, ${storedReading} FROM voices
    WHERE tenant = ${tenant} AND day > ${day(addDays(to, -DAYS))} AND read = 1 AND speaker = 'customer' AND text != ''
    ORDER BY day DESC, at DESC, id LIMIT ${MOST_VOICES}`)
  const since = addDays(to, -DAYS)
  const ofTenant = (table: 'llm_readings' | 'amendments') =>
    db.selectFrom(table).select(['voice_id', 'day']).where('tenant', '=', tenant).where('day', '>', since)
  const looked = await ofTenant('llm_readings').union(ofTenant('amendments')).execute()
  const known = new Set(looked.map((row) => `${row.day} ${row.voice_id}`))
  return rows
    .filter((row) => !known.has(`${row.day} ${row.id}`))
    .map(({ id, day, text, category, kind, ...read }) => {
      const reading = readingOf(read)
      return { id, day, text, category, kind, reading, doubt: doubtOf(text, reading) }
    })
    .filter(({ doubt }) => doubt >= threshold)
    .sort((a, b) => b.doubt - a.doubt)
}
