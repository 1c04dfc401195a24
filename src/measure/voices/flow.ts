import { addDays } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { type Slice, within } from '../slice.ts'

export interface VoiceFlow {
  total: number
  perDay: { day: string; total: number; negative: number }[]
}

/** Customer voices day by day, days without any included. */
export async function voicesPerDay(analytics: Analytics, slice: Slice): Promise<VoiceFlow> {
  const rows = await analytics.query<VoiceFlow['perDay'][number]>(sql`
    SELECT day, count() AS total, countIf(sentiment = 'negative') AS negative
    FROM voices WHERE ${within(slice, 'voices')} AND speaker = 'customer' GROUP BY day`)
  const byDay = new Map(rows.map((row) => [row.day, row]))
  const perDay: VoiceFlow['perDay'] = []
  for (let day = slice.from; day <= slice.to; day = addDays(day, 1))
    perDay.push(byDay.get(day) ?? { day, total: 0, negative: 0 })
  return { total: rows.reduce((sum, row) => sum + row.total, 0), perDay }
}

/** First and last local day of a tenant's voices and orders; null where it has neither. */
export async function extentOf(analytics: Analytics, tenant: TenantId): Promise<{ from: string; to: string } | null> {
  const rows = await analytics.query<{ from: string; to: string; n: number }>(sql`
    SELECT toString(min(day)) AS from, toString(max(day)) AS to, count() AS n FROM voices WHERE tenant = ${tenant}
    UNION ALL
    SELECT toString(min(ordered_day)) AS from, toString(max(ordered_day)) AS to, count() AS n FROM orders WHERE tenant = ${tenant}`)
  const found = rows.filter(({ n }) => n > 0)
  if (found.length === 0) return null
  return {
    from: found.map(({ from }) => from).sort()[0]!,
    to: found
      .map(({ to }) => to)
      .sort()
      .at(-1)!,
  }
}
