import type { Reading } from '../core/reading.ts'
import { ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { amendmentsOf, storeAmendments } from '../listen/amendments.ts'
import {
  type Correction,
  correctedVoices,
  findVoice,
  historyOf,
  recordCorrection,
  standingOf,
  standingReading,
  undoCorrection,
} from '../listen/corrections.ts'
import { choosePack } from '../understand/choose-pack.ts'
import { correct, type ReadingChange } from '../understand/correct.ts'
import type { Pack } from '../understand/packs.ts'
import { classRow, opinionsRow, type TrainingShape } from '../understand/training-rows.ts'
import type { Core } from './core.ts'

export { readingChange } from '../understand/correct.ts'
export { trainingShapes } from '../understand/training-rows.ts'
export type { ReadingChange, TrainingShape }

/** A voice named from outside: its id, and the day on which it was said. */
export interface VoiceKey {
  id: string
  day: string
}

/** What a person sees of a voice's reading and of what was done to it. */
export interface Corrected {
  reading: Reading
  /** Whose reading counts. */
  origin: 'reader' | 'model' | 'person'
  history: (Pick<Correction<ReadingChange>, 'id' | 'at' | 'actor' | 'change'> & { undone: boolean })[]
  /** What may be chosen for it: the aspects and scenes of its category's pack. */
  aspects: string[]
  scenes: string[]
}

/** From a person's word to the figures: the correction is on record first, then the analytic store follows. */
export function createCorrections(core: Core, packsOf: (tenant: TenantId) => Promise<Pack[]>) {
  const { stores, names } = core

  /** The pack that reads a voice: by its category, else by what it speaks of. */
  const packFor = async (tenant: TenantId, { text, category }: { text: string; category: string }) =>
    choosePack(await packsOf(tenant), category || text)

  async function look(tenant: TenantId, key: VoiceKey): Promise<Corrected | undefined> {
    const voice = await findVoice(stores, tenant, key)
    if (!voice) return undefined
    const change = (await amendmentsOf(stores.db, tenant, [key.id]))(key)
    const history = await historyOf<ReadingChange>(stores.db, tenant, key)
    const standing = new Set(standingOf(history).map(({ id }) => id))
    const pack = await packFor(tenant, voice)
    return {
      reading: standingReading(voice, change),
      origin: change?.person ? 'person' : change?.model ? 'model' : 'reader',
      history: history
        .filter(({ undoes }) => undoes === null)
        .map(({ id, at, actor, change: what }) => ({ id, at, actor, change: what, undone: !standing.has(id) })),
      aspects: pack.aspects.map(({ id }) => id),
      scenes: pack.scenes.map(({ id }) => id),
    }
  }

  async function apply(
    tenant: TenantId,
    key: VoiceKey,
    change: ReadingChange | { kind: 'undo' },
    by: { actor: string; now: number },
  ): Promise<Result<Corrected>> {
    const done =
      change.kind === 'undo'
        ? await undoCorrection(stores, tenant, key, by)
        : await recordCorrection(stores, tenant, key, { ...by, change }, async (voice) =>
            correct(voice.text, voice.reading, change, await packFor(tenant, voice)),
          )
    if (!done.ok) return done
    await storeAmendments(stores, tenant)
    core.changes.publish(tenant, ['voices'])
    return ok((await look(tenant, key))!)
  }

  /** How many voices were corrected by a person, and how many corrections stand. */
  async function count(tenant: TenantId): Promise<{ voices: number }> {
    const row = await stores.db
      .selectFrom('amendments')
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .where('tenant', '=', tenant)
      .where('person', 'is not', null)
      .executeTakeFirstOrThrow()
    return { voices: Number(row.n) }
  }

  /** The corrected voices as JSON lines that `daystar learn` takes. */
  async function training(tenant: TenantId, shape: TrainingShape): Promise<string> {
    const nameOf = (aspect: string) => names.aspect(aspect).zh
    const rows = (await correctedVoices(stores, tenant))
      .filter(({ text }) => text.trim() !== '')
      .map(({ text, reading }) => (shape === 'class' ? classRow(text, reading) : opinionsRow(text, reading, nameOf)))
    return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  }

  /** Which of these voices carry a change: for showing whose reading it is. */
  async function origins(tenant: TenantId, keys: readonly VoiceKey[]): Promise<('reader' | 'model' | 'person')[]> {
    const of = await amendmentsOf(
      stores.db,
      tenant,
      keys.map(({ id }) => id),
    )
    return keys.map((key) => {
      const change = of(key)
      return change?.person ? 'person' : change?.model ? 'model' : 'reader'
    })
  }

  return { look, apply, count, training, origins }
}
