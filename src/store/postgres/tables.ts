import type { ColumnType, Generated, JSONColumnType } from 'kysely'

/** The operational tables, as Kysely sees them. The DDL is in migrations.ts; each room keeps its own queries. */
export interface Database {
  tenants: TenantTable
  members: MemberTable
  api_keys: ApiKeyTable
  inbox: InboxTable
  dead_letters: DeadLetterTable
  imports: ImportTable
  products: ProductTable
  findings: FindingTable
  tickets: TicketTable
  ticket_changes: TicketChangeTable
  interventions: InterventionTable
  own_words: OwnWordTable
  own_packs: OwnPackTable
  rereads: RereadTable
  amendments: AmendmentTable
  corrections: CorrectionTable
  llm_settings: LlmSettingsTable
  llm_days: LlmDayTable
  llm_answers: LlmAnswerTable
  llm_readings: LlmReadingTable
  own_pack_versions: OwnPackVersionTable
  connections: ConnectionTable
  collect_keys: CollectKeyTable
  surveys: SurveyTable
  survey_versions: SurveyVersionTable
  survey_invitations: SurveyInvitationTable
  survey_responses: SurveyResponseTable
  survey_quotas: SurveyQuotaTable
  originals: OriginalTable
  original_looks: OriginalLookTable
  privacy_requests: PrivacyRequestTable
  refused_customers: RefusedCustomerTable
  funnels: FunnelTable
  indicators: IndicatorTable
  alert_rules: AlertRuleTable
  alert_rounds: AlertRoundTable
  alert_incidents: AlertIncidentTable
  alert_alarms: AlertAlarmTable
  alert_changes: AlertChangeTable
  alert_mutes: AlertMuteTable
}

type Moment = ColumnType<Date, Date | string | undefined, Date | string>

export interface TenantTable {
  id: string
  name: string
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
}

export interface MemberTable {
  tenant: string
  user_id: string
  role: 'owner' | 'analyst' | 'agent'
  created_at: Moment
}

