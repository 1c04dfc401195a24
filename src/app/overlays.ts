import path from 'node:path'
import type { Kysely } from 'kysely'
import type { Result } from '../core/result.ts'
import { Misfit } from '../core/shape.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Database } from '../store/postgres/tables.ts'
import {
  checkOwnWord,
  makeOverlay,
  type Overlay,
  type OwnWord,
  overlayPacks,
  type WordList,
} from '../understand/overlay.ts'
import { type PackFile, packFile } from '../understand/pack-file.ts'
import type { Pack } from '../understand/packs.ts'
import type { Core } from './core.ts'
import { folderPacks, folderStamp } from './folder-packs.ts'

/** A word that a person has accepted or turned down, with what the proposal rested on. */
export interface Decision extends OwnWord {
  verdict: 'accepted' | 'rejected'
  evidence: object
  decidedBy: string
  decidedAt: number
}

export type Overlays = ReturnType<typeof createOverlays>

/** What tenants add to the packs: kept in PostgreSQL, handed to the reader with every batch of the tenant's voices. */
export function createOverlays(
  core: Pick<Core, 'stores' | 'log' | 'config' | 'departments'> & { reader: Pick<Core['reader'], 'packs'> },
) {
  const { db } = core.stores
  const made = new Map<TenantId, { stamp: string; overlay: Overlay | null; packs: Pack[] }>()

  /** Asks PostgreSQL whether anything changed since, in this process or another. */
  async function current(tenant: TenantId) {
    const stamp = await stampOf(tenant)
    const known = made.get(tenant)
    if (known?.stamp === stamp) return known
    const folder = folderOf(tenant)
    for (const { problem } of folder.refused)
      core.log(`a pack in the folder of tenant ${tenant} is left out: ${problem}`)
    const overlay = makeOverlay([...folder.packs, ...(await ownPacks(tenant))], await acceptedWords(tenant))
    const { packs, refused } = overlay
      ? overlayPacks(core.reader.packs, overlay)
      : { packs: core.reader.packs, refused: [] }
    for (const reason of refused)
      core.log(`an addition of tenant ${tenant} to the packs does not fit any more: ${reason}`)
    const fresh = { stamp, overlay, packs }
    made.set(tenant, fresh)
    return fresh
  }

  async function stampOf(tenant: TenantId): Promise<string> {
    const [words, packs] = await Promise.all([
      db
        .selectFrom('own_words')
        .select(({ fn }) => [fn.countAll().as('n'), fn.max('decided_at').as('last')])
        .where('tenant', '=', tenant)
        .where('verdict', '=', 'accepted')
        .executeTakeFirstOrThrow(),
      db
        .selectFrom('own_packs')
        .select(({ fn }) => [fn.countAll().as('n'), fn.max('changed_at').as('last')])
        .where('tenant', '=', tenant)
        .executeTakeFirstOrThrow(),
    ])
    return JSON.stringify([words, packs, folderStamp(folderPath(tenant))])
  }

  const folderPath = (tenant: TenantId) => path.join(core.config.dataDir, 'packs', tenant)
  /** The packs that lie in the tenant's folder, and those among them that cannot be used. */
  const folderOf = (tenant: TenantId) => folderPacks(folderPath(tenant), core.reader.packs, core.departments)

  async function ownPacks(tenant: TenantId): Promise<PackFile[]> {
    const rows = await db.selectFrom('own_packs').select('body').where('tenant', '=', tenant).orderBy('id').execute()
    return rows.flatMap(({ body }) => {
      const pack = packFile(body)
      return pack instanceof Misfit ? [] : [pack]
    })
  }

  const acceptedWords = async (tenant: TenantId): Promise<OwnWord[]> =>
    (await decisions(tenant)).filter((one) => one.verdict === 'accepted')

  /** Every decision of a tenant, the newest first. */
  async function decisions(tenant: TenantId): Promise<Decision[]> {
    const rows = await db
      .selectFrom('own_words')
      .selectAll()
      .where('tenant', '=', tenant)
      .orderBy('decided_at', 'desc')
      .orderBy('word')
      .execute()
    return rows.map((row) => ({
      pack: row.pack,
      place: row.place,
      list: row.list as WordList,
      word: row.word,
      verdict: row.verdict,
      evidence: row.evidence,
      decidedBy: row.decided_by,
      decidedAt: row.decided_at.getTime(),
    }))
  }

  /** Puts a decision on record; a later one on the same word of the same pack replaces it. */
  async function decide(
    tenant: TenantId,
    own: OwnWord,
    about: { verdict: 'accepted' | 'rejected'; evidence: object; actor: string; now: number },
  ): Promise<Result<OwnWord>> {
    const checked = checkOwnWord(own, (await current(tenant)).packs)
    if (!checked.ok) return checked
    const { pack, word, place, list } = checked.value
    const decided = {
      verdict: about.verdict,
      place,
      list,
      evidence: JSON.stringify(about.evidence),
      decided_by: about.actor,
      decided_at: new Date(about.now),
    }
    await db
      .insertInto('own_words')
      .values({ tenant, pack, word, ...decided })
      .onConflict((conflict) => conflict.columns(['tenant', 'pack', 'word']).doUpdateSet(decided))
      .execute()
    return checked
  }

  /** Takes a decision back: the word is as if nobody had been asked. Answers what it was, or undefined. */
  async function withdraw(tenant: TenantId, pack: string, word: string): Promise<'accepted' | 'rejected' | undefined> {
    const row = await db
      .deleteFrom('own_words')
      .where('tenant', '=', tenant)
      .where('pack', '=', pack)
      .where('word', '=', word)
      .returning('verdict')
      .executeTakeFirst()
    return row?.verdict
  }

  /** Keeps a pack of the tenant's own that `readOwnPack` has taken. */
  async function keepPack(
    on: Kysely<Database>,
    tenant: TenantId,
    pack: PackFile,
    about: { actor: string; now: number },
  ): Promise<void> {
    const changed = { body: JSON.stringify(pack), changed_by: about.actor, changed_at: new Date(about.now) }
    await on
      .insertInto('own_packs')
      .values({ tenant, id: pack.id, ...changed })
      .onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet(changed))
      .execute()
  }

  async function dropPack(on: Kysely<Database>, tenant: TenantId, id: string): Promise<void> {
    await on.deleteFrom('own_packs').where('tenant', '=', tenant).where('id', '=', id).execute()
  }

  return {
    /** The tenant's additions, or null. */
    of: async (tenant: TenantId): Promise<Overlay | null> => (await current(tenant)).overlay,
    /** The packs as the tenant's voices are read with them. */
    packsOf: async (tenant: TenantId): Promise<Pack[]> => (await current(tenant)).packs,
    decisions,
    decide,
    withdraw,
    folderOf,
    keepPack,
    dropPack,
  }
}
