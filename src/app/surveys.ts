import { fail, ok, type Problem, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Words } from '../core/words.ts'
import { pseudonym } from '../listen/mask.ts'
import { because, toldReason } from '../listen/reasons/reason.ts'
import { parseAnswer } from '../listen/surveys/answer.ts'
import { pathText, readDefinition } from '../listen/surveys/check.ts'
import type { SurveyDefinition } from '../listen/surveys/definition.ts'
import { countInvitations, inviteDue, listInvitations, noteHandedOut } from '../listen/surveys/invite.ts'
import {
  createSurvey,
  definitionsOf,
  findSurvey,
  type Handing,
  handOut,
  listSurveys,
  type Survey,
  saveDefinition,
  surveyByKey,
} from '../listen/surveys/keep.ts'
import { allResponses } from '../listen/surveys/responses.ts'
import { walk } from '../listen/surveys/walk.ts'
import { lineOf, lineOfBreak } from '../understand/position.ts'
import type { Core } from './core.ts'
import type { Ingest } from './ingest.ts'
import { signerFor } from './sign.ts'
import { startBackground } from './surveys/background.ts'
import type { OpenLink } from './surveys/links.ts'
import { createOpening } from './surveys/open.ts'
import { biasOf, comparable, leadOf, pooledNps, resultOf, stepsOf } from './surveys/results.ts'
import { languageOf, neighbour, type View, viewOf } from './surveys/view.ts'

const MOST_INVITATIONS = 1_000_000
const SHOWN_INVITATIONS = 200

