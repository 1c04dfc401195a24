import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { fail, ok, type Result } from '../core/result.ts'
import { type TenantId, tenantId } from '../core/tenant.ts'
import { toldReason } from '../listen/reasons/reason.ts'
import type { Stores } from '../store/open.ts'

/** A refusal as the console shows it: which event, and why. */
export interface Refusal {
  name: string
  reason: string
  at: number
}

/** What came of a batch. */
interface Came {
  kept: number
  refused: number
  last?: Refusal
  at: number
}

const MOST_ORIGINS = 20
const NOTED_MS = 1_000

/**
 * Write keys of web sites. Such a key stands in the source of every page, so it is no secret and is kept as it is: it can only send
 * events, for one tenant, from pages of the origins that it was made for.
 */
export function keepCollectKeys({ db }: Stores, log: (line: string) => void) {
  const noted = new Map<string, Omit<Came, 'at'> & { tenant: TenantId; at: number | null }>()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function make(tenant: TenantId, name: string, asked: readonly string[]) {
    const origins = exactOrigins(asked)
    if (!origins.ok) return origins
    const [id, key] = [randomUUID(), `dsw_${randomBytes(18).toString('base64url')}`]
    await db
      .insertInto('collect_keys')
      .values({ id, tenant, name, key, origins: JSON.stringify(origins.value) })
      .execute()
    return ok({ id, name, key, origins: origins.value })
  }

  async function list(tenant: TenantId) {
    const rows = await db
      .selectFrom('collect_keys')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('revoked_at', 'is', null)
      .orderBy('created_at')
      .execute()
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      key: row.key,
      origins: row.origins,
      createdAt: row.created_at.getTime(),
      lastAt: row.last_at?.getTime() ?? null,
      kept: Number(row.kept),
      refused: Number(row.refused),
      lastRefusal: row.last_refusal && { ...row.last_refusal, told: toldReason(row.last_refusal.reason) },
    }))
  }

  async function revoke(tenant: TenantId, id: string): Promise<boolean> {
    const done = await db
      .updateTable('collect_keys')
      .set({ revoked_at: new Date() })
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    return done.numUpdatedRows > 0n
  }

  /** Whose key this is, and which pages may use it. */
  async function find(key: string): Promise<{ id: string; tenant: TenantId; origins: string[] } | undefined> {
    const row = await db
      .selectFrom('collect_keys')
      .select(['id', 'tenant', 'origins'])
      .where('key', '=', key)
      .where('revoked_at', 'is', null)
      .executeTakeFirst()
    return row && { ...row, tenant: tenantId.parse(row.tenant) }
  }

  /** Does any site that may send anything have this origin? Browsers ask before they show a key. */
  async function isDeclared(origin: string): Promise<boolean> {
    const row = await db
      .selectFrom('collect_keys')
      .select('id')
      .where('revoked_at', 'is', null)
      .where(sql<boolean>`origins @> ${JSON.stringify([origin])}::jsonb`)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  /** Adds what came of a batch to what the console shows. Written together, so that a busy site does not wait for its own counters. */
  function note(tenant: TenantId, id: string, came: Came): void {
    const before = noted.get(id)
    noted.set(id, {
      tenant,
      kept: (before?.kept ?? 0) + came.kept,
      refused: (before?.refused ?? 0) + came.refused,
      last: came.last ?? before?.last,
      at: came.kept > 0 ? came.at : (before?.at ?? null),
    })
    timer ??= setTimeout(() => void writeNotes(), NOTED_MS)
  }

  async function writeNotes(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const all = [...noted]
    noted.clear()
    for (const [id, { tenant, kept, refused, last, at }] of all) {
      await db
        .updateTable('collect_keys')
        .set((eb) => ({
          kept: eb('kept', '+', String(kept)),
          refused: eb('refused', '+', String(refused)),
          ...(at !== null && { last_at: new Date(at) }),
          ...(last && { last_refusal: JSON.stringify(last) }),
        }))
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .execute()
        .catch((error: Error) => log(`what came under a write key could not be noted: ${error.message}`))
    }
  }

  return { make, list, revoke, find, isDeclared, note, close: writeNotes }
}

/** Origins as browsers write them: `https://shop.example`, no path, no wildcard. */
function exactOrigins(asked: readonly string[]): Result<string[]> {
  const origins = new Set<string>()
  for (const text of asked.map((one) => one.trim()).filter(Boolean)) {
    const url = URL.canParse(text) ? new URL(text) : undefined
    const isOrigin =
      url && /^https?:$/.test(url.protocol) && !url.hostname.includes('*') && url.href === `${url.origin}/`
    if (!isOrigin)
      return fail({
        code: 'origin_invalid',
        message: `"${text.slice(0, 100)}" is not the origin of a web site`,
        remedy: 'write scheme and host, such as https://shop.example.com; each host by itself',
        where: 'origins',
      })
    origins.add(url.origin)
  }
  if (origins.size > 0 && origins.size <= MOST_ORIGINS) return ok([...origins])
  return fail({
    code: 'origin_invalid',
    message:
      origins.size === 0 ? 'no origin is given' : `${origins.size} origins are given; ${MOST_ORIGINS} are possible`,
    remedy: 'write the addresses of your site, such as https://shop.example.com',
    where: 'origins',
  })
}
