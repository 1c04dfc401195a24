import { hash } from 'node:crypto'
import { isZone } from '../core/clock.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Stores } from '../store/open.ts'
import { type BacklogLimits, backlogOf, tooMuchWaits, usualLimits } from './backlog.ts'
import { asStoreAway, commit } from './commit.ts'
import { identify, Ordinals } from './identify.ts'
import { batchByKey, type DeadRecord } from './inbox.ts'
import type { Input, Kept, RecordKind } from './kinds.ts'
import { mask } from './mask.ts'
import { parse, plain } from './parse.ts'
import { patiently } from './patience.ts'
import { FORGOTTEN, keepOriginals, type Protector, protectorFor } from './privacy/safeguards.ts'
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
  /** What may wait to be read before this batch is turned away. */
  limits?: BacklogLimits
  /** Waits where others are turned away, as an import does. */
  patient?: boolean
  /** Ends such waiting. */
  stop?: AbortSignal | undefined
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
 * written), `busy` (too much waits to be written or read), `store_away` (PostgreSQL could not say that it is on disk).
 */
export async function accept(stores: Stores, incoming: Incoming): Promise<Result<Accepted>> {
  const wrong = checkEnvelope(incoming) ?? (incoming.patient ? undefined : checkRoom(stores, incoming))
  if (wrong) return wrong
  const protector = await protectorFor(stores, incoming.tenant, incoming.kind)
  const batch = batchOf(incoming, protector)
  await keepOriginals(stores, protector)
  const committed = await (incoming.patient
    ? patiently(async () => checkRoom(stores, incoming) ?? (await commit(stores, batch)), incoming.stop)
    : commit(stores, batch))
  if (!committed.ok) return committed
  const { id } = committed.value
  if (id === undefined) return answerAgain(stores, incoming, batch.bodyHash!).catch(asStoreAway)
  backlogOf(stores).add(batch.count, batch.records.length, incoming.patient)
  return ok({ batch: id, ...batch.answer })
}

function checkRoom(stores: Stores, { limits = usualLimits }: Incoming): Result<never> | undefined {
  return backlogOf(stores).isFull(limits) ? tooMuchWaits() : undefined
}

function batchOf(incoming: Incoming, protector: Protector) {
  const { tenant, kind, source, idempotencyKey = null, importId = null } = incoming
  const { kept, dead, told } = walk(incoming, protector)
  const answer = { kept: kept.length, dead: told }
  const bodyHash = idempotencyKey === null ? null : hashOfBody(incoming)
  const records = JSON.stringify(kept)
  return { tenant, kind, source, idempotencyKey, bodyHash, count: kept.length, records, answer, dead, importId }
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

/** What a step makes of a record; or where and why it goes no further. */
type Verdict = { ok: true; record: unknown } | { ok: false; field: string; reason: string }

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
const steps: readonly Step[] = [
  { name: 'parse', take: (raw, { kind }) => parse(kind, raw) },
  { name: 'time', take: (record, { kind, receivedAt }) => checkTime(kind, record as Input, receivedAt) },
  { name: 'identify', take: (record, journey) => ({ ok: true, record: identified(record as Input, journey) }) },
  { name: 'mask', take: (record, { protector }) => protector.protect(record as Kept) },
]

function identified(record: Input, { kind, source, zone, ordinals }: Journey): Kept {
  const kept: Kept = identify(record, source, ordinals)
  if (kind !== 'products') kept.zone ??= zone
  return kept
}

/** Sends every record through the steps: what can be kept, what cannot with the reason why, and what the sender is told of it. */
function walk(incoming: Incoming, protector: Protector) {
  const { kind, source, zone, records, places, ordinals = new Ordinals(), receivedAt = Date.now() } = incoming
  const journey: Journey = { kind, source, zone, ordinals, receivedAt, protector }
  const kept: Kept[] = []
  const dead: DeadRecord[] = (incoming.refused ?? []).map(maskedReason)
  const forgotten: Omit<DeadRecord, 'record'>[] = []
  for (let position = 0; position < records.length; position++) {
    const verdict = throughSteps(records[position], journey)
    if (verdict.ok) {
      kept.push(verdict.record as Kept)
      continue
    }
    const { field, reason } = verdict
    const letter = { place: places?.[position] ?? position, field, reason }
    // The sender is told, and nothing is written: a dead letter would remember who asked to be forgotten.
    if (reason === FORGOTTEN) forgotten.push(letter)
    else dead.push({ ...letter, record: maskedText(records[position]) })
  }
  const told = [...dead, ...forgotten].map(({ place, field, reason }) => ({ place, field, reason }))
  return { kept, dead, told }
}

/** Sources say in their own words why they refuse a record, and may quote it. */
const maskedReason = (letter: DeadRecord): DeadRecord => ({
  ...letter,
  field: mask(letter.field),
  reason: mask(letter.reason),
})

/** Counts records that were accepted before, so that equal ones behind them keep their identities; nothing is stored. */
export function retrace({ kind, source, records, ordinals = new Ordinals() }: Incoming): void {
  for (const raw of records) {
    // What brings its own id is not counted.
    const own = (raw as { id?: unknown } | null)?.id
    if (typeof own === 'string' && own.trim() !== '') continue
    const parsed = parse(kind, raw)
    if (parsed.ok) identify(parsed.record, source, ordinals)
  }
}

/** One record on its way: what the inbox would keep of it, or where and why it goes no further. */
export function throughSteps(raw: unknown, journey: Journey): Verdict {
  let record = raw
  for (const step of steps) {
    const verdict = step.take(record, journey)
    if (!verdict.ok) return verdict
    record = verdict.record
  }
  return { ok: true, record }
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
