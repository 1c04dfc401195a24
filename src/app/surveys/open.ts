import { fail, ok, type Result } from '../../core/result.ts'
import { findInvitations } from '../../listen/surveys/invite.ts'
import { definitionOf, newId, type Survey, surveyByKey } from '../../listen/surveys/keep.ts'
import {
  countsOf,
  findResponse,
  type NotTaken,
  type Response,
  type Slot,
  saveAnswers,
} from '../../listen/surveys/responses.ts'
import type { Stores } from '../../store/open.ts'
import type { Signer } from '../sign.ts'
import { languageOf, neighbour, type View, viewOf } from './view.ts'

/** Pages and open links are good for half a year; a single-use link as long as its invitation says. */
const PAGE_MS = 180 * 86_400_000

/** How a survey came before somebody. */
export const channels = ['link', 'single', 'embed', 'widget'] as const
type Channel = (typeof channels)[number]

/** What a request brings. Everything in it may be missing or made up. */
export interface Visit {
  key: string
  /** The token of a single-use link. */
  link?: string
  /** The token that an opened page was given. */
  page?: string
  language?: string
  acceptLanguage?: string
  channel: Channel
  now: number
}

/** A page to show, with the token that its answers come back with. */
export interface Opened {
  survey: Survey
  view: View
  page: string
  /** What was sent and not taken: then nothing of it was. */
  notTaken?: NotTaken
}

/** Opens surveys for people who have nothing but a link, and takes their answers. */
export function createOpening(stores: Stores, signers: { link: Signer; page: Signer }, onSaved: () => void) {
  const { db } = stores

  async function liveSurvey(key: string): Promise<Result<Survey>> {
    const survey = /^[a-z2-9]{1,40}$/.test(key) ? await surveyByKey(db, key) : undefined
    if (!survey || survey.state === 'draft') return fail(NO_SURVEY)
    return survey.state === 'live' ? ok(survey) : fail(CLOSED)
  }

  /** Who answers. A link that is not good is refused, never taken for an open one. */
  async function slotOf(survey: Survey, { key, link, page, now }: Visit): Promise<Result<Slot | null>> {
    if (link !== undefined) {
      const checked = signers.link.check(link, { context: key, now })
      if (!checked.ok) return checked
      const invitation = (await findInvitations(db, survey.tenant, [checked.value])).get(checked.value)
      if (invitation?.surveyId !== survey.id) return fail(NO_SURVEY)
      return ok({ slot: `i:${invitation.id}`, responseId: invitation.id, invitationId: invitation.id })
    }
    if (page === undefined) return ok(null)
    const checked = signers.page.check(page, { context: key, now })
    return checked.ok ? ok(slotOfPage(checked.value)) : checked
  }

  async function definitionFor(survey: Survey, response: Response | undefined) {
    if (!response || response.version === survey.version) return survey.definition
    return definitionOf(db, survey, response.version)
  }

  /** The page of a link. An answer that was begun goes on where it stopped; the open link begins anew unless it takes one answer only. */
  async function open(visit: Visit): Promise<Result<Opened>> {
    const survey = await liveSurvey(visit.key)
    if (!survey.ok) return survey
    const asked = await slotOf(survey.value, visit)
    // A page's token that is too old is no mistake of the reader: the page begins anew.
    if (!asked.ok && visit.link !== undefined) return asked
    let slot = (asked.ok && asked.value) || newPage()
    let response = await findResponse(db, survey.value, slot.slot)
    const done = response?.state === 'complete' || response?.state === 'over_quota'
    if (done && slot.invitationId === null && !survey.value.once) {
      slot = newPage()
      response = undefined
    }
    const definition = await definitionFor(survey.value, response)
    const language = languageOf(definition, visit.language, visit.acceptLanguage)
    if (!response && (await isFull(survey.value))) {
      const view: View = { survey: definition, language, kind: 'full' }
      return ok({ survey: survey.value, view, page: '' })
    }
    const view = viewOf(definition, language, response ?? { answers: {}, state: 'shown' })
    return ok({ survey: survey.value, view, page: tokenOf(visit, slot) })
  }

  /** True where a quota over all answers is full: then nobody is asked any more. */
  async function isFull(survey: Survey): Promise<boolean> {
    const whole = survey.definition.quotas.filter(({ when }) => !when)
    if (whole.length === 0) return false
    const counts = await countsOf(db, survey)
    return whole.some(({ id, most }) => (counts.get(id) ?? 0) >= most)
  }

  const tokenOf = ({ key, now }: Visit, { responseId }: Slot) =>
    signers.page.sign({ context: key, subject: responseId, expiresAt: now + PAGE_MS })

  /**
   * Takes answers (by question; none where the survey was only shown) and says what comes next. Whoever sends them must hold a
   * single-use link or the token of an opened page. Problem `page_missing` besides those of the tokens.
   */
  async function answer(
    visit: Visit,
    sent: { answers: Readonly<Record<string, unknown>>; backFrom?: string },
  ): Promise<Result<Opened>> {
    const survey = await liveSurvey(visit.key)
    if (!survey.ok) return survey
    const slot = await slotOf(survey.value, visit)
    if (!slot.ok) return slot
    if (!slot.value) return fail(PAGE_MISSING)
    const language = languageOf(survey.value.definition, visit.language, visit.acceptLanguage)
    const saving = { answers: sent.answers, language, channel: visit.channel, now: visit.now }
    const saved = await saveAnswers(db, survey.value, slot.value, saving)
    const response = saved.ok ? saved.value : await findResponse(db, survey.value, slot.value.slot)
    if (saved.ok) onSaved()
    const definition = await definitionFor(survey.value, response)
    const given = response ?? { answers: {}, state: 'shown' as const }
    const view = viewOf(definition, language, given, placeOf(definition, given, sent, saved))
    const page = tokenOf(visit, slot.value)
    return ok({ survey: survey.value, view, page, notTaken: saved.ok ? undefined : saved.problem })
  }

  return { open, answer }
}

/** Where to go after answers were sent: on to the next, back to the one before, or nowhere where one was not taken. */
function placeOf(
  definition: View['survey'],
  given: Pick<Response, 'answers' | 'state'>,
  sent: { answers: Readonly<Record<string, unknown>>; backFrom?: string },
  saved: Awaited<ReturnType<typeof saveAnswers>>,
): Parameters<typeof viewOf>[3] {
  if (!saved.ok) return { question: saved.problem.question, problem: saved.problem.why }
  const last = Object.keys(sent.answers).at(-1)
  const place =
    sent.backFrom !== undefined
      ? neighbour(definition, given.answers, sent.backFrom, -1)
      : last === undefined
        ? undefined
        : neighbour(definition, given.answers, last, 1)
  return place === undefined ? undefined : { question: place }
}

const slotOfPage = (responseId: string): Slot => ({ slot: `r:${responseId}`, responseId, invitationId: null })
const newPage = (): Slot => slotOfPage(newId(14))

const NO_SURVEY = { code: 'not_found', message: 'there is no survey at this address' }
const CLOSED = { code: 'survey_closed', message: 'this survey is over' }
const PAGE_MISSING = {
  code: 'page_missing',
  message: 'answers come with the token of an opened page (page) or of a single-use link (t)',
  remedy: 'open the survey first',
}
