import { hash } from 'node:crypto'
import { ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Stores } from '../store/open.ts'
import { accept, MAX_BATCH } from './accept.ts'
import type { DeadRecord } from './inbox.ts'
import { type RecordKind, recordKinds } from './kinds.ts'
import { maskedText } from './privacy.ts'
import { type Item, placed } from './source/item.ts'

export interface Parcel {
  tenant: TenantId
  source: string
  zone: string
  items: readonly Item[]
  /** Names this parcel: sent again under the same name, nothing is stored again. */
  name: string
  /** What a dead letter shows where an item is no record at all. */
  raw: unknown
}

export interface Taken {
  kept: number
  dead: { place: number; field: string; reason: string }[]
  skipped: number
}

/**
 * What another system handed over at once, into the inbox: one batch a kind, each under its own idempotency key, so that a parcel that
 * is sent again after half of it was committed brings just the other half. Problems: those of `accept`.
 */
export async function take(stores: Stores, { tenant, source, zone, items, name, raw }: Parcel): Promise<Result<Taken>> {
  const placedItems = items.flatMap((item, place) => placed(place, [item], raw, {}))
  const taken: Taken = { kept: 0, dead: [], skipped: 0 }
  for (const kind of recordKinds) {
    const records: unknown[] = []
    const places: number[] = []
    const refused: DeadRecord[] = []
    for (const item of placedItems) {
      if ('skipped' in item || item.kind !== kind) continue
      if ('dead' in item) refused.push({ place: item.line, ...item.dead, record: maskedText(item.dead.record) })
      else {
        records.push(item.record)
        places.push(item.line)
      }
    }
    for (let from = 0; from < records.length || (from === 0 && refused.length > 0); from += MAX_BATCH) {
      const answer = await accept(stores, {
        ...{ tenant, source, kind, zone },
        records: records.slice(from, from + MAX_BATCH),
        places: places.slice(from, from + MAX_BATCH),
        refused: from === 0 ? refused : [],
        idempotencyKey: keyOf(name, kind, from),
      })
      if (!answer.ok) return answer
      taken.kept += answer.value.kept
      taken.dead.push(...answer.value.dead)
    }
  }
  taken.skipped = placedItems.filter((item) => 'skipped' in item).length
  return ok(taken)
}

const keyOf = (name: string, kind: RecordKind, from: number): string =>
  `parcel-${hash('sha256', `${name}\n${kind}\n${from}`, 'base64url')}`
