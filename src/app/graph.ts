import { addDays } from '../core/clock.ts'
import type { Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { askReread, listRereads } from '../listen/reread.ts'
import { sql } from '../store/clickhouse/sql.ts'
import { choosePack } from '../understand/choose-pack.ts'
import { causes } from '../understand/graph/causes.ts'
import type { OwnWord } from '../understand/overlay.ts'
import type { Core } from './core.ts'
import type { Mining } from './mining.ts'
import { beforePeriod } from './mining.ts'
import type { Decision, Overlays } from './overlays.ts'
import type { Period } from './tenancy.ts'

export interface AskedGraph {
  category?: string
  from?: string
  to?: string
}

/** The graph is grown from this many days unless others are asked for; a few weeks of voices name few words often enough. */
const GRAPH_DAYS = 365
const TOPIC_DAYS = 14
const MOST_PROPOSALS = 60

/** The knowledge graph with its proposals, the decisions on them, and the topics that rise. */
export function createGraph(core: Core, overlays: Overlays, mining: Mining, wake: () => void) {
  const { stores, tenancy, names, changes } = core

  /** The category that is asked for, else the one with the most voices; empty where voices have none. */
  async function categoryOf(tenant: TenantId, asked: string | undefined): Promise<string> {
    if (asked !== undefined) return asked
    const [most] = await stores.analytics.query<{ category: string }>(
      sql`SELECT category FROM voices WHERE tenant = ${tenant} AND speaker = 'customer' GROUP BY category ORDER BY count() DESC, category LIMIT 1`,
    )
    return most?.category ?? ''
  }

  async function periodOf(tenant: TenantId, asked: AskedGraph, days: number, now: number): Promise<Period> {
    const { to } = await tenancy.period(tenant, asked, now)
    return { from: asked.from ?? addDays(to, 1 - days), to }
  }

  const packOf = async (tenant: TenantId, category: string) =>
    choosePack(await overlays.packsOf(tenant), category || undefined)

  async function graph(tenant: TenantId, asked: AskedGraph, now: number) {
    const category = await categoryOf(tenant, asked.category)
    const period = await periodOf(tenant, asked, GRAPH_DAYS, now)
    const [{ value, ...state }, decisions, pack, rereads] = await Promise.all([
      mining.graph(tenant, category, period),
      overlays.decisions(tenant),
      packOf(tenant, category),
      listRereads(stores.db, tenant),
    ])
    const decided = new Set(decisions.filter((one) => one.pack === pack.id).map((one) => one.word))
    const proposals = (value?.proposals ?? []).filter((one) => !decided.has(one.word))
    return {
      ...state,
      category,
      period,
      pack: { id: pack.id, zh: pack.zh, en: pack.en, aspects: pack.aspects.map(({ id, zh, en }) => ({ id, zh, en })) },
      causes: causes.map(({ id, zh, en }) => ({ id, zh, en })),
      graph: value?.graph ?? null,
      proposals: proposals.slice(0, MOST_PROPOSALS),
      proposed: proposals.length,
      decisions: decisions.filter((one) => one.pack === pack.id),
      rereads,
    }
  }

  /** A person takes a word into the tenant's pack, or turns it down for good. The reader follows: see `reread`. */
  async function decide(
    tenant: TenantId,
    word: OwnWord,
    about: Pick<Decision, 'verdict' | 'evidence'> & { actor: string; now: number },
  ): Promise<Result<OwnWord>> {
    const before = (await overlays.decisions(tenant)).find((one) => one.pack === word.pack && one.word === word.word)
    const decided = await overlays.decide(tenant, word, about)
    if (!decided.ok) return decided
    if (about.verdict === 'accepted' || before?.verdict === 'accepted') await follow(tenant, decided.value.word)
    changes.publish(tenant, ['graph'])
    return decided
  }

  async function withdraw(tenant: TenantId, pack: string, word: string): Promise<boolean> {
    const was = await overlays.withdraw(tenant, pack, word)
    if (was === 'accepted') await follow(tenant, word)
    if (was) changes.publish(tenant, ['graph'])
    return was !== undefined
  }

  /** Voices with the word that were read before are read again, in the background. */
  async function follow(tenant: TenantId, word: string): Promise<void> {
    await askReread(stores.db, tenant, word)
    wake()
  }

  async function topics(tenant: TenantId, asked: AskedGraph, now: number) {
    const category = await categoryOf(tenant, asked.category)
    const period = await periodOf(tenant, asked, TOPIC_DAYS, now)
    const [{ value, ...state }, pack, decisions] = await Promise.all([
      mining.topics(tenant, category, period),
      packOf(tenant, category),
      overlays.decisions(tenant),
    ])
    const decided = new Set(decisions.filter((one) => one.pack === pack.id).map((one) => one.word))
    const undecided = (value ?? []).filter((topic) => !decided.has(topic.name))
    return {
      ...state,
      category,
      period,
      pack: { id: pack.id, zh: pack.zh, en: pack.en },
      before: beforePeriod(period),
      topics: undecided.map((topic) => ({
        ...topic,
        owner: topic.aspect === null ? null : names.owner({ category, factor: 'aspect', aspect: topic.aspect }),
      })),
    }
  }

  return { graph, topics, decide, withdraw, decisions: (tenant: TenantId) => overlays.decisions(tenant) }
}
