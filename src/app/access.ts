import { hash, randomBytes, randomUUID } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { sql } from 'kysely'
import { fail, ok, type Problem, type Result } from '../core/result.ts'
import { DEMO, MAIN, type TenantId, tenantId } from '../core/tenant.ts'
import type { Stores } from '../store/open.ts'
import { rememberFor } from './remember.ts'

/** The last use of a key is written down so often at most. */
const KEY_USE_MS = 3_600_000

/** The secret is told once, here. */
export interface NewKey {
  id: string
  name: string
  secret: string
}

/** Who asks, and what they may do. */
export interface Caller {
  user: { id: string; name: string; email: string } | null
  /** A name for records: the person, the key, or the command line. */
  actor: string
  /** Tenant to what may be done in it. */
  rights: ReadonlyMap<TenantId, Right>
  /** The one source under which this caller may send, where its key names one. */
  source?: string
  /** The command line on this data folder: who may use it may do anything here. */
  local?: true
}

/** `ingest` sends records and nothing else; `write` may also read and change; they do not contain each other upwards. */
export type Right = 'ingest' | 'read' | 'write'

/** What a key is for. */
export interface KeyWish {
  name: string
  scope: Right
  /** For `ingest`: the only source it may send under. */
  source?: string
}

export interface Credentials {
  headers: Headers
  /** True where the request came over loopback under a loopback name. */
  loopback: boolean
}

export type Access = Awaited<ReturnType<typeof openAccess>>

/**
 * Accounts and sessions (better-auth), API keys, and the command line's token. Signing up is closed: the first account is made by
 * `createOwner`, over loopback, once.
 */
