import { localDay } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Stores } from '../../store/open.ts'
import type { Kept, RecordKind } from '../kinds.ts'
import { maskRecord } from '../privacy.ts'
import { because } from '../reasons/reason.ts'
import { detachOrder } from './belonging.ts'

/** How a tenant wants its customers treated on the way in. Without it, records are masked and nothing else. */
export interface Safeguards {
  /** True for a customer who asked to be forgotten and not to be taken in again. */
  refuses?: (customerRef: string) => boolean
  /** Seals what a record said before it was masked, to be kept for so many days. */
  originals?: { seal(original: Original): string; days: number }
}

type SafeguardsOf = (tenant: TenantId) => Promise<Safeguards>
const guards = new WeakMap<Stores['db'], SafeguardsOf>()

/** From now on every batch that goes into these stores is treated as its tenant wishes, by whatever door it comes: none can forget it. */
export const guard = (stores: Stores, of: SafeguardsOf): void => void guards.set(stores.db, of)

/** The protector of one batch. */
export const protectorFor = async (stores: Stores, tenant: TenantId, kind: RecordKind): Promise<Protector> =>
  new Protector(tenant, kind, await guards.get(stores.db)?.(tenant))

export interface OriginalKey {
  tenant: TenantId
  kind: 'voices' | 'events' | 'orders'
  id: string
  /** `YYYY-MM-DD`; empty for an order. */
  day: string
}

/** The fields of a record that masking changed, as they came, with what they belong to: a sealed one cannot be moved elsewhere. */
export interface Original extends OriginalKey {
  said: Record<string, unknown>
}

export const FORGOTTEN = because('forgotten')

type Personal = Exclude<RecordKind, 'products'>

/** Masks the records of one batch as its tenant wishes, and gathers their originals where they are to be kept. */
export class Protector {
  readonly originals: { key: OriginalKey; customerRef: string; sealed: string; days: number }[] = []
  readonly #tenant: TenantId
  readonly #kind: RecordKind
  readonly #safeguards: Safeguards

  constructor(tenant: TenantId, kind: RecordKind, safeguards: Safeguards = {}) {
    this.#tenant = tenant
    this.#kind = kind
    this.#safeguards = safeguards
  }

  /** The masked record; one of a customer who is not to be taken in goes no further. Of an order everything but who ordered is kept. */
  protect(record: Kept): { ok: true; record: Kept } | { ok: false; field: string; reason: string } {
    const { refuses, originals } = this.#safeguards
    const kind = this.#kind
    if (kind === 'products') return { ok: true, record: maskRecord(kind, record) }
    const before = originals && saidIn(kind, record)
    const masked = maskRecord(kind, record)
    const { customerRef = '' } = masked as { customerRef?: string }
    if (customerRef !== '' && refuses?.(customerRef))
      return kind === 'orders'
        ? { ok: true, record: detachOrder(masked as Kept<'orders'>) }
        : { ok: false, field: 'customerRef', reason: FORGOTTEN }
    if (before) this.#keep(kind, masked, before, customerRef)
    return { ok: true, record: masked }
  }

  #keep(kind: Personal, record: Kept, before: Record<string, string>, customerRef: string): void {
    const { seal, days } = this.#safeguards.originals!
    const after = saidIn(kind, record)
    const changed = Object.entries(before).filter(([field, value]) => after[field] !== value)
    if (changed.length === 0) return
    const said = Object.fromEntries(changed.map(([field, value]) => [field, JSON.parse(value)]))
    const key = { tenant: this.#tenant, kind, id: record.id, day: dayOf(record) }
    this.originals.push({ key, customerRef, sealed: seal({ ...key, said }), days })
  }
}

/** What masking may change, each field as JSON. */
function saidIn(kind: Personal, record: Kept): Record<string, string> {
  const { text, facts, props, lines, customerRef, city, conversation, session } = record as Record<string, unknown>
  const reasons =
    kind === 'orders' ? (lines as { returnReason?: string }[]).map((line) => line.returnReason) : undefined
  const fields = { text, facts, props, returnReasons: reasons, customerRef, city, conversation, session }
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => (value === undefined ? [] : [[field, JSON.stringify(value)]])),
  )
}

const dayOf = (record: Kept): string =>
  'at' in record && record.zone !== undefined ? localDay(record.at as number, record.zone) : ''

/** Writes originals down before their records are committed: no record is acknowledged whose original would be missing. */
export async function keepOriginals({ db }: Stores, { originals }: Protector): Promise<void> {
  if (originals.length === 0) return
  const rows = originals.map(({ key, customerRef, sealed, days }) => ({
    tenant: key.tenant,
    kind: key.kind,
    record_id: key.id,
    day: key.day,
    customer_ref: customerRef,
    sealed,
    keep_until: new Date(Date.now() + days * 86_400_000),
  }))
  await db
    .insertInto('originals')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
