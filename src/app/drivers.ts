import type { TenantId } from '../core/tenant.ts'
import { type ComparedOutcomes, compareOutcomes, type DriverQuestion } from '../measure/drivers/find.ts'
import { type Ledger, ledgerOf } from '../measure/drivers/ledger.ts'
import { modelDrivers } from '../measure/drivers/model/model.ts'
import { findOutcome } from '../measure/drivers/outcomes.ts'
import { type Weighing, weighDrivers } from '../measure/drivers/weigh.ts'
import type { Slice } from '../measure/slice.ts'
import type { Core } from './core.ts'
import type { Findings } from './findings.ts'
import type { AskedSlice } from './measures.ts'
import { productFacts } from './product-facts.ts'

/** One model takes seconds: its answer is kept until the tenant's voices or orders change, and so long at most. */
const KEPT_MS = 10 * 60_000
/** Those that are made after a comparison stay a day: what is known of the orders moves on by the day. */
const PREPARED_MS = 24 * 60 * 60_000
/** They wait for a pause after it: arithmetic should not stand in the way of whoever reads the findings. */
const PAUSE_MS = 5_000
const MOST_KEPT = 40

interface Modelled {
  weighing: Weighing
  ledger: Ledger | null
}

interface Making {
  /** How long its answer is kept. */
  keptMs: number
  /** What its factors are chosen from. */
  compare(question: DriverQuestion): Promise<ComparedOutcomes>
}

/** While the models of several outcomes are made: what they are all chosen from, until it changes. */
interface Shared {
  tenant: TenantId
  compared?: Promise<ComparedOutcomes>
}

interface Kept {
  tenant: TenantId
  until: number
  answer: Promise<Modelled>
}

/** Drivers side by side: what goes with an outcome in a slice, by one model of all factors; and the ledger of refunds. */
export function createDrivers(
  core: Core,
  findings: Findings,
  sliceOf: (tenant: TenantId, asked: AskedSlice, now: number) => Promise<Slice>,
) {
  const { stores, tenancy, names, changes, log } = core
  const kept = new Map<string, Kept>()
  let running: Promise<unknown> = Promise.resolve()

  const shared = new Set<Shared>()
  const waiting = new Map<TenantId, NodeJS.Timeout>()
  let closed = false

  const stop = changes.subscribe(null, (what, tenant) => {
    if (what.includes('findings')) schedule(tenant)
    if (!what.includes('voices') && !what.includes('orders')) return
    for (const [key, one] of kept) if (one.tenant === tenant) kept.delete(key)
    for (const one of shared) if (one.tenant === tenant) delete one.compared
  })

  function schedule(tenant: TenantId): void {
    clearTimeout(waiting.get(tenant))
    const prepareNow = () => {
      waiting.delete(tenant)
      prepare(tenant).catch((error: Error) => log(`modelling for ${tenant} failed: ${error.message}`))
    }
    waiting.set(tenant, setTimeout(prepareNow, PAUSE_MS))
  }

  /** After a comparison, the models that the pages of its findings show: they need only be read then. */
  async function prepare(tenant: TenantId): Promise<void> {
    const { findings: known, period } = await findings.list(tenant)
    const outcomes = new Set(known.filter(({ current }) => current).map(({ outcome }) => outcome))
    if (outcomes.size === 0 || !period) return
    const now = Date.now()
    const slice = await sliceOf(tenant, { ...period, category: [], merchant: [], product: [], city: [] }, now)
    const mine: Shared = { tenant }
    const compare = (question: DriverQuestion) => {
      mine.compared ??= compareOutcomes(stores.analytics, question)
      return mine.compared
    }
    shared.add(mine)
    try {
      for (const outcome of outcomes) {
        if (closed || waiting.has(tenant)) return
        await modelled(outcome, slice, now, { keptMs: PREPARED_MS, compare })
      }
    } finally {
      shared.delete(mine)
    }
  }

  async function modelled(
    outcomeId: string,
    slice: Slice,
    now: number,
    { keptMs = KEPT_MS, compare = (question) => compareOutcomes(stores.analytics, question) }: Partial<Making> = {},
  ): Promise<Modelled | undefined> {
    const outcome = findOutcome(outcomeId)
    if (!outcome) return undefined
    const key = JSON.stringify([outcomeId, slice])
    const known = kept.get(key)
    if (known && now < known.until) return known.answer
    // One model at a time: they are long arithmetic on the thread that also answers.
    const answer = running.then(async (): Promise<Modelled> => {
      const { settings } = await tenancy.find(slice.tenant)
      const asOf = await tenancy.knownUntil(slice.tenant, now)
      const { products } = await productFacts(stores.db, slice.tenant)
      const question = { slice, names: names.forMeasure, products, asOf, returnWindowDays: settings.returnWindowDays }
      const model = await modelDrivers(stores.analytics, outcome, question, () => compare(question))
      const weighing = await weighDrivers(model, names.forMeasure)
      return { weighing, ledger: outcomeId === 'return' ? await ledgerOf(model) : null }
    })
    running = answer.catch(() => undefined)
    kept.delete(key)
    kept.set(key, { tenant: slice.tenant, until: now + keptMs, answer })
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) kept.delete(oldest)
    answer.catch(() => kept.delete(key))
    return answer
  }

  /** Which of some candidates are findings with a page of their own. */
  async function pagesOf(tenant: TenantId): Promise<ReadonlySet<string>> {
    const { findings: known } = await findings.list(tenant)
    return new Set(known.map(({ id }) => id))
  }

  async function weigh(tenant: TenantId, outcome: string, asked: AskedSlice, now: number) {
    const slice = await sliceOf(tenant, asked, now)
    const [answer, pages] = await Promise.all([modelled(outcome, slice, now), pagesOf(tenant)])
    if (!answer) return undefined
    const money = new Map(answer.ledger?.rows.map((row) => [row.id, row]))
    return {
      ...answer.weighing,
      period: { from: slice.from, to: slice.to },
      currency: answer.ledger?.currency ?? null,
      factors: answer.weighing.factors.map((factor) => ({
        ...factor,
        page: pages.has(factor.id),
        refund: money.get(factor.id)?.refund ?? null,
      })),
    }
  }

  async function ledger(tenant: TenantId, asked: AskedSlice, now: number) {
    const slice = await sliceOf(tenant, asked, now)
    const [answer, pages] = await Promise.all([modelled('return', slice, now), pagesOf(tenant)])
    const { ledger: found, weighing } = answer!
    const sentences = new Map(weighing.factors.map(({ id, sentence }) => [id, sentence]))
    return {
      period: { from: slice.from, to: slice.to },
      ledger: found && {
        ...found,
        rows: found.rows.map((row) => ({
          ...row,
          page: pages.has(row.id),
          sentence: sentences.get(row.id)!,
          owner: names.owner(row),
          advice: names.advice(row),
        })),
      },
    }
  }

  async function close(): Promise<void> {
    closed = true
    stop()
    for (const timer of waiting.values()) clearTimeout(timer)
    await running
  }

  return { weigh, ledger, close }
}
