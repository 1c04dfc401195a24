import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { MaybeMoment, Moment } from './moment.ts'

/** The watch: rules, rounds, and what it told of. */
export interface AlertsTables {
  alert_rules: AlertRuleTable
  alert_rounds: AlertRoundTable
  alert_incidents: AlertIncidentTable
  alert_alarms: AlertAlarmTable
  alert_changes: AlertChangeTable
  alert_mutes: AlertMuteTable
  channels: ChannelTable
  postings: PostingTable
}

/** A rule of the tenant's own, or what it made of a built-in one. */
interface AlertRuleTable {
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
interface AlertRoundTable {
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

interface AlertAlarmTable {
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

interface AlertChangeTable {
  id: Generated<string>
  tenant: string
  incident_id: string
  at: Moment
  actor: string
  what: string
  note: Generated<string>
}

/** A series that nobody wants to hear of under a rule, until then or for good. */
interface AlertMuteTable {
  tenant: string
  rule_id: string
  dimension: string
  segment: string
  until: MaybeMoment
  by_actor: string
  at: Moment
}

/** Where a tenant has messages sent. */
interface ChannelTable {
  tenant: string
  id: string
  way: string
  name: string
  /** Encrypted JSON of the address and the secret. */
  sealed: string
  /** What is sent, and when. */
  telling: JSONColumnType<object, string, string>
  paused: Generated<boolean>
  created_by: string
  created_at: Moment
}

/** A message on its way to a channel, or what became of it. One row for each news: so it is sent once. */
export interface PostingTable {
  id: Generated<string>
  tenant: string
  channel: string
  news: string
  message: JSONColumnType<object, string, string>
  state: Generated<'waiting' | 'sent' | 'failed'>
  attempts: Generated<number>
  /** When it is tried next; moved on before the trying, so that two processes do not send twice. */
  next_at: Moment
  problem: JSONColumnType<object | null, string | null | undefined, string | null>
  made_at: Moment
  done_at: MaybeMoment
}
