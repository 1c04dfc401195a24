import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Moment } from './moment.ts'

/** What a tenant adds to the packs. */
export interface WordsTables {
  own_words: OwnWordTable
  own_packs: OwnPackTable
  own_pack_versions: OwnPackVersionTable
  rereads: RereadTable
}

/** A person's decision on a word: part of a pack from now on, or never to be proposed again. */
interface OwnWordTable {
  tenant: string
  pack: string
  word: string
  verdict: 'accepted' | 'rejected'
  /** The id of an aspect, or of a scene where `list` is `scene`. */
  place: string
  list: string
  /** What the proposal rested on when it was decided. */
  evidence: JSONColumnType<object, string | undefined, string>
  decided_by: string
  decided_at: Moment
}

/** A pack of a tenant's own, in the shape of `pack.json`. */
interface OwnPackTable {
  tenant: string
  id: string
  body: JSONColumnType<object, string, string>
  changed_by: string
  changed_at: Moment
}

/** A version of a tenant's own pack: the JSON as a person wrote it, and gold cases as JSON lines. Never changed; the last one counts. */
interface OwnPackVersionTable {
  tenant: string
  id: string
  version: number
  text: string | null
  gold: Generated<string>
  changed_by: string
  changed_at: Moment
}

/** Voices that contain a word, to be read again because the reader has learnt it or lost it. */
interface RereadTable {
  tenant: string
  id: Generated<string>
  word: string
  total: Generated<number>
  done: Generated<number>
  /** The key of the last voice that was read again; they are taken in the order of `day` and `id`. */
  after: Generated<string>
  /** The new rows of a portion, written down before the old ones are removed: a crash between the two loses nothing. */
  pending: string | null
  started_at: Moment
  finished_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
