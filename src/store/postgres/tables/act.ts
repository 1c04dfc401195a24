import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Moment } from './moment.ts'

/** Findings, and what is done about them. */
export interface ActTables {
  findings: FindingTable
  tickets: TicketTable
  ticket_changes: TicketChangeTable
  interventions: InterventionTable
}

/** A driver that someone should act on; recomputed as data comes, identity derived from what it is about. */
export interface FindingTable {
  tenant: string
  id: string
  outcome: string
  category: string
  factor: string
  aspect: string
  scene: string
  /** The whole driver with its figures and evidence, as measure/drivers made it. */
  driver: JSONColumnType<object>
  rank: number
  /** False once a recomputation no longer finds it: kept, since tickets and proofs refer to it. */
  current: boolean
  first_seen_at: Moment
  checked_at: Moment
}

export interface TicketTable {
  tenant: string
  id: Generated<string>
  finding_id: string | null
  title: JSONColumnType<{ zh: string; en: string }, string, string>
  department: string
  state: 'open' | 'answered' | 'closed'
  created_by: string
  created_at: Moment
  first_answer_due_at: Moment
  close_due_at: Moment
  first_answered_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  closed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

interface TicketChangeTable {
  id: Generated<string>
  tenant: string
  ticket_id: string
  at: Moment
  actor: string
  from_state: string
  to_state: string
  note: string
}

export interface InterventionTable {
  tenant: string
  id: string
  finding_id: string | null
  what: string
  what_en: string | null
  outcome: string
  category: string
  at: Moment
  /** The products that were changed; the category's other products are the comparison. */
  product_ids: JSONColumnType<string[]>
  /** Effects smaller than this (share, 0.01 = one percentage point) are not worth having. */
  margin: number
  simulated: boolean
  created_by: string
  created_at: Moment
}
