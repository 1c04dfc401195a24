import { localDay } from '../../core/clock.ts'
import { ok, type Result } from '../../core/result.ts'
import type { TenantId } from '../../core/tenant.ts'
import { putAmendment, storeAmendments } from '../../listen/amendments.ts'
import { choosePack } from '../../understand/choose-pack.ts'
import { isChange, type Settled, settle } from '../../understand/llm/settle.ts'
import type { Core } from '../core.ts'
import type { Overlays } from '../overlays.ts'
import { sealFor } from '../seal.ts'
import { type Asking, ask } from './ask.ts'
import { spentOn } from './budget.ts'
import { type Unsure, unsureVoices } from './candidates.ts'
import { type LlmSettings, type LlmWish, openLlmSettings } from './settings.ts'
import { llmShare } from './share.ts'

/** So many voices are asked about before their readings are stored and told. */
const PORTION = 20
const LOOK_AGAIN_MS = 5 * 60_000
/** Any number that no other use of the database takes for an advisory lock. */
const LOCK = 7_070_002

const UNCHANGED: Settled = { sentiment: false, added: 0, dropped: 0, turned: 0 }

/**
 * The second look at voices that the fast reader is unsure of, by a language model that the tenant has chosen. It runs behind everything:
 * nothing that comes in waits for it, and without it nothing is missing but these voices' second look. One pass at a time over all processes.
 */
