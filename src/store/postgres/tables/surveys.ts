import type { ColumnType, JSONColumnType } from 'kysely'
import type { MaybeMoment, Moment } from './moment.ts'

/** Surveys of our own. */
export interface SurveysTables {
  surveys: SurveyTable
  survey_versions: SurveyVersionTable
  survey_invitations: SurveyInvitationTable
  survey_responses: SurveyResponseTable
  survey_quotas: SurveyQuotaTable
}

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
