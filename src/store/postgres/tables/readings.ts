import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Moment } from './moment.ts'

/** What people and language models made of voices beyond the fast reading. */
export interface ReadingsTables {
  amendments: AmendmentTable
  corrections: CorrectionTable
  llm_settings: LlmSettingsTable
  llm_days: LlmDayTable
  llm_answers: LlmAnswerTable
  llm_readings: LlmReadingTable
}

/** A voice whose reading was changed after the fast reading. What counts: the person's, else the model's, else the base. */
interface AmendmentTable {
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
interface CorrectionTable {
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

interface LlmSettingsTable {
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
interface LlmDayTable {
  tenant: string
  day: string
  requests: number
  tokens: number
}

/** An answer that passed every check, or why it was refused; the same question is not asked twice. */
interface LlmAnswerTable {
  tenant: string
  key: string
  answer: JSONColumnType<object | null, string | null, string | null>
  refusal: string | null
  at: Moment
}

/** What the model made of one voice. */
interface LlmReadingTable {
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