export function createLlm(core: Core, overlays: Overlays, secret: string) {
  const { stores, config, log, tenancy, changes } = core
  const settings = openLlmSettings(core, sealFor('llm key', secret))
  const stopping = new AbortController()
  const waiting = new Set<TenantId>()
  let enabled: ReadonlySet<TenantId> = new Set()
  let running: Promise<void> | null = null

  const stop = changes.subscribe(null, (what, tenant) => {
    if (what.includes('voices') && enabled.has(tenant)) wake(tenant)
  })
  const timer = setInterval(() => void lookAgain(), LOOK_AGAIN_MS)
  timer.unref()
  const started = lookAgain()

  /** A new day has a new budget, and a pause ends. */
  async function lookAgain(): Promise<void> {
    try {
      enabled = new Set(await settings.enabledTenants())
      for (const tenant of enabled) wake(tenant)
    } catch (error) {
      log(`looking for voices to ask about failed: ${messageOf(error)}`)
    }
  }

  function wake(tenant: TenantId): void {
    if (stopping.signal.aborted) return
    waiting.add(tenant)
    running ??= run()
  }

  async function run(): Promise<void> {
    // What is woken while the loop runs is reached by it; after its last look nothing comes between that look and the end.
    for (const tenant of waiting) {
      waiting.delete(tenant)
      if (stopping.signal.aborted) break
      try {
        await alone(() => pass(tenant))
      } catch (error) {
        log(`asking about unsure voices of tenant ${tenant} failed: ${messageOf(error)}`)
      }
    }
    running = null
  }

  /** Does the work unless another process is at it. */
  async function alone(work: () => Promise<void>): Promise<void> {
    const client = await stores.pg.connect()
    try {
      const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK])
      if (!rows[0]?.taken) return
      await work()
      await client.query('select pg_advisory_unlock($1)', [LOCK])
    } finally {
      // Where the work broke off the lock goes with its connection.
      client.release(true)
    }
  }

  /** Asks about the tenant's unsure voices until there are none left, the budget is spent, or the service fails. */
  async function pass(tenant: TenantId): Promise<void> {
    const now = Date.now()
    const chosen = await settings.load(tenant)
    if (!chosen.enabled || (chosen.pausedUntil ?? 0) > now) return
    const { zone } = await tenancy.find(tenant)
    const budget = { tenant, day: localDay(now, zone), ...chosen }
    if ((await spentOn(stores, tenant, budget.day)).requests >= chosen.requestsPerDay) return
    const extent = await tenancy.extent(tenant)
    if (!extent) return
    const overlay = await overlays.of(tenant)
    const asking: Asking = {
      ...{ stores, tenant, budget, settings: chosen, allowed: config.allow ?? [], signal: stopping.signal },
      engine: `${core.reader.engine}+${overlay?.digest ?? ''}`,
    }
    const voices = await unsureVoices(stores, tenant, extent.to, chosen.threshold)
    for (let at = 0; at < voices.length && !stopping.signal.aborted; at += PORTION)
      if (!(await askAll(asking, voices.slice(at, at + PORTION)))) return
  }

  /** One after the other, so that a slow service is not pressed. False where the pass must end. */
  async function askAll(asking: Asking, voices: readonly Unsure[]): Promise<boolean> {
    const { tenant } = asking
    const packs = await overlays.packsOf(tenant)
    let changed = false
    let goOn = true
    for (const voice of voices) {
      const asked = await ask(asking, voice.text, choosePack(packs, voice.category || voice.text))
      if (asked.outcome === 'spent') goOn = false
      if (asked.outcome === 'failed' && !stopping.signal.aborted) {
        log(`the language model of tenant ${tenant}: ${asked.problem.message}`)
        await settings.noteFailure(tenant, asked.problem, asking.settings.failures, Date.now(), asked.waitMs)
      }
      if (asked.outcome === 'spent' || asked.outcome === 'failed') {
        goOn = false
        break
      }
      changed = (await keep(tenant, voice, asked)) || changed
    }
    if (goOn) await settings.noteSuccess(tenant)
    if (changed) {
      await storeAmendments(stores, tenant)
      changes.publish(tenant, ['voices'])
    }
    changes.publish(tenant, ['settings'])
    return goOn
  }

  /** Puts on record what the model made of a voice; true where that changes its reading. */
  async function keep(
    tenant: TenantId,
    voice: Unsure,
    asked: Extract<Awaited<ReturnType<typeof ask>>, { key: string }>,
  ): Promise<boolean> {
    const { reading, settled } =
      asked.outcome === 'answered'
        ? settle(voice.text, voice.reading, asked.answer)
        : { reading: voice.reading, settled: UNCHANGED }
    await stores.db.transaction().execute(async (tx) => {
      await tx
        .insertInto('llm_readings')
        .values({
          ...{ tenant, voice_id: voice.id, day: voice.day, key: asked.key, asked: asked.asked, ...settled },
          refusal: asked.outcome === 'refused' ? asked.refusal : null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      if (isChange(settled)) await putAmendment(tx, tenant, voice, { origin: 'model', base: voice.reading, reading })
    })
    return isChange(settled)
  }

  async function state(tenant: TenantId, now: number) {
    const { key, keyFrom, failures: _, lastError, pausedUntil, ...chosen } = await settings.load(tenant)
    const { zone } = await tenancy.find(tenant)
    const spent = await spentOn(stores, tenant, localDay(now, zone))
    const paused = pausedUntil !== null && pausedUntil > now
    return {
      settings: { ...chosen, hasKey: key !== null, keyFrom },
      condition: conditionOf(chosen, paused, spent),
      allowed: [...(config.allow ?? [])],
      spent,
      lastError,
      pausedUntil: paused ? pausedUntil : null,
      ...(await llmShare(stores, tenant)),
    }
  }

  async function save(
    tenant: TenantId,
    wish: LlmWish,
    by: { actor: string; now: number },
  ): Promise<Result<Awaited<ReturnType<typeof state>>>> {
    const saved = await settings.save(tenant, wish, by)
    if (!saved.ok) return saved
    await lookAgain()
    changes.publish(tenant, ['settings'])
    return ok(await state(tenant, by.now))
  }

  async function close(): Promise<void> {
    stop()
    clearInterval(timer)
    stopping.abort()
    await started
    await running
  }

  /** Resolves when nothing is being asked and nothing waits to be. */
  async function settled(): Promise<void> {
    await started
    while (running) await running
  }

  return { state, save, settled, close }
}

function conditionOf(
  chosen: Pick<LlmSettings, 'enabled' | 'requestsPerDay'>,
  paused: boolean,
  spent: { requests: number },
): 'off' | 'paused' | 'spent' | 'on' {
  if (!chosen.enabled) return 'off'
  if (paused) return 'paused'
  return spent.requests >= chosen.requestsPerDay ? 'spent' : 'on'
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300)
