import { checkTarget } from '../../core/reach/reach.ts'
import { fail, ok, type Problem, type Result } from '../../core/result.ts'
import { type TenantId, tenantId } from '../../core/tenant.ts'
import type { Config } from '../config.ts'
import type { Core } from '../core.ts'
import type { Seal } from '../seal.ts'

/** What a person sets. A key that is not given stays as it is; null takes it away. */
export interface LlmWish {
  enabled: boolean
  baseUrl: string
  model: string
  key?: string | null
  requestsPerDay: number
  tokensPerDay: number
  /** From this doubt on (0–1) a voice goes to the model. */
  threshold: number
}

/** The same as it is kept, with the key in the clear: for the flow alone, never for an answer or a log. */
export interface LlmSettings extends Required<Omit<LlmWish, 'key'>> {
  key: string | null
  keyFrom: 'console' | 'environment' | null
  failures: number
  lastError: (Problem & { at: number }) | null
  pausedUntil: number | null
}

const llmDefaults = {
  enabled: false,
  baseUrl: '',
  model: '',
  requestsPerDay: 200,
  tokensPerDay: 400_000,
  threshold: 0.6,
} as const

// A service that fails is left alone for a minute, then twice as long each time, up to an hour.
const FIRST_PAUSE_MS = 60_000
const LONGEST_PAUSE_MS = 3_600_000

export function openLlmSettings({ stores, config }: Pick<Core, 'stores' | 'config'>, seal: Seal) {
  const { db } = stores

  async function load(tenant: TenantId): Promise<LlmSettings> {
    const row = await db.selectFrom('llm_settings').selectAll().where('tenant', '=', tenant).executeTakeFirst()
    if (!row) return { ...llmDefaults, key: null, keyFrom: null, failures: 0, lastError: null, pausedUntil: null }
    const kept = row.key_sealed === null ? null : seal.open(row.key_sealed)
    const environment = environmentKey(config, row.base_url)
    return {
      enabled: row.enabled,
      baseUrl: row.base_url,
      model: row.model,
      requestsPerDay: row.requests_per_day,
      tokensPerDay: row.tokens_per_day,
      threshold: row.threshold,
      key: kept ?? environment,
      keyFrom: kept !== null ? 'console' : environment !== null ? 'environment' : null,
      failures: row.failures,
      lastError: row.last_error && { ...(row.last_error as Problem), at: row.last_error_at!.getTime() },
      pausedUntil: row.paused_until?.getTime() ?? null,
    }
  }

  /** Problems: those of the address (`address_refused` …), `llm_model` where none is named. Saving ends a pause. */
  async function save(tenant: TenantId, wish: LlmWish, by: { actor: string; now: number }): Promise<Result<true>> {
    const baseUrl = wish.baseUrl.trim().replace(/\/+$/, '')
    if (wish.enabled || baseUrl !== '') {
      const target = await checkTarget(`${baseUrl}/chat/completions`, config.allow ?? [])
      if (!target.ok) return fail({ ...target.problem, where: 'baseUrl' })
    }
    if (wish.enabled && wish.model.trim() === '')
      return fail({
        code: 'llm_model',
        message: 'There is no model without a name.',
        remedy: 'Name the model as its service does.',
        where: 'model',
      })
    const before = await db
      .selectFrom('llm_settings')
      .select(['base_url', 'key_sealed'])
      .where('tenant', '=', tenant)
      .executeTakeFirst()
    // A key was given for one service: another one must not be handed it.
    const kept = before && originOf(before.base_url) === originOf(baseUrl) ? before.key_sealed : null
    const values = {
      enabled: wish.enabled,
      base_url: baseUrl,
      model: wish.model.trim(),
      key_sealed: wish.key === undefined ? kept : wish.key === null || wish.key === '' ? null : seal.close(wish.key),
      requests_per_day: wish.requestsPerDay,
      tokens_per_day: wish.tokensPerDay,
      threshold: wish.threshold,
      updated_at: new Date(by.now),
      updated_by: by.actor,
      failures: 0,
      last_error: null,
      last_error_at: null,
      paused_until: null,
    }
    await db
      .insertInto('llm_settings')
      .values({ tenant, ...values })
      .onConflict((conflict) => conflict.column('tenant').doUpdateSet(values))
      .execute()
    return ok(true)
  }

  async function noteFailure(tenant: TenantId, problem: Problem, failures: number, now: number, waitMs?: number) {
    const pause = Math.min(LONGEST_PAUSE_MS, Math.max(waitMs ?? 0, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10)))
    await db
      .updateTable('llm_settings')
      .set({
        failures: failures + 1,
        last_error: JSON.stringify(problem),
        last_error_at: new Date(now),
        paused_until: new Date(now + pause),
      })
      .where('tenant', '=', tenant)
      .execute()
  }

  async function noteSuccess(tenant: TenantId): Promise<void> {
    await db
      .updateTable('llm_settings')
      .set({ failures: 0, paused_until: null })
      .where('tenant', '=', tenant)
      .where('failures', '>', 0)
      .execute()
  }

  async function enabledTenants(): Promise<TenantId[]> {
    const rows = await db.selectFrom('llm_settings').select('tenant').where('enabled', '=', true).execute()
    return rows.map((row) => tenantId.parse(row.tenant))
  }

  return { load, save, noteFailure, noteSuccess, enabledTenants }
}

/** The operator's key, for the operator's own address alone: a tenant that names another server must not be sent it. */
const environmentKey = ({ llm }: Config, baseUrl: string): string | null =>
  llm && originOf(llm.url) === originOf(baseUrl) ? llm.key : null

const originOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).origin : null)
