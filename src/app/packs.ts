import type { Reading } from '../core/reading.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { askReread } from '../listen/reread.ts'
import { sql } from '../store/clickhouse/sql.ts'
import { type GoldCase, goldOf, parseGold, unmet } from '../understand/gold.ts'
import { type Overlay, overlayPacks, readOwnPack, withPack } from '../understand/overlay.ts'
import type { PackFile } from '../understand/pack-file.ts'
import type { Pack } from '../understand/packs.ts'
import type { ReaderPool } from '../understand/pool.ts'
import type { Core } from './core.ts'
import type { Overlays } from './overlays.ts'

/** A trial reads so many of the newest voices with and without the change, and shows so many of those that come out different. */
const TRIED = 5_000
const SHOWN = 30
/** So many changed words have their voices read again; a pack with more is read anew by what comes in. */
const MOST_REREADS = 200
const FILE = 'pack.json'

/** What a person has written: the pack as JSON, and gold cases as JSON lines. */
export interface PackDraft {
  text: string
  gold: string
}

/** A gold case and what its reading lacks; empty where it holds. */
type GoldResult = { text: string; missing: string[] }

/** The packs as a tenant's voices are read with them, and the tenant's own among them: written, tried, kept, taken back. */
export function createPacks(core: Core, overlays: Overlays, openPool: () => ReaderPool, wake: () => void) {
  const { stores, changes, reader } = core
  const { db } = stores

  async function list(tenant: TenantId) {
    const [packs, versions] = await Promise.all([overlays.packsOf(tenant), lastVersions(tenant)])
    const folder = overlays.folderOf(tenant)
    const shipped = new Set(reader.packs.map(({ id }) => id))
    return {
      packs: await Promise.all(
        packs.map(async (pack) => ({
          ...summary(pack),
          shipped: shipped.has(pack.id),
          own: versions.get(pack.id)?.text != null,
          folder: folder.packs.some(({ id }) => id === pack.id),
          gold: goldOf(pack.id).length + casesIn(versions.get(pack.id)?.gold ?? '').length,
        })),
      ),
      refused: folder.refused,
    }
  }

  async function detail(tenant: TenantId, id: string) {
    const pack = (await overlays.packsOf(tenant)).find((one) => one.id === id)
    const versions = await versionsOf(tenant, id)
    const last = versions[0]
    if (!pack && !last) return undefined
    return {
      id,
      zh: pack?.zh ?? id,
      en: pack?.en ?? id,
      match: pack?.match ?? [],
      aspects: (pack?.aspects ?? []).map(aspectOf),
      scenes: (pack?.scenes ?? []).map(({ id, zh, en, terms }) => ({ id, zh, en, terms })),
      text: last?.text ?? null,
      goldText: last?.gold ?? '',
      gold: await goldResults(tenant, id, last?.gold ?? ''),
      versions: versions.map(({ version, text, changed_by, changed_at }) => ({
        version,
        removed: text === null,
        actor: changed_by,
        at: changed_at.getTime(),
      })),
    }
  }

  /** Reads a draft against the packs that ship: another addition of the tenant's must not be what makes it fit. */
  function check(id: string, draft: PackDraft): Result<{ pack: PackFile; cases: GoldCase[] }> {
    const read = readOwnPack({ file: FILE, text: draft.text }, reader.packs, core.departments)
    if (!read.ok) return read
    if (read.value.id !== id)
      return fail({
        code: 'bad_pack',
        message: `the id is "${read.value.id}", but this is the pack "${id}"`,
        where: FILE,
      })
    const cases = parseGold(draft.gold)
    return cases.ok ? ok({ pack: read.value, cases: cases.value }) : cases
  }

  /** What a draft would change among the newest voices, and which gold cases it holds. Nothing is kept. */
  async function tryDraft(tenant: TenantId, id: string, draft: PackDraft) {
    const checked = check(id, draft)
    if (!checked.ok) return checked
    const now = await overlays.of(tenant)
    const then = withPack(now, checked.value.pack)
    const voices = await stores.analytics.query<{ id: string; text: string; category: string; kind: string }>(sql`
      SELECT id, text, category, kind FROM voices WHERE tenant = ${tenant} AND speaker = 'customer' AND text != ''
      ORDER BY day DESC, at DESC, id LIMIT ${TRIED}`)
    const readable = voices.map(({ text, category, kind }) => ({ text, kind, category: category || undefined }))
    const { before, after, gold } = await apart(async (read) => ({
      before: await read(readable, now),
      after: await read(readable, then),
      gold: await run(read, id, checked.value.cases, then),
    }))
    const different = voices.flatMap(({ id: voice, text }, i) =>
      sameReading(before[i]!, after[i]!)
        ? []
        : [{ id: voice, text, before: shown(before[i]!), after: shown(after[i]!) }],
    )
    const { packs } = overlayPacks(reader.packs, then)
    return ok({
      tried: voices.length,
      changed: different.length,
      examples: different.slice(0, SHOWN),
      gold,
      names: {
        aspects: namesOf(packs.flatMap((pack) => pack.aspects)),
        scenes: namesOf(packs.flatMap((pack) => pack.scenes)),
      },
    })
  }

  /** Keeps a draft as the next version; voices with a word that comes or goes are read again. */
  async function save(tenant: TenantId, id: string, draft: PackDraft, by: { actor: string; now: number }) {
    const checked = check(id, draft)
    if (!checked.ok) return checked
    await keep(tenant, id, draft, checked.value.pack, by)
    return ok((await detail(tenant, id))!)
  }

  /** One step back: the version before the last becomes the next one. Problem `nothing_to_undo`. */
  async function back(tenant: TenantId, id: string, by: { actor: string; now: number }) {
    const [last, before] = await versionsOf(tenant, id)
    if (!last) return fail({ code: 'nothing_to_undo', message: `The pack "${id}" was never changed here.` })
    const draft = { text: before?.text ?? null, gold: before?.gold ?? '' }
    if (draft.text === null) await keep(tenant, id, draft, null, by)
    else {
      const checked = check(id, { text: draft.text, gold: draft.gold })
      if (!checked.ok) return checked
      await keep(tenant, id, draft, checked.value.pack, by)
    }
    return ok((await detail(tenant, id)) ?? null)
  }

  async function keep(
    tenant: TenantId,
    id: string,
    draft: { text: string | null; gold: string },
    pack: PackFile | null,
    by: { actor: string; now: number },
  ): Promise<void> {
    const was = (await versionsOf(tenant, id))[0]
    const before = was?.text ? readOwnPack({ file: FILE, text: was.text }, reader.packs, core.departments) : null
    await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('own_pack_versions')
        .values({
          ...{ tenant, id, version: (was?.version ?? 0) + 1, ...draft },
          changed_by: by.actor,
          changed_at: new Date(by.now),
        })
        .execute()
      if (pack) await overlays.keepPack(tx, tenant, pack, by)
      else await overlays.dropPack(tx, tenant, id)
    })
    const words = changedWords(before?.ok ? before.value : null, pack)
    for (const word of words.slice(0, MOST_REREADS)) await askReread(db, tenant, word)
    if (words.length > 0) wake()
    changes.publish(tenant, ['packs', 'graph'])
  }

  async function versionsOf(tenant: TenantId, id: string) {
    return db
      .selectFrom('own_pack_versions')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .orderBy('version', 'desc')
      .limit(20)
      .execute()
  }

  async function lastVersions(tenant: TenantId) {
    const rows = await db
      .selectFrom('own_pack_versions')
      .distinctOn('id')
      .selectAll()
      .where('tenant', '=', tenant)
      .orderBy('id')
      .orderBy('version', 'desc')
      .execute()
    return new Map(rows.map((row) => [row.id, row]))
  }

  /** The cases that ship with a pack and the tenant's own, read with what is in force for the tenant. */
  async function goldResults(tenant: TenantId, id: string, own: string): Promise<GoldResult[]> {
    const cases = [...goldOf(id), ...casesIn(own)]
    const overlay = await overlays.of(tenant)
    return cases.length === 0 ? [] : apart((read) => run(read, id, cases, overlay))
  }

  /** Reads in workers of its own: whatever a draft costs, the workers that read what comes in do not feel it. */
  async function apart<T>(work: (read: ReaderPool['readAll']) => Promise<T>): Promise<T> {
    const pool = openPool()
    try {
      return await work((voices, overlay) => pool.readAll(voices, overlay))
    } finally {
      await pool.close()
    }
  }

  return { list, detail, tryDraft, save, back }
}

