import { type Selectable, sql, type Transaction } from 'kysely'
import { fail, ok, type Result } from '../../core/result.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Stores } from '../../store/open.ts'
import type { SurveyResponseTable } from '../../store/postgres/tables/surveys.ts'
import type { Database } from '../../store/postgres/tables.ts'
import { type Answer, type Answers, parseAnswer, type Refusal } from './answer.ts'
import type { SurveyDefinition } from './definition.ts'
import { definitionOf, type Survey } from './keep.ts'
import { quotasOf, walk } from './walk.ts'

type Db = Stores['db']

/** Who answers: what may answer once, and the response that it makes. */
export interface Slot {
  /** `i:` and the invitation, or `r:` and the response that an opened page has been given. */
  slot: string
  responseId: string
  invitationId: string | null
}

export interface Response {
  id: string
  version: number
  state: SurveyResponseTable['state']
  invitationId: string | null
  answers: Answers
  language: string
  channel: string
  shownAt: number
  startedAt: number | null
  completedAt: number | null
  settledAt: number | null
  settledWith: string[] | null
  savedAt: number
}

export interface Saving {
  /** Answers by question, as they were sent; only those that are asked for are taken. */
  answers: Readonly<Record<string, unknown>>
  language: string
  channel: string
  now: number
}

/** Why an answer was not taken: a question that is not asked, or an answer that does not fit it. */
export interface NotTaken {
  question: string
  why: Refusal | 'not_asked'
}

export async function findResponse(db: Db, survey: Survey, slot: string): Promise<Response | undefined> {
  const row = await db
    .selectFrom('survey_responses')
    .selectAll()
    .where('tenant', '=', survey.tenant)
    .where('survey_id', '=', survey.id)
    .where('slot', '=', slot)
    .executeTakeFirst()
  return row && responseOf(row)
}

/**
 * Saves answers to a response, which begins with its first. All in one transaction under the response's lock, so that of any number of
 * answers at once to one slot one counts: the unique key of the slot makes one row of them, and a complete one takes no more.
 * Without answers the survey was only shown. Problem: what was not taken; then nothing was.
 */
export async function saveAnswers(
  db: Db,
  survey: Survey,
  who: Slot,
  saving: Saving,
): Promise<Result<Response, NotTaken>> {
  return db.transaction().execute(async (tx) => {
    const held = await lockResponse(tx, survey, who, saving)
    if (held.state === 'complete' || held.state === 'over_quota') return ok(held)
    const definition =
      held.version === survey.version
        ? survey.definition
        : await definitionOf(tx as unknown as Db, survey, held.version)
    const taken = take(definition, held.answers, saving.answers)
    if (!taken.ok) return taken
    if (Object.keys(saving.answers).length === 0) return ok(held)
    return ok(await keepAnswers(tx, survey, definition, held, taken.value, saving.now))
  })
}

/** The row of a slot, made where there is none, and held until the transaction ends. */
async function lockResponse(
  tx: Transaction<Database>,
  survey: Survey,
  { slot, responseId, invitationId }: Slot,
  { language, channel, now }: Saving,
): Promise<Response> {
  const at = new Date(now)
  await tx
    .insertInto('survey_responses')
    .values({
      ...{ tenant: survey.tenant, survey_id: survey.id, id: responseId, slot, version: survey.version, state: 'shown' },
      ...{ invitation_id: invitationId, answers: '{}', language, channel, shown_at: at, saved_at: at },
    })
    // Of an invitation's slot the id is the same too: whichever of the two keys is met first, it is the same row.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await tx
    .selectFrom('survey_responses')
    .selectAll()
    .where('tenant', '=', survey.tenant)
    .where('survey_id', '=', survey.id)
    .where('slot', '=', slot)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return responseOf(row)
}

/** Lays new answers over the ones before, question by question along the walk. */
function take(
  definition: SurveyDefinition,
  before: Answers,
  sent: Readonly<Record<string, unknown>>,
): Result<Record<string, Answer | null>, NotTaken> {
  let answers: Record<string, Answer | null> = { ...before }
  const open = new Set(Object.keys(sent))
  for (;;) {
    const { asked } = walk(definition, answers)
    const question = asked.find(({ id }) => open.has(id))
    if (!question) break
    open.delete(question.id)
    const parsed = parseAnswer(question, sent[question.id])
    if (!parsed.ok) return fail({ question: question.id, why: parsed.problem })
    answers = { ...answers, [question.id]: parsed.value }
  }
  const [unasked] = open
  return unasked === undefined ? ok(walk(definition, answers).answers) : fail({ question: unasked, why: 'not_asked' })
}