export interface ApiKeyTable {
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

/** One row an acknowledged batch: the durable copy from which the analytic store is (re)filled. */
export interface InboxTable {
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

export interface DeadLetterTable {
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

export interface ImportTable {
  id: string
  tenant: string
  source: string
  file: string
  started_at: Moment
  finished_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  rows: number
  kept: number
  dead: number
  /** What the file and all that was said of it are known by; empty for imports from before. */
  fingerprint: Generated<string>
  /** Rows up to which everything is on disk: from there an attempt that was broken off is gone on with. */
  safe_rows: Generated<number>
}

export interface ProductTable {
  tenant: string
  id: string
  title: string
  category: string
  merchant_id: string
  merchant_name: string
  attributes: JSONColumnType<Record<string, unknown>, string, string>
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

export interface TicketChangeTable {
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

/** A person's decision on a word: part of a pack from now on, or never to be proposed again. */
export interface OwnWordTable {
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
export interface OwnPackTable {
  tenant: string
  id: string
  body: JSONColumnType<object, string, string>
  changed_by: string
  changed_at: Moment
}

/** Voices that contain a word, to be read again because the reader has learnt it or lost it. */
export interface RereadTable {
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

/** A voice whose reading was changed after the fast reading. What counts: the person's, else the model's, else the base. */
export interface AmendmentTable {
  tenant: string
  voice_id: string
  /** The voice's local day, `YYYY-MM-DD`. */
  day: string
  /** The fast reading that the first change was made to. */
  base: JSONColumnType<object, string, string>
  model: JSONColumnType<object | null, string | null | undefined, string | null>
  person: JSONColumnType<object | null, string | null | undefined, string | null>
  version: Generated<number>
  /** The version that the analytic store has. */
  stored_version: Generated<number>
}

/** One correction by a person. Only ever added to: taking one back is another one, which `undoes` it. */
export interface CorrectionTable {
  id: Generated<string>
  tenant: string
  voice_id: string
  day: string
  at: Moment
  actor: string
  change: JSONColumnType<object, string, string>
  before: JSONColumnType<object, string, string>
  after: JSONColumnType<object, string, string>
  undoes: string | null
}

export interface LlmSettingsTable {
  tenant: string
  enabled: boolean
  base_url: string
  model: string
  /** Encrypted with the key of the data folder; null where none is kept here. */
  key_sealed: string | null
  requests_per_day: number
  tokens_per_day: number
  threshold: number
  updated_at: Moment
  updated_by: string
  /** Failures in a row. */
  failures: Generated<number>
  last_error: JSONColumnType<object | null, string | null | undefined, string | null>
  last_error_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  paused_until: ColumnType<Date | null, Date | null | undefined, Date | null>
}

/** What was spent on a local day; never above the tenant's budget. */
export interface LlmDayTable {
  tenant: string
  day: string
  requests: number
  tokens: number
}

/** An answer that passed every check, or why it was refused; the same question is not asked twice. */
export interface LlmAnswerTable {
  tenant: string
  key: string
  answer: JSONColumnType<object | null, string | null, string | null>
  refusal: string | null
  at: Moment
}

/** What the model made of one voice. */
export interface LlmReadingTable {
  tenant: string
  voice_id: string
  day: string
  key: string
  /** False where the answer was known from an equal text. */
  asked: boolean
  refusal: string | null
  sentiment: boolean
  added: number
  dropped: number
  turned: number
  at: Moment
}

/** A version of a tenant's own pack: the JSON as a person wrote it, and gold cases as JSON lines. Never changed; the last one counts. */
export interface OwnPackVersionTable {
  tenant: string
  id: string
  version: number
  text: string | null
  gold: Generated<string>
  changed_by: string
  changed_at: Moment
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
export interface CollectKeyTable {
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

type MaybeMoment = ColumnType<Date | null, Date | null | undefined, Date | null>

export interface SurveyTable {
  tenant: string
  id: string
  /** What the public address is made of; unique over all tenants. */
  key: string
  state: 'draft' | 'live' | 'closed'
  version: number
  rule: JSONColumnType<object | null, string | null | undefined, string | null>
  /** Sites that may show the survey within their own pages. */
  origins: JSONColumnType<string[], string | undefined, string>
  /** The open link takes one answer a browser. */
  once: boolean
  created_by: string
  created_at: Moment
  live_since: MaybeMoment
}

/** What a survey asked from this version on; never changed, since answers refer to it. */
interface SurveyVersionTable {
  tenant: string
  survey_id: string
  version: number
  definition: JSONColumnType<object, string, string>
  changed_by: string
  changed_at: Moment
}

/** An invitation, with what was known of the customer when it was made: those who answer are compared with it. */
export interface SurveyInvitationTable {
  tenant: string
  id: string
  survey_id: string
  /** What it is about, such as an order: a survey asks about it once. */
  occasion: string
  customer_ref: string
  order_id: string
  product_id: string
  merchant_id: string
  category: string
  city: string
  value_minor: string | null
  currency: string
  new_customer: boolean | null
  invited_at: Moment
  expires_at: Moment
  handed_out_at: MaybeMoment
}

export interface SurveyResponseTable {
  tenant: string
  survey_id: string
  id: string
  slot: string
  version: number
  state: 'shown' | 'partial' | 'complete' | 'over_quota'
  invitation_id: string | null
  answers: JSONColumnType<object, string, string>
  language: string
  channel: string
  shown_at: Moment
  started_at: MaybeMoment
  saved_at: Moment
  completed_at: MaybeMoment
  /** From here on no more answers are waited for. */
  settled_at: MaybeMoment
  /** The questions that were answered when it was settled because nobody went on. */
  settled_with: JSONColumnType<string[] | null, string | null | undefined, string | null>
  owing: ColumnType<boolean, boolean | undefined, boolean>
}

/** How many complete answers a quota holds; never more than it allows. */
interface SurveyQuotaTable {
  tenant: string
  survey_id: string
  quota_id: string
  n: number
}

/** What a record said before it was masked, sealed with the key of the data folder. */
export interface OriginalTable {
  tenant: string
  kind: 'voices' | 'events' | 'orders'
  record_id: string
  /** The local day of a voice or event; empty for an order. */
  day: string
  customer_ref: string
  sealed: string
  kept_at: Moment
  keep_until: Moment
}

/** One look at an original: who, when, why. */
export interface OriginalLookTable {
  id: Generated<string>
  tenant: string
  at: Moment
  actor: string
  reason: string
  kind: string
  /** Empty once the customer was erased. */
  record_id: string
  found: boolean
}

/** What was exported or erased for a customer, in numbers; whose it was is not kept. */
export interface PrivacyRequestTable {
  id: Generated<string>
  tenant: string
  at: Moment
  actor: string
  what: 'export' | 'erase'
  orders_kept: Generated<boolean>
  refuse_later: Generated<boolean>
  counts: JSONColumnType<Record<string, number>, string, string>
}

/** Records of this customer are not taken any more. */
export interface RefusedCustomerTable {
  tenant: string
  /** HMAC-SHA-256 under the key of the data folder. */
  customer_hash: string
  since: Moment
}

/** A funnel that a tenant keeps; what it may hold is checked where it is measured. */
interface FunnelTable {
  tenant: string
  id: string
  name: string
  definition: JSONColumnType<object, string, string>
  changed_by: string
  changed_at: Moment
}
/** An indicator of the tenant's own. */
interface IndicatorTable {
  tenant: string
  id: string
  definition: JSONColumnType<object, string, string>
  changed_by: string
  changed_at: Moment
  retired_at: MaybeMoment
}
/** A rule of the tenant's own, or what it made of a built-in one. */
export interface AlertRuleTable {
  tenant: string
  id: string
  body: JSONColumnType<object, string, string>
  /** Steps before it were never this rule's: null for all there are. */
  judged_from: MaybeMoment
  snoozed_until: MaybeMoment
  /** Taken away; a built-in rule is switched off instead. */
  gone: Generated<boolean>
  changed_by: string
  changed_at: Moment
}

/** The last round over a tenant's series. */
export interface AlertRoundTable {
  tenant: string
  judged_until: Moment
  series: number
  at: Moment
}

export interface AlertIncidentTable {
  tenant: string
  id: string
  rule_id: string
  direction: 'up' | 'down'
  state: 'open' | 'closed'
  since: Moment
  last_at: Moment
  found_at: Moment
  /** It was over, or long begun, when its data came: nobody was to be called. */
  past: boolean
  snoozed_until: MaybeMoment
  false_alarm: Generated<boolean>
  acknowledged_by: ColumnType<string | null, string | null | undefined, string | null>
  ticket_id: ColumnType<string | null, string | null | undefined, string | null>
  created_at: Moment
}

export interface AlertAlarmTable {
  tenant: string
  rule_id: string
  /** Empty for the series over everything. */
  dimension: string
  segment: string
  at: Moment
  incident_id: string
  found_at: Moment
  continuing: boolean
  verdict: JSONColumnType<object, string, string>
}

export interface AlertChangeTable {
  id: Generated<string>
  tenant: string
  incident_id: string
  at: Moment
  actor: string
  what: string
  note: Generated<string>
}

/** A series that nobody wants to hear of under a rule, until then or for good. */
export interface AlertMuteTable {
  tenant: string
  rule_id: string
  dimension: string
  segment: string
  until: MaybeMoment
  by_actor: string
  at: Moment
}
