import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Moment } from './moment.ts'

/** Systems and pages that send, or are asked. */
export interface ConnectionsTables {
  connections: ConnectionTable
  collect_keys: CollectKeyTable
}

/** A system that sends to us (webhook) or is asked by us (pull). Its id is part of the address it sends to, and cannot be guessed. */
export interface ConnectionTable {
  id: string
  tenant: string
  source: string
  way: 'webhook' | 'pull'
  name: string
  /** Encrypted JSON of everything secret: the signing secret, tokens. */
  secrets_sealed: string
  /** What is not secret. */
  settings: JSONColumnType<Record<string, string>, string, string>
  paused: Generated<boolean>
  created_by: string
  created_at: Moment
  /** Pull: where the next page begins. */
  cursor: string | null
  /** Pull: when it is asked next; moved on before the asking, so that two processes do not ask twice. */
  next_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  deliveries: Generated<string>
  kept: Generated<string>
  last_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  failures: Generated<number>
  problem: JSONColumnType<object | null, string | null | undefined, string | null>
  problem_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

/** A key under which pages of these origins send events. */
interface CollectKeyTable {
  tenant: string
  id: string
  name: string
  key: string
  origins: JSONColumnType<string[], string, string>
  created_at: Moment
  revoked_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** When the last event was kept. */
  last_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  kept: Generated<string>
  refused: Generated<string>
  last_refusal: JSONColumnType<
    { name: string; reason: string; at: number } | null,
    string | null | undefined,
    string | null
  >
}
