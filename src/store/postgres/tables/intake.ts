import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Moment } from './moment.ts'

/** What came in, until it is read. */
export interface IntakeTables {
  inbox: InboxTable
  dead_letters: DeadLetterTable
  imports: ImportTable
  products: ProductTable
  order_returns: OrderReturnTable
}

/** What an event says of an order's return; the order may come later. */
interface OrderReturnTable {
  tenant: string
  order_id: string
  event_id: string
  word: JSONColumnType<object, string, string>
}

/** One row an acknowledged batch: the durable copy from which the analytic store is (re)filled. */
interface InboxTable {
  id: Generated<string>
  tenant: string
  kind: 'voices' | 'events' | 'orders' | 'products'
  source: string
  idempotency_key: string | null
  body_hash: string | null
  /** JSON array of parsed, identified, masked records. */
  records: string
  count: number
  /** What the sender was told, replayed for the same idempotency key. */
  answer: JSONColumnType<object>
  received_at: Moment
  /** Null until the reader has put the batch into the analytic store. */
  read_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  attempts: Generated<number>
}

interface DeadLetterTable {
  id: Generated<string>
  tenant: string
  source: string
  kind: string
  import_id: string | null
  /** Line of the file (1-based) or position in the batch (0-based). */
  place: number
  field: string
  reason: string
  /** The record as it came, masked, as text. */
  record: string
  received_at: Moment
  replayed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

interface ImportTable {
  id: string
  tenant: string
  source: string
  file: string
  started_at: Moment
  finished_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  rows: number
  kept: number
  dead: number
  /** What the file and all that was said of it, but for times, are known by; empty for imports from before. */
  fingerprint: Generated<string>
  /** Times that were given for the whole file, by field. */
  times: JSONColumnType<Record<string, string>, string | undefined, string>
  /** Rows up to which everything is on disk: from there an attempt that was broken off is gone on with. */
  safe_rows: Generated<number>
  /** Bytes of the whole file, where known. */
  size: ColumnType<string | null, number | null | undefined, number | null>
  /** Bytes read when it was last written down. */
  bytes: ColumnType<string, number | undefined, number>
}

interface ProductTable {
  tenant: string
  id: string
  title: string
  category: string
  merchant_id: string
  merchant_name: string
  attributes: JSONColumnType<Record<string, unknown>, string, string>
}