async function keepAnswers(
  tx: Transaction<Database>,
  survey: Survey,
  definition: SurveyDefinition,
  held: Response,
  answers: Answers,
  now: number,
): Promise<Response> {
  const atEnd = walk(definition, answers).next === null
  const full = await fullQuota(tx, survey, definition, answers, atEnd)
  const state = full ? 'over_quota' : atEnd ? 'complete' : 'partial'
  const at = new Date(now)
  const row = await tx
    .updateTable('survey_responses')
    .set({
      state,
      answers: JSON.stringify(answers),
      started_at: sql<Date>`coalesce(started_at, ${at})`,
      saved_at: at,
      ...(state === 'complete' && { completed_at: at }),
      ...(state !== 'partial' && { settled_at: sql<Date>`coalesce(settled_at, ${at})` }),
      owing: true,
    })
    .where('tenant', '=', survey.tenant)
    .where('id', '=', held.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return responseOf(row)
}

/**
 * True where a quota of these answers is full. At the end each of them is counted up, only as far as it allows: the row of the count is
 * locked until the transaction ends, in the order of the definition, so that no two responses pass on the last place.
 */
async function fullQuota(
  tx: Transaction<Database>,
  survey: Survey,
  definition: SurveyDefinition,
  answers: Answers,
  atEnd: boolean,
): Promise<boolean> {
  const quotas = quotasOf(definition, answers)
  if (quotas.length === 0) return false
  const counts = await countsOf(tx, survey)
  if (quotas.some(({ id, most }) => (counts.get(id) ?? 0) >= most)) return true
  if (!atEnd) return false
  const key = { tenant: survey.tenant, survey_id: survey.id }
  const ids = quotas.map(({ id }) => id).sort()
  await tx
    .insertInto('survey_quotas')
    .values(ids.map((quota_id) => ({ ...key, quota_id, n: 0 })))
    .onConflict((conflict) => conflict.columns(['tenant', 'survey_id', 'quota_id']).doNothing())
    .execute()
  const held = await tx
    .selectFrom('survey_quotas')
    .select(['quota_id', 'n'])
    .where('tenant', '=', survey.tenant)
    .where('survey_id', '=', survey.id)
    .where('quota_id', 'in', ids)
    .orderBy('quota_id')
    .forUpdate()
    .execute()
  if (held.some(({ quota_id, n }) => n >= quotas.find(({ id }) => id === quota_id)!.most)) return true
  await tx
    .updateTable('survey_quotas')
    .set((eb) => ({ n: eb('n', '+', 1) }))
    .where('tenant', '=', survey.tenant)
    .where('survey_id', '=', survey.id)
    .where('quota_id', 'in', ids)
    .execute()
  return false
}

/** How many complete answers each quota holds. */
export async function countsOf(db: Db | Transaction<Database>, survey: Pick<Survey, 'tenant' | 'id'>) {
  const rows = await db
    .selectFrom('survey_quotas')
    .select(['quota_id', 'n'])
    .where('tenant', '=', survey.tenant)
    .where('survey_id', '=', survey.id)
    .execute()
  return new Map(rows.map(({ quota_id, n }) => [quota_id, n]))
}

/** Responses of which the rest of the product has to be told something, of all tenants, the oldest first. */
export async function owingResponses(db: Db, limit: number) {
  const rows = await db
    .selectFrom('survey_responses')
    .selectAll()
    .where('owing', '=', true)
    .orderBy('saved_at')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ tenant: row.tenant as TenantId, surveyId: row.survey_id, response: responseOf(row) }))
}

/** Told all that there was to tell, unless something has been added meanwhile. */
export async function markTold(db: Db, tenant: TenantId, responses: readonly Response[]): Promise<void> {
  for (const { id, savedAt, settledAt } of responses)
    await db
      .updateTable('survey_responses')
      .set({ owing: false })
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .where('saved_at', '=', new Date(savedAt))
      .where((eb) => (settledAt === null ? eb('settled_at', 'is', null) : eb('settled_at', '=', new Date(settledAt))))
      .execute()
}

/** Nobody goes on after so long: what was answered counts. */
const LEFT_ALONE_MS = 24 * 3_600_000

/** Settles what was begun and left alone, so that its answers are told. The person may still go on; what comes later is told later. */
export async function settleAbandoned(db: Db, now: number): Promise<void> {
  await db
    .updateTable('survey_responses')
    .set({
      settled_at: new Date(now),
      settled_with: sql<string>`(select jsonb_agg(key) from jsonb_each(answers) where value <> 'null')`,
      owing: true,
    })
    .where('state', '=', 'partial')
    .where('settled_at', 'is', null)
    .where('saved_at', '<', new Date(now - LEFT_ALONE_MS))
    .execute()
}

/** Every response of a survey, without those that were only shown unless they are asked for. */
export async function allResponses(db: Db, survey: Pick<Survey, 'tenant' | 'id'>): Promise<Response[]> {
  const rows = await db
    .selectFrom('survey_responses')
    .selectAll()
    .where('tenant', '=', survey.tenant)
    .where('survey_id', '=', survey.id)
    .orderBy('shown_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(responseOf)
}

function responseOf(row: Selectable<SurveyResponseTable>): Response {
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    invitationId: row.invitation_id,
    answers: row.answers as Answers,
    language: row.language,
    channel: row.channel,
    shownAt: row.shown_at.getTime(),
    startedAt: row.started_at?.getTime() ?? null,
    completedAt: row.completed_at?.getTime() ?? null,
    settledAt: row.settled_at?.getTime() ?? null,
    settledWith: row.settled_with,
    savedAt: row.saved_at.getTime(),
  }
}
