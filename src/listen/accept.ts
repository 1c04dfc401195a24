import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { isZone } from '../core/clock.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Stores } from '../store/open.ts'
import { identify, Ordinals } from './identify.ts'
import { batchByKey, type DeadRecord, insertBatch, insertDeadLetters } from './inbox.ts'
import type { Kept, RecordKind } from './kinds.ts'
import { mask } from './mask.ts'
import { parse, plain } from './parse.ts'
import { keepOriginals, type Protector, protectorFor } from './privacy/safeguards.ts'
import { maskedText } from './privacy.ts'

/** Records in one batch, at most. */
export const MAX_BATCH = 1_000

export interface Incoming {
  tenant: TenantId
  source: string
  kind: RecordKind
  records: readonly unknown[]
  /** The zone of local days, for records that do not carry their own. */
  zone: string
  /** The sender's key for this batch: sent again, it gets the first answer and nothing is stored again. */
  idempotencyKey?: string
  /** The body as it came over the wire, if it did; else the records stand for it. */
  bodyText?: string
  /** Where each record stands in its file (1-based lines); without it, its position in the batch (0-based). */
  places?: readonly number[]
  /** Counts equal records over a whole file; without it, over the batch. */
  ordinals?: Ordinals
  /** Refused before they became records, such as a row with too many cells. */
  refused?: readonly DeadRecord[]
  importId?: string
}

/** What the sender is told. */
export interface Accepted {
  batch: string
  kept: number
  dead: { place: number; field: string; reason: string }[]
}

/**
 * From the wire to the durable inbox: parse → identify → mask → commit → answer. When this returns `ok`, the batch is committed and
 * synced to disk. A record that cannot be kept goes to the dead-letter list with its place, field and reason; the rest is kept.
 * Problems: `zone_unknown`, `idempotency_key_invalid`, `idempotency_conflict` (the key was used for another body; nothing is written).
 */
export async function accept(stores: Stores, incoming: Incoming): Promise<Result<Accepted>> {
  const wrong = checkEnvelope(incoming)
  if (wrong) return wrong
  const protector = await protectorFor(stores, incoming.tenant, incoming.kind)
  const { kept, dead, refused } = sort(incoming, protector)
  const bodyHash = incoming.idempotencyKey === undefined ? null : hashOfBody(incoming)
  const answer = {
    kept: kept.length,
    dead: [...dead, ...refused].map(({ place, field, reason }) => ({ place, field, reason })),
  }
  await keepOriginals(stores, protector)
  const id = await commit(stores, incoming, { kept, dead, bodyHash, answer })
  return id === undefined ? answerAgain(stores, incoming, bodyHash!) : ok({ batch: id, ...answer })
}

function checkEnvelope({ zone, idempotencyKey }: Incoming): Result<never> | undefined {
  if (!isZone(zone))
    return fail({
      code: 'zone_unknown',
      message: `"${zone}" is not a time zone.`,
      remedy: 'Use a name such as Asia/Shanghai.',
      where: 'zone',
    })
  if (idempotencyKey !== undefined && !/^[\x21-\x7e]{1,200}$/.test(idempotencyKey))
    return fail({
      code: 'idempotency_key_invalid',
      message: 'An idempotency key is 1 to 200 visible ASCII characters.',
      remedy: 'Send a UUID.',
      where: 'idempotencyKey',
    })
}

/** Parse, identify, mask: what can be kept, and what cannot with the reason why. */
function sort(incoming: Incoming, protector: Protector) {
  const { kind, records, places, source, ordinals = new Ordinals() } = incoming
  const kept: Kept[] = []
  const dead: DeadRecord[] = (incoming.refused ?? []).map(maskedReason)
  const refused: Refused[] = []
  for (const [position, raw] of records.entries()) {
    const parsed = parse(kind, raw)
    if (!parsed.ok) {
      const place = places?.[position] ?? position
      dead.push({ place, field: parsed.field, reason: parsed.reason, record: maskedText(raw) })
      continue
    }
    const identified: Kept = identify(parsed.record, source, ordinals)
    if (kind !== 'products') identified.zone ??= incoming.zone
    const record = protector.protect(identified)
    if (record) kept.push(record)
    else refused.push({ place: places?.[position] ?? position, ...FORGOTTEN })
  }
  return { kept, dead, refused }
}

/** The sender is told, and nothing is written: a dead letter would remember who asked to be forgotten. */
type Refused = Omit<DeadRecord, 'record'>
const FORGOTTEN = {
  field: 'customerRef',
  reason: 'is a customer who asked to be forgotten and not to be taken in again',
}

/** Sources say in their own words why they refuse a record, and may quote it. */
const maskedReason = (letter: DeadRecord): DeadRecord => ({
  ...letter,
  field: mask(letter.field),
  reason: mask(letter.reason),
})

interface Sorted {
  kept: readonly Kept[]
  dead: readonly DeadRecord[]
  bodyHash: string | null
  answer: object
}

/** One transaction, synced to disk when it returns. Undefined where the idempotency key was used before: then nothing is written. */
async function commit(stores: Stores, incoming: Incoming, { kept, dead, bodyHash, answer }: Sorted) {
  const { tenant, kind, source, idempotencyKey = null, importId = null } = incoming
  return stores.db.transaction().execute(async (tx) => {
    await sql`set local synchronous_commit = on`.execute(tx)
    const batch = { tenant, kind, source, idempotencyKey, bodyHash, count: kept.length, answer }
    const id = await insertBatch(tx, { ...batch, records: JSON.stringify(kept) })
    if (id !== undefined) await insertDeadLetters(tx, { tenant, source, kind, importId }, dead)
    return id
  })
}

/** The key stands for one body by one door: the same text for other kinds, sources or zones is another body. */
function hashOfBody({ kind, source, zone, bodyText, records }: Incoming): string {
  return hash('sha256', `${kind}\n${source}\n${zone}\n${bodyText ?? JSON.stringify(records)}`, 'hex')
}

async function answerAgain(stores: Stores, incoming: Incoming, bodyHash: string): Promise<Result<Accepted>> {
  const first = await batchByKey(stores.db, incoming.tenant, incoming.idempotencyKey!)
  if (first?.body_hash === bodyHash) {
    // jsonb keeps no order of fields; the answer is the same to the letter.
    const { kept, dead } = first.answer as Accepted
    return ok({ batch: first.id, kept, dead: dead.map(({ place, field, reason }) => ({ place, field, reason })) })
  }
  return fail({
    code: 'idempotency_conflict',
    message: `The idempotency key "${plain(incoming.idempotencyKey!)}" was used for another body.`,
    remedy: 'Send a new key with a new body.',
    where: 'idempotencyKey',
  })
}
