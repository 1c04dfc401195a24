import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Promotion } from '../../../core/promotions.ts'
import type { Moment } from './moment.ts'

/** Who works here, and with which rights. */
export interface TenancyTables {
  tenants: TenantTable
  members: MemberTable
  api_keys: ApiKeyTable
}

interface TenantTable {
  id: string
  name: string
  /** What it is called in English; null where it has the one name. */
  name_en: string | null
  zone: string
  simulated: boolean
  settings: JSONColumnType<TenantSettings, string | undefined, string>
  created_at: Moment
}

export interface TenantSettings {
  /** Days after delivery during which an order can be returned; return rate is censored until they have passed. */
  returnWindowDays?: number
  firstAnswerMinutes?: number
  closeHours?: number
  /** No customer is invited by two surveys within so many days. */
  surveyCoolDownDays?: number
  /** Whether what was masked is kept, sealed, and for how many days. */
  keepOriginals?: boolean
  originalDays?: number
  /** The tenant's own promotion calendar. */
  promotions?: readonly Promotion[]
}

interface MemberTable {
  tenant: string
  user_id: string
  role: 'owner' | 'analyst' | 'agent'
  created_at: Moment
}

interface ApiKeyTable {
  id: string
  tenant: string
  name: string
  /** SHA-256 of the secret, hex. The secret itself is shown once and never kept. */
  hash: string
  /** What it may do: `ingest` only sends records, under `source` where one is named. */
  scope: Generated<'ingest' | 'read' | 'write'>
  source: ColumnType<string | null, string | null | undefined, string | null>
  created_at: Moment
  /** After it, the key is refused: set when a key is replaced, so that senders have time to change over. */
  expires_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** To the hour. */
  used_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  revoked_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
