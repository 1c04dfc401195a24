import { addDays } from '../../core/clock.ts'
import type { Estimate } from '../../core/estimate.ts'
import { wilson } from '../../core/share.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { flow } from '../rollups/measures.ts'
import { askRolled } from '../rollups/read.ts'
import type { Slice } from '../slice.ts'

export interface VoiceFlow {
  total: number
  /** The negative ones among those that were read: what could not be read is neither. */
  negative: Estimate
  /** `read` of the day's voices have a text that was read; `negative` are among them. */
  perDay: { day: string; total: number; read: number; negative: number }[]
}

/** Customer voices day by day, days without any included. */
export async function voicesPerDay(analytics: Analytics, slice: Slice): Promise<VoiceFlow> {
  const counted = await askRolled(analytics, { slice, rolling: flow, by: 'day' })
  const rows = counted.map(({ day, n, plus, minus }) => ({ day, total: n, read: plus, negative: minus }))
  const byDay = new Map(rows.map((row) => [row.day, row]))
  const perDay: VoiceFlow['perDay'] = []
  for (let day = slice.from; day <= slice.to; day = addDays(day, 1))
    perDay.push(byDay.get(day) ?? { day, total: 0, read: 0, negative: 0 })
  const sum = (of: 'total' | 'read' | 'negative') => rows.reduce((all, row) => all + row[of], 0)
  return { total: sum('total'), negative: wilson(sum('negative'), sum('read')), perDay }
}

export interface Extent {
  from: string
  to: string
  simulated: boolean
}

/** First and last local day of a tenant's voices and orders (of its events where those are all it has), and whether any is simulated; null where it has nothing. */
export async function extentOf(analytics: Analytics, tenant: TenantId): Promise<Extent | null> {
  const rows = await analytics.query<{ from: string; to: string; n: number; simulated: number; events: number }>(sql`
    SELECT toString(min(day)) AS from, toString(max(day)) AS to, count() AS n, max(simulated) AS simulated, 0 AS events FROM voices WHERE tenant = ${tenant}
    UNION ALL
    SELECT toString(min(ordered_day)) AS from, toString(max(ordered_day)) AS to, count() AS n, max(simulated) AS simulated, 0 AS events FROM orders WHERE tenant = ${tenant}
    UNION ALL
    SELECT toString(min(day)) AS from, toString(max(day)) AS to, count() AS n, max(simulated) AS simulated, 1 AS events FROM events WHERE tenant = ${tenant}`)
  const known = rows.filter(({ n }) => n > 0)
  const told = known.filter(({ events }) => events === 0)
  const found = told.length > 0 ? told : known
  if (found.length === 0) return null
  return {
    from: found.map(({ from }) => from).sort()[0]!,
    to: found
      .map(({ to }) => to)
      .sort()
      .at(-1)!,
    simulated: found.some(({ simulated }) => simulated === 1),
  }
}