/** Surveys of the tenant's own: written, handed out, answered, counted. */
export function createSurveys(core: Core, ingest: Ingest, secret: string) {
  const { stores, tenancy, changes } = core
  const { db } = stores
  const link = signerFor('survey link', secret)
  const page = signerFor('survey page', secret)
  const background = startBackground(core, ingest, invite)
  const opening = createOpening(stores, { link, page }, background.soon)

  /** Every response, with what of it can be counted together. */
  async function responsesOf(survey: Survey) {
    const responses = await allResponses(db, survey)
    if (responses.every(({ version }) => version === survey.version)) return responses
    return comparable(responses, survey.definition, await definitionsOf(db, survey))
  }

  const summaryOf = async (survey: Survey) => {
    const [responses, invited] = await Promise.all([responsesOf(survey), countInvitations(db, survey)])
    const { id, state, definition, version, createdAt } = survey
    const steps = stepsOf(responses, invited)
    const lastAt = responses.reduce<number | null>((last, { savedAt }) => Math.max(last ?? 0, savedAt), null)
    const title = { zh: definition.title.zh ?? definition.title.en!, en: definition.title.en ?? definition.title.zh! }
    return { id, state, title, version, createdAt, lastAt, steps, lead: leadOf(definition, responses) }
  }

  async function list(tenant: TenantId) {
    const surveys = await listSurveys(db, tenant)
    const { settings } = await tenancy.find(tenant)
    const loaded = await Promise.all(
      surveys.map(async (one) => ({ id: one.id, definition: one.definition, responses: await responsesOf(one) })),
    )
    return {
      surveys: await Promise.all(surveys.map(summaryOf)),
      pooled: pooledNps(loaded),
      coolDownDays: settings.surveyCoolDownDays,
    }
  }

  async function detail(tenant: TenantId, id: string) {
    const survey = await findSurvey(db, tenant, id)
    if (!survey) return undefined
    const { key, definition, rule, origins, once, liveSince } = survey
    const { settings } = await tenancy.find(tenant)
    const text = JSON.stringify(definition, null, 2)
    const coolDownDays = settings.surveyCoolDownDays
    return { ...(await summaryOf(survey)), key, text, definition, rule, origins, once, liveSince, coolDownDays }
  }

  async function create(tenant: TenantId, text: string, by: { actor: string; now: number }) {
    const definition = readText(text)
    if (!definition.ok) return definition
    const id = await createSurvey(db, tenant, definition.value, by)
    changes.publish(tenant, ['surveys'])
    return ok((await detail(tenant, id))!)
  }

  async function save(tenant: TenantId, id: string, text: string, by: { actor: string; now: number }) {
    const definition = readText(text)
    if (!definition.ok) return definition
    if (!(await saveDefinition(db, tenant, id, definition.value, by))) return missing(id)
    changes.publish(tenant, ['surveys'])
    return ok((await detail(tenant, id))!)
  }

  async function hand(tenant: TenantId, id: string, to: Handing, now: number) {
    const origins = to.origins && checkOrigins(to.origins)
    if (origins && !origins.ok) return origins
    if (!(await handOut(db, tenant, id, { ...to, origins: origins?.value }, now))) return missing(id)
    changes.publish(tenant, ['surveys'])
    return ok((await detail(tenant, id))!)
  }

  /** One page of a definition that need not be kept, as the people who are asked would see it. */
  function preview(asked: {
    text: string
    lang?: string
    answers: Record<string, unknown>
    at?: string
    back?: boolean
  }): Result<View> {
    const read = readText(asked.text)
    if (!read.ok) return read
    const survey = read.value
    const language = languageOf(survey, asked.lang, undefined)
    const { answers, problem } = tried(survey, asked.answers)
    if (problem) return ok(viewOf(survey, language, { answers, state: 'partial' }, problem))
    const place = asked.at !== undefined && asked.back ? neighbour(survey, answers, asked.at, -1) : asked.at
    const at = place === undefined ? undefined : { question: place, anywhere: true }
    return ok(viewOf(survey, language, { answers, state: 'partial' }, at))
  }

  /** What the script on a shop's page must know; null where no live survey has this key. */
  async function widget(key: string): Promise<{ coolDownDays: number; origins: string[] } | null> {
    const survey = await surveyByKey(db, key)
    if (survey?.state !== 'live') return null
    const { settings } = await tenancy.find(survey.tenant)
    return { coolDownDays: settings.surveyCoolDownDays, origins: survey.origins }
  }

  async function setCoolDown(tenant: TenantId, days: number): Promise<{ coolDownDays: number }> {
    const row = await db.selectFrom('tenants').select('settings').where('id', '=', tenant).executeTakeFirstOrThrow()
    const settings = JSON.stringify({ ...row.settings, surveyCoolDownDays: days })
    await db.updateTable('tenants').set({ settings }).where('id', '=', tenant).execute()
    changes.publish(tenant, ['surveys', 'settings'])
    return { coolDownDays: days }
  }

  /** Makes the invitations that are due now. The same happens by itself every ten minutes. */
  async function invite(tenant: TenantId, now: number): Promise<{ made: number }> {
    const { settings } = await tenancy.find(tenant)
    const surveys = (await listSurveys(db, tenant)).filter(({ state }) => state === 'live')
    const made = await inviteDue(stores, tenant, surveys, { now, coolDownDays: settings.surveyCoolDownDays })
    if (made > 0) changes.publish(tenant, ['surveys'])
    return { made }
  }

  async function invitations(tenant: TenantId, id: string) {
    const survey = await findSurvey(db, tenant, id)
    if (!survey) return undefined
    const [rows, total] = await Promise.all([
      listInvitations(db, survey, SHOWN_INVITATIONS),
      countInvitations(db, survey),
    ])
    const responses = new Map(
      (await allResponses(db, survey)).map(({ invitationId, state }) => [invitationId, state] as const),
    )
    return {
      total,
      rows: rows.map(({ surveyId: _, productId: __, merchantId: ___, ...one }) => ({
        ...one,
        state: responses.get(one.id) ?? null,
      })),
    }
  }

  /**
   * Every invitation that is still good and not answered to the end, with its link: for the shop's own messages. Noted as handed out.
   * With `customers`, theirs alone; a telephone number or e-mail address means the customer who was made a pseudonym of it.
   */
  async function links(
    tenant: TenantId,
    id: string,
    asked: { base: string; customers?: readonly string[]; now: number },
  ): Promise<OpenLink[] | undefined> {
    const survey = await findSurvey(db, tenant, id)
    if (!survey) return undefined
    const done = new Set(
      (await allResponses(db, survey)).flatMap(({ invitationId, state }) =>
        invitationId !== null && (state === 'complete' || state === 'over_quota') ? invitationId : [],
      ),
    )
    const wanted = asked.customers && new Set(asked.customers.map(pseudonym))
    const open = (await listInvitations(db, survey, MOST_INVITATIONS)).filter(
      (one) => one.expiresAt > asked.now && !done.has(one.id) && (!wanted || wanted.has(one.customerRef)),
    )
    await noteHandedOut(
      db,
      tenant,
      open.map((one) => one.id),
      asked.now,
    )
    return open.map((one) => ({
      customerRef: one.customerRef,
      orderId: one.orderId,
      invitedAt: one.invitedAt,
      expiresAt: one.expiresAt,
      link: `${asked.base}/s/${survey.key}?t=${link.sign({ context: survey.key, subject: one.id, expiresAt: one.expiresAt })}`,
    }))
  }

  async function results(tenant: TenantId, id: string) {
    const survey = await findSurvey(db, tenant, id)
    if (!survey) return undefined
    const [responses, rows] = await Promise.all([responsesOf(survey), listInvitations(db, survey, MOST_INVITATIONS)])
    const invited = new Map(rows.map((one) => [one.id, one]))
    return {
      steps: stepsOf(responses, invited.size),
      lead: leadOf(survey.definition, responses),
      questions: survey.definition.questions.map((question) => resultOf(question, responses, invited)),
      bias: invited.size === 0 ? [] : biasOf(responses, invited),
      invited: invited.size,
    }
  }

  return {
    ...{ list, detail, create, save, hand, preview, setCoolDown, invite, invitations, links, results, widget },
    open: opening.open,
    answer: opening.answer,
    /** Tells at once what was answered. */
    tell: background.tell,
    close: background.close,
  }
}

