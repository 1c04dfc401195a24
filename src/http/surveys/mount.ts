import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { channels, type Opened, type Visit } from '../../app/surveys/open.ts'
import type { View } from '../../app/surveys/view.ts'
import type { App } from '../../app.ts'
import type { Problem, Result } from '../../core/result.ts'
import type { Env, HonoApp } from '../env.ts'
import { senderOf } from '../guard.ts'
import { limitRate } from '../rate.ts'
import type { Markup } from './markup.ts'
import { content, documentOf, type Envelope, message, pagePolicy, widgetScript } from './page.ts'
import { pageWords } from './words.ts'

const MAX_BODY = 64 * 1024
const COOKIE = 'daystar_page'
const HALF_A_YEAR_S = 180 * 86_400

const text = z.string().max(300)
/** Anything may be missing or null: then it is not there. */
const fields = z.object({
  t: text.nullish(),
  page: text.nullish(),
  lang: z.string().max(20).nullish(),
  channel: z.string().max(20).nullish(),
})
const jsonBody = fields.extend({ answers: z.record(z.string().max(60), z.unknown()).default({}) })

/** Surveys for people who have nothing but a link: pages that work without scripts and without signing in. */
export function mountSurveys(http: HonoApp, app: App): void {
  const slowDown = limitRate({ burst: 240, perSecond: 4 })
  http.use('/s/*', async (c, next) => {
    const wait = slowDown(senderOf(c), Date.now())
    if (wait === 0) return next()
    c.header('Retry-After', String(Math.ceil(wait / 1000)))
    return refuse(c, { code: 'busy', message: 'too many requests from here' })
  })
  http.use('/s/*', bodyLimit({ maxSize: MAX_BODY, onError: (c) => refuse(c, TOO_LARGE) }))
  http.get('/s/_preview', (c) => {
    const words = pageWords[c.req.query('lang') === 'en' ? 'en' : 'zh']
    return page(c, message(words.previewEmpty, ''), { title: '', language: 'zh', ancestors: ["'self'"], preview: true })
  })
  http.get('/s/:key', (c) => openPage(app, c))
  http.post('/s/:key', (c) => takeAnswer(app, c))
  http.get('/widget.js', (c) => widget(app, c))
}

async function openPage(app: App, c: Context<Env>): Promise<Response> {
  const asked = c.req.query()
  const cookie = asked.t === undefined ? getCookie(c, COOKIE) : undefined
  const visit = visitOf(c, { ...asked, page: cookie })
  const opened = await app.surveys.open(visit)
  if (!opened.ok) return refuse(c, opened.problem)
  if (visit.link === undefined && opened.value.page !== '') remember(c, visit, opened.value.page)
  return showPage(c, visit, opened.value)
}

async function takeAnswer(app: App, c: Context<Env>): Promise<Response> {
  const sent = await readBody(c)
  if (!sent.ok) return refuse(c, sent.problem)
  const { answers, backFrom, ...given } = sent.value
  const visit = visitOf(c, given)
  const answered = await app.surveys.answer(visit, { answers, backFrom })
  if (!answered.ok) return refuse(c, answered.problem, visit.language)
  return showPage(c, visit, answered.value)
}

type Given = z.infer<typeof fields>

function visitOf(c: Context<Env>, given: Given): Visit {
  const channel = channels.find((one) => one === given.channel) ?? 'link'
  return {
    key: c.req.param('key') ?? '',
    link: given.t ?? undefined,
    page: given.page ?? undefined,
    language: given.lang ?? undefined,
    acceptLanguage: c.req.header('accept-language'),
    channel: given.t ? 'single' : channel,
    now: Date.now(),
  }
}

type Sent = Given & { answers: Record<string, unknown>; backFrom?: string }

/** A form of one question, or JSON with answers by question. */
async function readBody(c: Context<Env>): Promise<Result<Sent>> {
  if (/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    const parsed = jsonBody.safeParse(await c.req.json().catch(() => null))
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, problem: BAD_BODY }
  }
  const form = await c.req.parseBody({ all: true }).catch(() => null)
  const given = fields.extend({ question: z.string().max(60).optional() }).safeParse(form)
  if (!form || !given.success) return { ok: false, problem: BAD_BODY }
  const { question, ...rest } = given.data
  if (question === undefined) return { ok: true, value: { ...rest, answers: {} } }
  if (form.back !== undefined) return { ok: true, value: { ...rest, answers: {}, backFrom: question } }
  const rows = Object.entries(form).filter(([name]) => name.startsWith('a.'))
  const answer = rows.length > 0 ? Object.fromEntries(rows.map(([name, value]) => [name.slice(2), value])) : form.a
  return { ok: true, value: { ...rest, answers: { [question]: answer } } }
}

