import { eventKindOf } from '../core/event-names.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { sql } from '../store/clickhouse/sql.ts'
import { keepCollectKeys, type Refusal } from './collect-keys.ts'
import { readPageEvent, type Surroundings } from './collected-event.ts'
import type { Core } from './core.ts'
import type { Ingest } from './ingest.ts'

/** What a page is told. `place` counts from 0 in the batch that it sent. */
export interface Collected {
  kept: number
  refused: { place: number; field: string; reason: string }[]
}

export interface PageBatch extends Omit<Surroundings, 'origin'> {
  key: string
  origin: string | undefined
  events: readonly unknown[]
}

/** The source under which events of web pages are kept. */
const SOURCE = 'web'
const SHOWN = 20
const SHOWN_DAYS = 2

/** The public way in, for web pages: a write key, its origins, and what may be said under it. */
export function createCollect(core: Core, ingest: Ingest) {
  const { stores } = core
  const keys = keepCollectKeys(stores, core.log)

  /** Problems: `key_unknown`, `origin_refused`, and those of the way in. */
  async function take({ key, origin, events, ...around }: PageBatch): Promise<Result<Collected>> {
    const site = await keys.find(key)
    if (!site) return fail(KEY_UNKNOWN)
    if (origin === undefined || !site.origins.includes(origin)) return fail(originRefused(origin))
    const read = events.map((raw) => readPageEvent(raw, { ...around, origin }))
    const places: number[] = []
    const records: unknown[] = []
    const refused: Collected['refused'] = []
    let last: Refusal | undefined
    for (const [place, one] of read.entries()) {
      if (one.ok) {
        places.push(place)
        records.push(one.event)
      } else {
        const { name, field, reason } = one.refusal
        refused.push({ place, field, reason })
        last = { name, reason, at: around.receivedAt }
      }
    }
    if (records.length > 0) {
      const accepted = await ingest.accept({ tenant: site.tenant, kind: 'events', source: SOURCE, records })
      if (!accepted.ok) return accepted
      for (const { place, field, reason } of accepted.value.dead) refused.push({ place: places[place]!, field, reason })
    }
    const kept = events.length - refused.length
    keys.note(site.tenant, site.id, { kept, refused: refused.length, last, at: around.receivedAt })
    return ok({ kept, refused })
  }

  /** The last events of web pages, newest first, for whoever connects a site. */
  async function latest(tenant: TenantId, now: number) {
    const since = now - SHOWN_DAYS * 86_400_000
    const rows = await stores.analytics.query<{ id: string; name: string; at: number; session: string; props: string }>(
      sql`SELECT id, name, at, session, props FROM events
        WHERE tenant = ${tenant} AND day >= toDate(${new Date(since).toISOString().slice(0, 10)}) AND source = ${SOURCE}
        ORDER BY at DESC, id LIMIT ${SHOWN}`,
    )
    return rows.map(({ props, ...event }) => {
      const { zh = event.name, en = event.name } = eventKindOf(event.name) ?? {}
      return { ...event, zh, en, ...pageOf(props) }
    })
  }

  return {
    take,
    isDeclared: keys.isDeclared,
    close: keys.close,
    makeKey: keys.make,
    revokeKey: keys.revoke,
    website: async (tenant: TenantId, now: number) => ({
      keys: await keys.list(tenant),
      events: await latest(tenant, now),
    }),
  }
}

/** Where it was, as a person reads it. */
function pageOf(props: string): { site: string; path: string; device: string } {
  const { site, path, device } = JSON.parse(props) as Record<string, unknown>
  return { site: String(site ?? ''), path: String(path ?? ''), device: String(device ?? '') }
}

const KEY_UNKNOWN = {
  code: 'key_unknown',
  message: 'this write key is not known, or was revoked',
  remedy: 'copy the snippet again from Settings, Website',
}

const originRefused = (origin = 'a program') => ({
  code: 'origin_refused',
  message: `this write key is not for pages of ${origin}`,
  remedy: 'add the origin to a write key in Settings, Website; programs use an API key',
  where: 'Origin',
})