/** A definition as a person wrote it, or what is wrong with it: the line and the place. */
function readText(text: string): Result<SurveyDefinition> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return bad(`line ${lineOfBreak(text)}`, toldReason(because('not_json', { what: (error as Error).message })).words)
  }
  const read = readDefinition(value)
  if (read.ok) return read
  const { path, reason } = read.problem
  return bad(`line ${lineOf(text, path)}${path.length > 0 ? `, ${pathText(path)}` : ''}`, toldReason(reason).words)
}

const bad = (where: string, { en, zh }: Words): Result<never, Problem> =>
  fail({
    code: 'bad_survey',
    message: en,
    where,
    remedy: 'docs/surveys.md tells what each field means',
    zh: { message: zh, remedy: '各字段的意思见 docs/surveys.md' },
  })

const missing = (id: string) => fail({ code: 'not_found', message: `there is no survey ${id} here` })

/** Origins as a browser writes them: they become part of a security header, so nothing else may stand there. */
function checkOrigins(origins: readonly string[]): Result<string[]> {
  for (const one of origins) {
    const url = URL.canParse(one) ? new URL(one) : undefined
    const safe = url && (url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost'))
    if (!safe || url.origin !== one)
      return fail({
        code: 'bad_origin',
        message: `"${one.slice(0, 100)}" is not the origin of a site`,
        where: 'origins',
        remedy: 'write it as https://shop.example.com, without a path',
        zh: {
          message: `“${one.slice(0, 100)}”不是网站的来源`,
          remedy: '写成 https://shop.example.com 这样，不带路径',
        },
      })
  }
  return ok([...new Set(origins)])
}

/** Answers of a preview, as far as they can be taken. */
function tried(survey: SurveyDefinition, sent: Readonly<Record<string, unknown>>) {
  let answers: Parameters<typeof walk>[1] = {}
  for (;;) {
    const { next } = walk(survey, answers)
    if (!next || !Object.hasOwn(sent, next.id)) return { answers, problem: undefined }
    const parsed = parseAnswer(next, sent[next.id])
    if (!parsed.ok) return { answers, problem: { question: next.id, problem: parsed.problem } }
    answers = { ...answers, [next.id]: parsed.value }
  }
}
