import { addDays } from '../core/clock.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Words } from '../core/words.ts'
import { lengthInDays, type Slice, wholeSlice, within } from '../measure/slice.ts'
import { type ToldVoice, textsElsewhere, toldVoices } from '../measure/voices/told.ts'
import { limitProblem } from '../store/clickhouse/limit.ts'
import { sql } from '../store/clickhouse/sql.ts'
import type { Example } from '../understand/graph/told.ts'
import { type Grown, type Job, type Mined, mineApart, type Portion } from '../understand/mining.ts'
import type { Topic } from '../understand/topics/rising.ts'
import type { Core } from './core.ts'
import type { Overlays } from './overlays.ts'
import type { Period } from './tenancy.ts'

/** Something mined in the background: what is known so far, and whether it is the last word. */
export interface Obtained<T> {
  /** Null while it is mined for the first time. */
  value: T | null
  /** False while it is mined (again). */
  ready: boolean
  failed: Words | null
}

/** At most so many voices are mined at once, the newest; older ones say little that these do not. */
const MOST_VOICES = 50_000
const MOST_ELSEWHERE = 20_000
/** Results kept at once, over all tenants. */
const KEPT = 48
/** The period before is this many times as long. */
const BEFORE = 4

/** A limit of the engine is said with what to do; anything else in its own words. */
export function whyFailed(error: Error): Words {
  const limit = limitProblem(error)
  const own = error.message.split('\n')[0]!
  return limit
    ? { en: `${limit.message}: ${limit.remedy}`, zh: `${limit.zh!.message}${limit.zh!.remedy}` }
    : { en: own, zh: own }
}

interface Entry {
  stamp: string
  value: unknown
  failed: Words | null
}

export type Mining = ReturnType<typeof createMining>

/** Mines graphs and topics in the background, one at a time, and keeps what came out until the voices or the packs change. */
export function createMining(core: Core, overlays: Overlays) {
  const { stores, tenancy, changes, log } = core
  const { analytics } = stores
  const kept = new Map<string, Entry>()
  const running = new Map<string, Promise<void>>()
  let last: Promise<void> = Promise.resolve()
  const stop = new AbortController()

  /** The result for a key: at once where it is there and nothing changed; else what there is, while the new one is made. */
  async function obtain<T>(key: string, tenant: TenantId, slice: Slice, make: () => Promise<T>): Promise<Obtained<T>> {
    const stamp = await stampOf(tenant, slice)
    const entry = kept.get(key)
    if (entry?.stamp === stamp) {
      kept.delete(key)
      kept.set(key, entry)
      return { value: entry.value as T | null, ready: true, failed: entry.failed }
    }
    if (!running.has(key)) start(key, tenant, stamp, make)
    return { value: (entry?.value ?? null) as T | null, ready: false, failed: null }
  }

  function start<T>(key: string, tenant: TenantId, stamp: string, make: () => Promise<T>): void {
    const work = last.then(async () => {
      if (stop.signal.aborted) return
      try {
        keep(key, { stamp, value: await make(), failed: null })
      } catch (error) {
        if (stop.signal.aborted) return
        log(`mining ${key} failed: ${(error as Error).stack ?? error}`)
        keep(key, { stamp, value: kept.get(key)?.value ?? null, failed: whyFailed(error as Error) })
      }
    })
    last = work.catch(() => {})
    running.set(
      key,
      last.finally(() => {
        running.delete(key)
        if (!stop.signal.aborted) changes.publish(tenant, ['graph'])
      }),
    )
  }

  function keep(key: string, entry: Entry): void {
    kept.delete(key)
    kept.set(key, entry)
    while (kept.size > KEPT) kept.delete(kept.keys().next().value!)
  }

  /** Changes when voices come in or the tenant's packs do. */
  async function stampOf(tenant: TenantId, slice: Slice): Promise<string> {
    const [overlay, [voices]] = await Promise.all([
      overlays.of(tenant),
      analytics.query<{ n: number; last: number; said: number }>(
        sql`SELECT count() AS n, max(at) AS last, sum(length(aspects)) AS said FROM voices WHERE ${within(slice, 'voices')}`,
      ),
    ])
    return JSON.stringify([voices, overlay?.digest, core.reader.engine])
  }

  async function askingOf(tenant: TenantId) {
    const { settings } = await tenancy.find(tenant)
    return { asOf: await tenancy.knownUntil(tenant, Date.now()), returnWindowDays: settings.returnWindowDays }
  }

  async function* portions(parts: { part: Portion['part']; slice: Slice }[]): AsyncGenerator<Portion> {
    for (const { part, slice } of parts)
      for await (const told of toldVoices(analytics, slice, await askingOf(slice.tenant), MOST_VOICES))
        yield { part, told: told satisfies ToldVoice[] }
  }

  async function job<J extends Job>(job: J, parts: { part: Portion['part']; slice: Slice }[]): Promise<Mined<J>> {
    return mineApart(job, portions(parts), stop.signal)
  }

  const sliceOf = (tenant: TenantId, period: Period, category: string): Slice => ({
    ...wholeSlice(tenant, period.from, period.to),
    category: category === '' ? [] : [category],
  })

  async function graph(tenant: TenantId, category: string, period: Period): Promise<Obtained<Grown>> {
    const slice = sliceOf(tenant, period, category)
    const key = JSON.stringify(['graph', tenant, category, period.from, period.to])
    return obtain(key, tenant, slice, async () => {
      const overlay = await overlays.of(tenant)
      const elsewhere = await textsElsewhere(analytics, slice, MOST_ELSEWHERE)
      const grown = await job({ kind: 'graph', category, overlay, elsewhere }, [{ part: 'now', slice }])
      for (const node of grown.graph.nodes) node.examples = node.examples.map(cut)
      return { ...grown, proposals: grown.proposals.map((one) => ({ ...one, examples: one.examples.map(cut) })) }
    })
  }

  const topicKey = (tenant: TenantId, category: string, period: Period) =>
    JSON.stringify(['topics', tenant, category, period.from, period.to])

  async function topics(tenant: TenantId, category: string, period: Period): Promise<Obtained<Topic[]>> {
    const now = sliceOf(tenant, period, category)
    const before = sliceOf(tenant, beforePeriod(period), category)
    const whole = { ...now, from: before.from }
    return obtain(topicKey(tenant, category, period), tenant, whole, async () => {
      const overlay = await overlays.of(tenant)
      const found = await job({ kind: 'topics', category, overlay }, [
        { part: 'now', slice: now },
        { part: 'before', slice: before },
      ])
      return found.map((one) => ({ ...one, examples: one.examples.map(cut) }))
    })
  }

  return {
    graph,
    topics,
    /** Resolves when nothing is being mined. */
    async settled(): Promise<void> {
      while (running.size > 0) await Promise.all(running.values())
    },
    async close(): Promise<void> {
      stop.abort()
      await last
    },
  }
}

/** What a period is compared with: four times as long, directly before it. */
export const beforePeriod = (period: Period): Period => ({
  from: addDays(period.from, -BEFORE * lengthInDays(period)),
  to: addDays(period.from, -1),
})

const AROUND = 60

/** An example with no more text than a page shows of it. */
function cut({ voiceId, text, start, end }: Example): Example {
  const from = start <= AROUND ? 0 : start - AROUND
  const to = text.length - end <= AROUND ? text.length : end + AROUND
  const [lead, tail] = [from > 0 ? '…' : '', to < text.length ? '…' : '']
  const shift = lead.length - from
  const shown = text.slice(from, to).toWellFormed()
  return { voiceId, text: lead + shown + tail, start: start + shift, end: end + shift }
}
