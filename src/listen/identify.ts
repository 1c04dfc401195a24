import { hash } from 'node:crypto'
import type { Input } from './kinds.ts'

const SHARDS = 64

/**
 * Counts equal records of one file (or batch), so that two people who both wrote “很好” stay two, and the same file imported again
 * yields the same identities. A Set cannot hold more than 2^24 entries, hence the shards. Two different records that meet in
 * these 48 bits only take a higher ordinal, which harms nobody.
 */
export class Ordinals {
  /** By shard, made when it is needed: most batches need none. */
  readonly #seen: (Set<number> | undefined)[] = []
  readonly #repeats = new Map<number, number>()

  /** How many records with this digest came before. */
  next(digest: string): number {
    const key = Buffer.from(digest.slice(0, 8), 'base64url').readUIntBE(0, 6)
    const shard = key % SHARDS
    const seen = this.#seen[shard] ?? new Set()
    this.#seen[shard] = seen
    if (!seen.has(key)) {
      seen.add(key)
      return 0
    }
    const ordinal = (this.#repeats.get(key) ?? 0) + 1
    this.#repeats.set(key, ordinal)
    return ordinal
  }
}

/**
 * A record's identity: the sender's id where there is one, else a hash of the source and all fields, with an ordinal among equals.
 * Derived before masking, so that better masking in a later release does not turn old records into new ones.
 */
export function identify<T extends Input>(record: T, source: string, ordinals: Ordinals): T & { id: string } {
  if (record.id !== undefined) return record as T & { id: string }
  // Parsing lays the fields in the schema's order, so equal records are equal as text.
  const digest = hash('sha256', `${source}\n${JSON.stringify(record)}`, 'base64url').slice(0, 22)
  const ordinal = ordinals.next(digest)
  return { ...record, id: ordinal === 0 ? `~${digest}` : `~${digest}.${ordinal}` }
}