async function run(
  read: ReaderPool['readAll'],
  category: string,
  cases: readonly GoldCase[],
  overlay: Overlay | null,
): Promise<GoldResult[]> {
  const readable = cases.map(({ text }) => ({ text, category }))
  const readings = await read(readable, overlay)
  return cases.map((gold, i) => ({ text: gold.text, missing: unmet(readings[i]!, gold) }))
}

function casesIn(gold: string): GoldCase[] {
  const read = parseGold(gold)
  return read.ok ? read.value : []
}

const summary = ({ id, zh, en, match, aspects, scenes }: Pack) => ({
  ...{ id, zh, en, match },
  aspects: aspects.length,
  scenes: scenes.length,
  words: aspects.reduce((sum, aspect) => sum + wordsOf(aspect).length, 0),
  owners: [...new Set(aspects.map(({ owner }) => owner))],
})

const aspectOf = ({ id, zh, en, owner, touchpoint, terms, faults, praises, advice }: Pack['aspects'][number]) => ({
  ...{ id, zh, en, owner, touchpoint, terms, faults, praises },
  advice: advice ?? null,
})

const namesOf = (all: readonly { id: string; zh: string; en: string }[]) => [
  ...new Map(all.map(({ id, zh, en }) => [id, { id, zh, en }])).values(),
]

const shown = ({ sentiment, mentions }: Reading) => ({ sentiment, mentions })

/** The same to whoever reads the figures: confidence alone makes no difference. */
const sameReading = (a: Reading, b: Reading): boolean => JSON.stringify(figures(a)) === JSON.stringify(figures(b))
const figures = ({ sentiment, mentions }: Reading) => [
  sentiment,
  mentions.map(({ aspect, polarity, scene, start, end }) => [aspect, polarity, scene, start, end]),
]

type Worded = Pick<PackFile['aspects'][number], 'terms' | 'positive' | 'negative' | 'praises' | 'faults' | 'neutral'>
const wordsOf = ({ terms, positive, negative, praises, faults, neutral }: Worded): string[] => [
  ...terms,
  ...positive,
  ...negative,
  ...praises,
  ...faults,
  ...neutral,
]

/** Words that only one of two versions has, by the place where they stand. */
function changedWords(before: PackFile | null, after: PackFile | null): string[] {
  const placed = (pack: PackFile | null) =>
    new Map([
      ...(pack?.aspects ?? []).flatMap((aspect) =>
        wordsOf(aspect).map((word) => [`${aspect.id} ${word}`, word] as const),
      ),
      ...(pack?.scenes ?? []).flatMap((scene) => scene.terms.map((word) => [`#${scene.id} ${word}`, word] as const)),
    ])
  const [old, now] = [placed(before), placed(after)]
  const differing = [...old, ...now].filter(([place]) => old.has(place) !== now.has(place)).map(([, word]) => word)
  return [...new Set(differing)]
}
