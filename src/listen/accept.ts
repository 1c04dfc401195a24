import { hash } from 'node:crypto'
import { isZone } from '../core/clock.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Stores } from '../store/open.ts'
import { commit } from './commit.ts'
import { identify, Ordinals } from './identify.ts'
import { batchByKey, type DeadRecord } from './inbox.ts'
import type { Input, Kept, RecordKind } from './kinds.ts'
import { mask } from './mask.ts'
import { parse, plain } from './parse.ts'
import { keepOriginals, type Protector, protectorFor } from './privacy/safeguards.ts'
import { maskedText } from './privacy.ts'
import { checkTime } from './skew.ts'

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
  /** When the batch arrived, epoch milliseconds; without it, now. */
  receivedAt?: number
}

/** What the sender is told. */
export interface Accepted {
  batch: string
  kept: number
  dead: { place: number; field: string; reason: string }[]
}

/**
 * From the wire to the durable inbox: parse → check the time → identify → mask → commit → answer. When this returns `ok`, the batch is
 * committed and synced to disk. A record that cannot be kept goes to the dead-letter list with its place, field and reason; the rest is
 * kept. Problems: `zone_unknown`, `idempotency_key_invalid`, `idempotency_conflict` (the key was used for another body; nothing is
 * written), `busy` (too much waits to be committed), `store_away` (PostgreSQL could not say that it is on disk).
 */
export async function accept(stores: Stores, incoming: Incoming): Promise<Result<Accepted>> {
  const wrong = checkEnvelope(incoming)
  if (wrong) return wrong
  const protector = await protectorFor(stores, incoming.tenant, incoming.kind)
  const { kept, dead, refused } = walk(incoming, protector)
  const answer = {
    kept: kept.length,
    dead: [...dead, ...refused].map(({ place, field, reason }) => ({ place, field, reason })),
  }
  const { tenant, kind, source, idempotencyKey = null, importId = null } = incoming
  const bodyHash = idempotencyKey === null ? null : hashOfBody(incoming)
  await keepOriginals(stores, protector)
  const batch = { tenant, kind, source, idempotencyKey, bodyHash, count: kept.length, answer }
  const committed = await commit(stores, { ...batch, records: JSON.stringify(kept), dead, importId })
  if (!committed.ok) return committed
  const { id } = committed.value
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

/** What a step makes of a record; or where and why it goes no further. `unwritten` is told to the sender, and leaves no dead letter. */
type Verdict = { ok: true; record: unknown } | { ok: false; field: string; reason: string; unwritten?: true }

/** What the steps of one batch share. */
interface Journey {
  kind: RecordKind
  source: string
  zone: string
  ordinals: Ordinals
  receivedAt: number
  protector: Protector
}

interface Step {
  name: 'parse' | 'time' | 'identify' | 'mask'
  take(record: unknown, journey: Journey): Verdict
}

/** The way of each record, in this order. What comes out is what the inbox keeps. */
export const steps: readonly Step[] = [
  { name: 'parse', take: (raw, { kind }) => parse(kind, raw) },
  { name: 'time', take: (record, { kind, receivedAt }) => checkTime(kind, record as Input, receivedAt) },
  { name: 'identify', take: (record, journey) => ({ ok: true, record: identified(record as Input, journey) }) },
  { name: 'mask', take: (record, { protector }) => masked(protector.protect(record as Kept)) },
]

function identified(record: Input, { kind, source, zone, ordinals }: Journey): Kept {
  const kept: Kept = identify(record, source, ordinals)
  if (kind !== 'products') kept.zone ??= zone
  return kept
}

/** A dead letter would remember who asked to be forgotten. */
const FORGOTTEN: Verdict = {
  ok: false,
  field: 'customerRef',
  reason: 'is a customer who asked to be forgotten and not to be taken in again',
  unwritten: true,
}
const masked = (record: Kept | undefined): Verdict => (record ? { ok: true, record } : FORGOTTEN)

/** Sends every record through the steps: what can be kept, and what cannot with the reason why. */
function walk(incoming: Incoming, protector: Protector) {
  const { kind, source, zone, records, places, ordinals = new Ordinals(), receivedAt = Date.now() } = incoming
  const journey: Journey = { kind, source, zone, ordinals, receivedAt, protector }
  const kept: Kept[] = []
  const dead: DeadRecord[] = (incoming.refused ?? []).map(maskedReason)
  const refused: Omit<DeadRecord, 'record'>[] = []
  for (let position = 0; position < records.length; position++) {
    const verdict = throughSteps(records[position], journey)
    if (verdict.ok) kept.push(verdict.record as Kept)
    else {
      const { field, reason, unwritten } = verdict
      const place = places?.[position] ?? position
      if (unwritten) refused.push({ place, field, reason })
      else dead.push({ place, field, reason, record: maskedText(records[position]) })
    }
  }
  return { kept, dead, refused }
}

function throughSteps(raw: unknown, journey: Journey): Verdict {
  let record = raw
  for (const step of steps) {
    const verdict = step.take(record, journey)
    if (!verdict.ok) return verdict
    record = verdict.record
  }
  return { ok: true, record }
}

/** Sources say in their own words why they refuse a record, and may quote it. */
const maskedReason = (letter: DeadRecord): DeadRecord => ({
  ...letter,
  field: mask(letter.field),
  reason: mask(letter.reason),
})

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
