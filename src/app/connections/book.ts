import { randomBytes } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import { checkTarget } from '../../core/reach/reach.ts'
import { fail, ok, type Problem, type Result } from '../../core/result.ts'
import { type TenantId, tenantId } from '../../core/tenant.ts'
import type { ConnectionSetting, Source } from '../../listen/source/source.ts'
import { sources } from '../../listen/sources/list.ts'
import type { ConnectionTable } from '../../store/postgres/tables/connections.ts'
import type { Core } from '../core.ts'
import type { Seal } from '../seal.ts'

export type Way = 'webhook' | 'pull'

/** A connection with its secrets in the clear: for the flow alone, never for an answer or a log. */
export interface Connection {
  id: string
  tenant: TenantId
  source: Source
  way: Way
  paused: boolean
  settings: Record<string, string>
  /** The webhook's signing secret; empty for a pull. */
  secret: string
  cursor: string | null
  failures: number
}

export interface ConnectionWish {
  source: string
  way: Way
  name: string
  settings: Record<string, string>
}

/** The secret that a webhook's sender signs with, among the settings. */
const SIGNING_SECRET = 'secret'
const LONGEST_SETTING = 2_000

/** Connections on record: what a person entered, sealed where it is secret, and how they fare. */
export function openBook({ stores, config }: Pick<Core, 'stores' | 'config'>, seal: Seal) {
  const { db } = stores

  /** Problems: `source_unknown`, `connection_setting`, those of an address (`address_refused` …). */
  async function make(
    tenant: TenantId,
    wish: ConnectionWish,
    by: { actor: string; now: number },
  ): Promise<Result<{ id: string }>> {
    const source = sources.find(({ id }) => id === wish.source)
    if (!source?.[wish.way]) return fail(NO_SUCH_WAY(wish))
    const checked = await check(settingsOf(source, wish.way), wish.settings)
    if (!checked.ok) return checked
    const id = randomBytes(18).toString('base64url')
    await db
      .insertInto('connections')
      .values({
        ...{ id, tenant, source: source.id, way: wish.way, name: wish.name.trim() },
        settings: JSON.stringify(checked.value.open),
        secrets_sealed: seal.close(JSON.stringify(checked.value.secret)),
        created_by: by.actor,
        next_at: wish.way === 'pull' ? new Date(by.now) : null,
      })
      .execute()
    return ok({ id })
  }

  /** Sorts settings into open and secret ones, each known, given where needed, and its address one that may be reached. */
  async function check(known: readonly ConnectionSetting[], given: Record<string, string>) {
    const values: { open: Record<string, string>; secret: Record<string, string> } = { open: {}, secret: {} }
    for (const setting of known) {
      const value = (given[setting.id] ?? '').trim()
      if (value === '' && setting.optional) continue
      if (value === '' || value.length > LONGEST_SETTING)
        return fail(wrongSetting(setting, value === '' ? 'is missing' : `is longer than ${LONGEST_SETTING} characters`))
      if (setting.id === 'baseUrl') {
        const target = await checkTarget(value, config.allow ?? [])
        if (!target.ok) return fail({ ...target.problem, where: setting.id })
      }
      values[setting.secret ? 'secret' : 'open'][setting.id] = value
    }
    return ok(values)
  }

  async function list(tenant: TenantId) {
    const rows = await db
      .selectFrom('connections')
      .selectAll()
      .where('tenant', '=', tenant)
      .orderBy('created_at')
      .execute()
    return rows.map((row) => ({
      id: row.id,
      source: row.source,
      way: row.way,
      name: row.name,
      settings: row.settings,
      paused: row.paused,
      createdAt: row.created_at.getTime(),
      deliveries: Number(row.deliveries),
      kept: Number(row.kept),
      lastAt: row.last_at?.getTime() ?? null,
      nextAt: row.next_at?.getTime() ?? null,
      failures: row.failures,
      problem: row.problem && { ...(row.problem as Problem), at: row.problem_at!.getTime() },
    }))
  }

  async function find(id: string): Promise<Connection | null> {
    const row = await db.selectFrom('connections').selectAll().where('id', '=', id).executeTakeFirst()
    return row ? connectionOf(row) : null
  }

  /** Null where its source is gone or its secrets were sealed by another installation. */
  function connectionOf(row: Selectable<ConnectionTable>): Connection | null {
    const source = sources.find((one) => one.id === row.source)
    const secrets = seal.open(row.secrets_sealed)
    if (!source || secrets === null) return null
    const hidden = JSON.parse(secrets) as Record<string, string>
    const { id, way, paused, cursor, failures } = row
    return {
      ...{ id, tenant: tenantId.parse(row.tenant), source, way, paused, cursor, failures },
      settings: { ...row.settings, ...hidden },
      secret: hidden[SIGNING_SECRET] ?? '',
    }
  }

  async function remove(tenant: TenantId, id: string): Promise<boolean> {
    const done = await db.deleteFrom('connections').where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst()
    return done.numDeletedRows > 0n
  }

  async function pause(tenant: TenantId, id: string, paused: boolean, now: number): Promise<boolean> {
    const done = await db
      .updateTable('connections')
      .set({ paused, next_at: sql<Date | null>`case when way = 'pull' then ${new Date(now)}::timestamptz end` })
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .executeTakeFirst()
    return done.numUpdatedRows > 0n
  }

  /** New secrets take the place of the old at once; settings that are not given stay. */
  async function reset(
    tenant: TenantId,
    id: string,
    given: Record<string, string>,
    now: number,
  ): Promise<Result<true> | null> {
    const row = await db
      .selectFrom('connections')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .executeTakeFirst()
    const before = row && connectionOf(row)
    if (!row || !before) return null
    const asked = Object.fromEntries(Object.entries(given).filter(([, value]) => value.trim() !== ''))
    const checked = await check(settingsOf(before.source, before.way), { ...before.settings, ...asked })
    if (!checked.ok) return checked
    await db
      .updateTable('connections')
      .set({
        settings: JSON.stringify(checked.value.open),
        secrets_sealed: seal.close(JSON.stringify(checked.value.secret)),
        failures: 0,
        problem: null,
        problem_at: null,
        next_at: before.way === 'pull' ? new Date(now) : null,
      })
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .execute()
    return ok(true)
  }

  async function noteSuccess(
    { id, tenant }: Connection,
    kept: number,
    now: number,
    more: Partial<{ cursor: string; nextAt: number }> = {},
  ) {
    await db
      .updateTable('connections')
      .set((e) => ({
        deliveries: e('deliveries', '+', '1'),
        kept: e('kept', '+', String(kept)),
        last_at: new Date(now),
        failures: 0,
        problem: null,
        problem_at: null,
        ...(more.cursor !== undefined && { cursor: more.cursor }),
        ...(more.nextAt !== undefined && { next_at: new Date(more.nextAt) }),
      }))
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .execute()
  }

  async function noteFailure({ id, tenant }: Connection, problem: Problem, now: number, nextAt?: number) {
    const { code, message, remedy } = problem
    await db
      .updateTable('connections')
      .set((e) => ({
        failures: e('failures', '+', 1),
        problem: JSON.stringify({ code, message, remedy }),
        problem_at: new Date(now),
        ...(nextAt !== undefined && { next_at: new Date(nextAt) }),
      }))
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .execute()
  }

  /** A pull that is due, put off meanwhile by `leaseMs`, so that no other process asks too. */
  async function takeDue(now: number, leaseMs: number): Promise<Connection | null> {
    const row = await db
      .updateTable('connections')
      .set({ next_at: new Date(now + leaseMs) })
      .where('id', '=', (e) =>
        e
          .selectFrom('connections')
          .select('id')
          .where('next_at', '<=', new Date(now))
          .where('paused', '=', false)
          .orderBy('next_at')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .returningAll()
      .executeTakeFirst()
    return row ? connectionOf(row) : null
  }

  return { make, list, find, remove, pause, reset, noteSuccess, noteFailure, takeDue }
}

export type Book = ReturnType<typeof openBook>

/** What a person enters for a connection of this kind. */
export function settingsOf(source: Source, way: Way): readonly ConnectionSetting[] {
  if (way === 'pull') return source.pull!.settings
  const { secretHint, settings = [] } = source.webhook!
  return [{ id: SIGNING_SECRET, zh: '签名密钥', en: 'Signing secret', hint: secretHint, secret: true }, ...settings]
}

const NO_SUCH_WAY = ({ source, way }: ConnectionWish): Problem => ({
  code: 'source_unknown',
  message: `"${source}" has no ${way}.`,
  remedy: 'Choose one of the sources that are listed with it.',
  where: 'source',
})

const wrongSetting = (setting: ConnectionSetting, why: string): Problem => ({
  code: 'connection_setting',
  message: `${setting.en} ${why}.`,
  ...(setting.hint && { remedy: setting.hint.en }),
  where: setting.id,
})
