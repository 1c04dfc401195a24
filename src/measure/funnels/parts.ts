import { eventKindOf, eventKinds } from '../../core/event-names.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'

/** What a funnel of this tenant can be put together from. */
export interface FunnelParts {
  /** Names of events that came in, the commonest first; then those that every adapter knows and that have not come yet (n 0). */
  events: { id: string; zh: string; en: string; n: number }[]
  channels: string[]
  sources: string[]
  /** Names of properties, from the newest events. */
  props: string[]
}

const MOST_NAMES = 200
const MOST_VALUES = 50
const SAMPLE = 2_000

/** Asked of the tenant's own events. */
export async function funnelParts(analytics: Analytics, tenant: TenantId): Promise<FunnelParts> {
  const values = (column: 'channel' | 'source') =>
    analytics.query<{ value: string }>(
      column === 'channel'
        ? sql`SELECT channel AS value, count() AS n FROM events WHERE tenant = ${tenant} AND channel != '' GROUP BY value ORDER BY n DESC LIMIT ${MOST_VALUES}`
        : sql`SELECT source AS value, count() AS n FROM events WHERE tenant = ${tenant} AND source != '' GROUP BY value ORDER BY n DESC LIMIT ${MOST_VALUES}`,
    )
  const [names, channels, sources, sample] = await Promise.all([
    analytics.query<{ id: string; n: number }>(
      sql`SELECT name AS id, count() AS n FROM events WHERE tenant = ${tenant} GROUP BY id ORDER BY n DESC, id LIMIT ${MOST_NAMES}`,
    ),
    values('channel'),
    values('source'),
    analytics.query<{ props: string }>(
      sql`SELECT props FROM events WHERE tenant = ${tenant} AND props != '{}' ORDER BY day DESC LIMIT ${SAMPLE}`,
    ),
  ])
  const seen = new Set(names.map(({ id }) => id))
  return {
    events: [
      ...names.map(({ id, n }) => ({ id, n, zh: eventKindOf(id)?.zh ?? id, en: eventKindOf(id)?.en ?? id })),
      ...eventKinds.filter(({ name }) => !seen.has(name)).map(({ name, zh, en }) => ({ id: name, n: 0, zh, en })),
    ],
    channels: channels.map(({ value }) => value),
    sources: sources.map(({ value }) => value),
    props: [...new Set(sample.flatMap(({ props }) => propNames(props)))].sort().slice(0, MOST_VALUES),
  }
}

function propNames(props: string): string[] {
  const parsed: unknown = props === '' ? {} : JSON.parse(props)
  return typeof parsed === 'object' && parsed !== null ? Object.keys(parsed) : []
}