export async function openAccess(stores: Stores, options: { secret: string; localToken: string }) {
  const auth = betterAuth({
    database: stores.pg,
    secret: options.secret,
    basePath: '/api/auth',
    trustedOrigins: (request) => (request ? [new URL(request.url).origin] : []),
    emailAndPassword: { enabled: true, minPasswordLength: 10, autoSignIn: true },
    session: { expiresIn: 30 * 24 * 3600 },
    rateLimit: { enabled: true, window: 60, max: 100, customRules: { '/sign-in/email': { window: 60, max: 10 } } },
    advanced: { cookiePrefix: 'daystar' },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  })
  await (await getMigrations(auth.options)).runMigrations()
  const { db } = stores
  let ownerKnown = false

  async function needsOwner(): Promise<boolean> {
    if (ownerKnown) return false
    ownerKnown = (await db.selectFrom('members').select('user_id').limit(1).executeTakeFirst()) !== undefined
    return !ownerKnown
  }

  /** Makes the first account, owner of every tenant. Under a lock, so that two at once make one. */
  async function createOwner(person: { name: string; email: string; password: string }): Promise<Result<Headers>> {
    const client = await stores.pg.connect()
    try {
      await client.query('select pg_advisory_lock(70700001)')
      if (!(await needsOwner())) return fail(OWNER_EXISTS)
      const { headers, response } = await auth.api.signUpEmail({ body: person, returnHeaders: true })
      for (const tenant of [MAIN, DEMO]) {
        await db.insertInto('members').values({ tenant, user_id: response.user.id, role: 'owner' }).execute()
      }
      ownerKnown = true
      return ok(headers)
    } catch (error) {
      if (isApiError(error))
        return fail({
          code: 'account',
          message: error.message,
          remedy: 'use another e-mail, or a password of at least 10 characters',
        })
      throw error
    } finally {
      await client.query('select pg_advisory_unlock(70700001)')
      client.release()
    }
  }

  async function allTenants(right: Right): Promise<Map<TenantId, Right>> {
    const rows = await db.selectFrom('tenants').select('id').orderBy('id').execute()
    return new Map(rows.map((row) => [tenantId.parse(row.id), right]))
  }

  const localHash = sha256(options.localToken)
  const keys = rememberFor<Caller>(KEY_REMEMBERED_MS, async (hash) => {
    const key = await db
      .selectFrom('api_keys')
      .selectAll()
      .where('hash', '=', hash)
      .where('revoked_at', 'is', null)
      .where((e) => e.or([e('expires_at', 'is', null), e('expires_at', '>', sql<Date>`now()`)]))
      .executeTakeFirst()
    if (!key) return null
    if (!key.used_at || Date.now() - key.used_at.getTime() > KEY_USE_MS)
      await db
        .updateTable('api_keys')
        .set({ used_at: new Date() })
        .where('tenant', '=', key.tenant)
        .where('id', '=', key.id)
        .execute()
    return {
      user: null,
      actor: `key ${key.name}`,
      rights: new Map([[tenantId.parse(key.tenant), key.scope]]),
      ...(key.source !== null && { source: key.source }),
    }
  })

  /** Recognises the caller: the command line's token, an API key, a session, or a guest of the demo on loopback. */
  async function recognise({ headers, loopback }: Credentials): Promise<Caller | null> {
    const bearer = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1]
    if (bearer !== undefined) {
      const hashed = sha256(bearer)
      if (loopback && hashed === localHash) {
        return { user: null, actor: 'cli', rights: await allTenants('write'), local: true }
      }
      return keys.find(hashed)
    }
    const session = headers.has('cookie') ? await auth.api.getSession({ headers }) : null
    if (session) {
      const rows = await db
        .selectFrom('members')
        .select('tenant')
        .where('user_id', '=', session.user.id)
        .orderBy('tenant', 'desc')
        .execute()
      const { id, name, email } = session.user
      return {
        user: { id, name, email },
        actor: name,
        rights: new Map(rows.map((row) => [tenantId.parse(row.tenant), 'write'])),
      }
    }
    return loopback ? { user: null, actor: 'guest', rights: new Map([[DEMO, 'read']]) } : null
  }

  async function createKey(tenant: TenantId, { name, scope, source }: KeyWish): Promise<NewKey> {
    const secret = `dsk_${randomBytes(24).toString('base64url')}`
    const id = randomUUID()
    await db
      .insertInto('api_keys')
      .values({ id, tenant, name, scope, source: source ?? null, hash: sha256(secret) })
      .execute()
    return { id, name, secret }
  }

  /** A new secret with the same rights; the old one works for `graceHours` more. Null where there is no such key. */
  async function rotateKey(tenant: TenantId, id: string, graceHours: number): Promise<NewKey | null> {
    const old = await db
      .updateTable('api_keys')
      .set({ expires_at: sql<Date>`now() + make_interval(hours => ${graceHours})` })
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .where('expires_at', 'is', null)
      .returningAll()
      .executeTakeFirst()
    keys.forget()
    if (!old) return null
    return createKey(tenant, { name: old.name, scope: old.scope, ...(old.source !== null && { source: old.source }) })
  }

  async function listKeys(tenant: TenantId) {
    const rows = await db
      .selectFrom('api_keys')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('revoked_at', 'is', null)
      .where((e) => e.or([e('expires_at', 'is', null), e('expires_at', '>', sql<Date>`now()`)]))
      .orderBy('created_at')
      .execute()
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      scope: row.scope,
      source: row.source,
      createdAt: row.created_at.getTime(),
      expiresAt: row.expires_at?.getTime() ?? null,
      usedAt: row.used_at?.getTime() ?? null,
    }))
  }

  async function revokeKey(tenant: TenantId, id: string): Promise<boolean> {
    const done = await db
      .updateTable('api_keys')
      .set({ revoked_at: new Date() })
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    keys.forget()
    return done.numUpdatedRows > 0n
  }

  return { handler: auth.handler, needsOwner, createOwner, recognise, createKey, rotateKey, listKeys, revokeKey }
}

const OWNER_EXISTS: Problem = {
  code: 'owner_exists',
  message: 'the owner account exists already',
  remedy: 'sign in with it',
}

/** A key that another process revokes is refused here after so long; one that is revoked in this process, at once. */
const KEY_REMEMBERED_MS = 3_000

const sha256 = (text: string): string => hash('sha256', text, 'hex')

const isApiError = (error: unknown): error is Error & { status: string } =>
  error instanceof Error && error.name === 'APIError'