/** Remembers which page a browser was given, so that it goes on with it. Within another site's page cookies need to be named as such. */
function remember(c: Context<Env>, visit: Visit, token: string): void {
  const base = { path: `/s/${visit.key}`, httpOnly: true, maxAge: HALF_A_YEAR_S }
  const framed = visit.channel === 'embed' || visit.channel === 'widget'
  setCookie(
    c,
    COOKIE,
    token,
    framed ? { ...base, sameSite: 'None', secure: true, partitioned: true } : { ...base, sameSite: 'Lax' },
  )
}

function showPage(c: Context<Env>, visit: Visit, { view, survey, page: token, notTaken }: Opened): Response {
  const body = content(view, envelopeOf(visit, view, token))
  if (wantsJson(c)) {
    return c.json({
      state: view.kind,
      question: view.kind === 'question' ? view.question.id : null,
      problem: notTaken?.why ?? null,
      problemAt: notTaken?.question ?? null,
      page: token,
      html: body.markup,
    })
  }
  const framed = visit.channel === 'embed' || visit.channel === 'widget'
  const title = view.survey.title[view.language] ?? view.survey.title.zh ?? view.survey.title.en ?? ''
  return page(c, body, { title, language: view.language, ancestors: framed ? survey.origins : [] })
}

function envelopeOf(visit: Visit, view: View, token: string): Envelope {
  const { key, link, channel } = visit
  const other = view.survey.languages.find((one) => one !== view.language)
  const search = new URLSearchParams({
    ...(link !== undefined && { t: link }),
    ...(channel !== 'single' && { channel }),
  })
  search.set('lang', other ?? '')
  return { action: `/s/${key}`, page: token, link, channel, otherLanguage: other ? `/s/${key}?${search}` : null }
}

interface Shown {
  title: string
  language: View['language']
  ancestors: readonly string[]
  preview?: boolean
  status?: number
}

function page(c: Context<Env>, body: Markup, { title, language, ancestors, preview, status = 200 }: Shown): Response {
  const nonce = randomBytes(16).toString('base64')
  secure(c)
  c.header('Content-Security-Policy', pagePolicy(nonce, ancestors))
  if (ancestors.length === 0) c.header('X-Frame-Options', 'DENY')
  c.header('Cache-Control', 'no-store')
  return c.html(documentOf(body, { title, language, nonce, framed: ancestors.length > 0, preview }), status as 200)
}

/** The address holds the token of a single-use link: it is told to nobody. */
function secure(c: Context<Env>): void {
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Vary', 'Accept, Accept-Language, Cookie')
}

const wantsJson = (c: Context<Env>): boolean =>
  (c.req.header('accept') ?? '').includes('application/json') ||
  /^application\/json\b/i.test(c.req.header('content-type') ?? '')

const statusOf: Record<string, number> = {
  not_found: 404,
  token_invalid: 403,
  token_expired: 410,
  survey_closed: 410,
  too_large: 413,
  busy: 429,
}

/** In the language that the page was in, where it says so. */
function refuse(c: Context<Env>, problem: Problem, pageLanguage?: string): Response {
  const asked = pageLanguage ?? c.req.query('lang') ?? c.req.header('accept-language') ?? ''
  const language: View['language'] = asked.toLowerCase().startsWith('en') ? 'en' : 'zh'
  const status = statusOf[problem.code] ?? 422
  const body = message(...refusalWords(problem.code, language))
  if (wantsJson(c)) {
    secure(c)
    const { code, message: why, remedy } = problem
    return c.json({ error: { code, message: why, remedy }, state: 'refused', html: body.markup }, status as 422)
  }
  return page(c, body, { title: '', language, ancestors: [], status })
}

function refusalWords(code: string, language: View['language']): [string, string] {
  const words = pageWords[language]
  switch (code) {
    case 'survey_closed':
      return [words.closedTitle, '']
    case 'token_expired':
      return [words.expiredTitle, words.expiredText]
    case 'not_found':
    case 'token_invalid':
      return [words.missingTitle, words.missingText]
    case 'busy':
      return [words.busyTitle, words.busyText]
    default:
      return [words.brokenTitle, words.brokenText]
  }
}

/** The script that a shop's page includes; it knows its survey, and how long people are left in peace. */
async function widget(app: App, c: Context<Env>): Promise<Response> {
  const survey = c.req.query('survey') ?? ''
  const known = await app.surveys.widget(survey)
  const words = Object.fromEntries(
    Object.entries(pageWords).map(([language, { open, close }]) => [language, { open, close }]),
  )
  const settings = known && JSON.stringify({ survey, ...known, words })
  secure(c)
  c.header('Content-Type', 'text/javascript; charset=utf-8')
  c.header('Cache-Control', 'public, max-age=300')
  c.header('Cross-Origin-Resource-Policy', 'cross-origin')
  return c.body(
    settings ? widgetScript.replace('__SETTINGS__', () => settings) : '// There is no live survey of this name.\n',
  )
}

const TOO_LARGE = { code: 'too_large', message: 'an answer is at most 64 KiB' }
const BAD_BODY = { code: 'bad_request', message: 'this is not an answer: send a form, or JSON with "answers"' }
