import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signerFor } from '../../src/app/sign.ts'
import { type App, openApp } from '../../src/app.ts'
import { MAIN, tenantId } from '../../src/core/tenant.ts'
import { createHttp } from '../../src/http/server.ts'
import type { SurveyDetail, SurveyInvitations, SurveyList, SurveyResults, VoicePage } from '../../src/http/shapes.ts'
import { temporaryFolder } from '../stores.ts'
import { openDatabase } from './database.ts'

const folder = temporaryFolder('surveys')
const dataDir = path.join(folder.path, 'data')
const near = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
let address = 0
/** Every group of tests comes from an address of its own, since one address may only ask so often. */
const somewhere = () => ({ incoming: { socket: { remoteAddress: `203.0.113.${++address}` } } })
const DAY = 86_400_000

let app: App
let http: ReturnType<typeof createHttp>
let db: Awaited<ReturnType<typeof openDatabase>>

async function ask<T>(target: string, body?: unknown) {
  const headers = { host: 'localhost', authorization: `Bearer ${app.localToken}`, 'content-type': 'application/json' }
  const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }
  const answer = await http.request(`http://localhost/api/v1${target}`, init, near)
  const said = await answer.text()
  return { status: answer.status, text: said, value: (said.startsWith('{') ? JSON.parse(said) : null) as T }
}

type Answered = {
  state: string
  question: string | null
  problem: string | null
  problemAt: string | null
  page: string
  error?: { code: string }
}

/** What a program or the page's script sends. */
async function post(target: string, body: object, from = somewhere()) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await http.request(`http://shop.example${target}`, init, from)
  return { status: answer.status, value: (await answer.json()) as Answered }
}
const open = async (target: string, headers: Record<string, string> = {}) => {
  const answer = await http.request(`http://shop.example${target}`, { headers }, somewhere())
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}
const pageIn = (markup: string) => /name="page" value="([^"]+)"/.exec(markup)![1]!

const words = (text: string) => ({ zh: text, en: text })
const definition = (questions: object[], more: object = {}) =>
  JSON.stringify({
    format: 'daystar-survey/1',
    languages: ['zh', 'en'],
    title: words('收货回访'),
    questions,
    thanks: { title: words('谢谢') },
    ...more,
  })
const short = definition([{ id: 'nps', type: 'nps', ask: words('推荐吗'), required: true }])
const long = definition([
  { id: 'nps', type: 'nps', ask: words('推荐吗'), required: true },
  {
    id: 'why',
    type: 'text',
    ask: words('为什么'),
    explains: 'nps',
    showIf: { of: [{ question: 'nps', is: 'atMost', value: 8 }] },
  },
  {
    id: 'ways',
    type: 'multiple',
    ask: words('怎么来的'),
    options: ['ad', 'friend'].map((id) => ({ id, label: words(id) })),
  },
  { id: 'csat', type: 'csat', ask: words('满意吗') },
])

async function live(text: string, more: object = {}): Promise<SurveyDetail> {
  const made = await ask<SurveyDetail>('/surveys?tenant=main', { text })
  if (made.status !== 200) throw new Error(made.text)
  return (await ask<SurveyDetail>(`/surveys/${made.value.id}/hand-out?tenant=main`, { state: 'live', ...more })).value
}
const resultsOf = async (id: string) => (await ask<SurveyResults>(`/surveys/${id}/results?tenant=main`)).value
const voicesOf = async (text: string) => {
  await app.surveys.tell()
  await app.ingest.idle()
  const day = (ago: number) => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10)
  const { value } = await ask<VoicePage>(`/voices?tenant=main&kind=survey&from=${day(2)}&to=${day(-2)}&text=${text}`)
  return value.voices
}

/** Orders that arrived so many days ago, one for each customer. */
async function deliver(customers: readonly string[], daysAgo: number, tenant = MAIN): Promise<void> {
  const at = Date.now() - daysAgo * DAY
  const records = customers.map((customerRef, i) => ({
    id: `order-${customerRef}-${daysAgo}`,
    customerRef,
    orderedAt: at - 3 * DAY,
    deliveredAt: at,
    city: i % 2 === 0 ? '北京' : '上海',
    lines: [{ productId: 'p1', category: '取暖器', amountMinor: 10_000 + i }],
  }))
  const taken = await app.ingest.accept({ tenant, kind: 'orders', source: 'shop', records })
  expect(taken).toMatchObject({ ok: true, value: { kept: customers.length } })
  await app.ingest.idle()
}
const linksOf = async (id: string) => {
  const { text } = await ask(`/surveys/${id}/links?tenant=main`)
  const rows = text.trim().split('\r\n').slice(1)
  return rows.map((row) => {
    const [customerRef, orderId, , , link] = row.split(',')
    const url = new URL(link!)
    return { customerRef, orderId, target: url.pathname + url.search, token: url.searchParams.get('t')! }
  })
}

beforeAll(async () => {
  const opened = await openApp({ dataDir, host: '127.0.0.1', port: 0, readerThreads: 0 }, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  http = createHttp(app)
  db = await openDatabase(dataDir)
}, 120_000)
afterAll(async () => {
  await db?.end()
  await app?.close()
  folder.remove()
})

describe('a definition', () => {
  test('that cannot be asked is refused with its line, place and reason', async () => {
    const bad = JSON.stringify(
      JSON.parse(definition([{ id: 'a', type: 'nps', ask: words('x'), jumps: [{ to: 'a' }] }])),
      null,
      2,
    )
    const { status, text } = await ask('/surveys?tenant=main', { text: bad })
    expect(status).toBe(422)
    const { error } = JSON.parse(text)
    expect(error).toMatchObject({ code: 'bad_survey', message: expect.stringContaining('loop') })
    const line = bad.split('\n').findIndex((one) => one.includes('"to": "a"')) + 1
    expect(error.where).toBe(`line ${line}, questions[0].jumps[0].to`)
    expect((await ask<never>('/surveys?tenant=main', { text: '{"format": \n' })).text).toContain('line ')
  })

  test('comes out as it went in', async () => {
    const survey = await live(long)
    const again = await ask<SurveyDetail>('/surveys?tenant=main', { text: survey.text })
    expect(again.value.text).toBe(survey.text)
    const unchanged = await ask<SurveyDetail>(`/surveys/${survey.id}/hand-out?tenant=main`, {})
    expect(unchanged.value.state).toBe('live')
  })
})

describe('an open link', () => {
  test('shows each question, takes partial answers, and counts them when they are complete', async () => {
    const survey = await live(long)
    const first = await open(`/s/${survey.key}`, { 'accept-language': 'en-GB,en' })
    expect(first.status).toBe(200)
    expect(first.text).toContain('<html lang="en">')
    const page = pageIn(first.text)
    const from = somewhere()
    expect((await post(`/s/${survey.key}`, { page }, from)).value).toMatchObject({ state: 'question', question: 'nps' })
    const second = await post(`/s/${survey.key}`, { page, answers: { nps: 3 } }, from)
    expect(second.value).toMatchObject({ state: 'question', question: 'why' })
    expect((await resultsOf(survey.id)).steps).toMatchObject({ shown: 1, started: 1, completed: 0 })

    // The same browser comes back later, in the middle of the survey.
    const cookie = first.headers.getSetCookie()[0]!
    expect(cookie).toMatch(/HttpOnly/i)
    const back = await open(`/s/${survey.key}`, { cookie: cookie.split(';')[0]! })
    expect(back.text).toContain('value="why"')
    await post(`/s/${survey.key}`, { page, answers: { why: '噪音太大，电话 13812346021' } }, from)
    await post(`/s/${survey.key}`, { page, answers: { ways: ['friend'] } }, from)
    expect((await post(`/s/${survey.key}`, { page, answers: { csat: null } }, from)).value.state).toBe('thanks')

    const results = await resultsOf(survey.id)
    expect(results.steps).toMatchObject({ shown: 1, started: 1, completed: 1 })
    expect(results.questions.map(({ answered }) => answered)).toEqual([1, 1, 1, 0])
    expect(results.questions[1]!.texts[0]!.text).toBe('噪音太大，电话 138****6021')

    const voices = await voicesOf('噪音太大')
    expect(voices).toHaveLength(1)
    expect(voices[0]).toMatchObject({ kind: 'survey', metric: 'nps', rating: 3 })
    expect(voices[0]!.mentions.map(({ aspect, polarity }) => [aspect, polarity])).toContainEqual(['noise', 'negative'])
  })

  test('refuses answers to questions that are hidden, and forgets those that become so', async () => {
    const survey = await live(long)
    const page = pageIn((await open(`/s/${survey.key}`)).text)
    expect((await post(`/s/${survey.key}`, { page, answers: { nps: 10, why: 'x' } })).value).toMatchObject({
      question: 'nps',
      problem: 'not_asked',
      problemAt: 'why',
    })
    expect((await resultsOf(survey.id)).steps.started).toBe(0)
    await post(`/s/${survey.key}`, { page, answers: { nps: 2, why: '慢' } })
    await post(`/s/${survey.key}`, { page, answers: { nps: 9 } })
    expect((await resultsOf(survey.id)).questions.map(({ answered }) => answered)).toEqual([1, 0, 0, 0])
  })

  test('fifty answers at once from one page count once, and without a page, or with null for one, not at all', async () => {
    const survey = await live(short)
    const page = pageIn((await open(`/s/${survey.key}`)).text)
    const from = somewhere()
    const sent = await Promise.all(
      Array.from({ length: 50 }, (_, i) => post(`/s/${survey.key}`, { page, answers: { nps: i % 11 } }, from)),
    )
    expect(new Set(sent.map(({ value }) => value.state))).toEqual(new Set(['thanks']))
    for (const nobody of [{}, { page: null }, { page: '' }, { page: 'null' }, { t: null, page: null }])
      expect((await post(`/s/${survey.key}`, { ...nobody, answers: { nps: 1 } })).status).toBeGreaterThanOrEqual(400)
    expect((await resultsOf(survey.id)).steps.completed).toBe(1)
  })

  test('works without scripts, step by step and back again', async () => {
    const survey = await live(long)
    const form = async (fields: Record<string, string>) => {
      const init = { method: 'POST', body: new URLSearchParams(fields) }
      return (await http.request(`http://shop.example/s/${survey.key}`, init, somewhere())).text()
    }
    const page = pageIn((await open(`/s/${survey.key}`)).text)
    expect(await form({ page, question: 'nps' })).toContain('这一题需要回答后才能继续')
    expect(await form({ page, question: 'nps', a: '10' })).toContain('怎么来的')
    const before = await form({ page, question: 'ways', back: '1' })
    expect(before).toContain('推荐吗')
    expect(before).toContain('value="10" checked')
    await form({ page, question: 'ways', a: 'ad' })
    expect(await form({ page, question: 'csat', a: '5' })).toContain('谢谢')
    expect((await resultsOf(survey.id)).steps.completed).toBe(1)
  })

  test('is closed while the survey is a draft or over, and unknown keys are the same as none', async () => {
    const draft = (await ask<SurveyDetail>('/surveys?tenant=main', { text: short })).value
    expect((await open(`/s/${draft.key}`)).status).toBe(404)
    const over = await live(short)
    await ask(`/surveys/${over.id}/hand-out?tenant=main`, { state: 'closed' })
    expect((await open(`/s/${over.key}`)).status).toBe(410)
    for (const key of ['nothing', '../etc', '%00', 'a'.repeat(500), "'or 1=1"])
      expect((await open(`/s/${encodeURIComponent(key)}`)).status).toBe(404)
  })

  test('takes no more than a quota allows, however many come at once', async () => {
    const survey = await live(
      definition([{ id: 'nps', type: 'nps', ask: words('推荐吗') }], { quotas: [{ id: 'all', most: 3 }] }),
    )
    const pages = await Promise.all(
      Array.from({ length: 12 }, async () => pageIn((await open(`/s/${survey.key}`)).text)),
    )
    const sent = await Promise.all(pages.map((page) => post(`/s/${survey.key}`, { page, answers: { nps: 5 } })))
    expect(sent.filter(({ value }) => value.state === 'thanks')).toHaveLength(3)
    expect(sent.filter(({ value }) => value.state === 'full')).toHaveLength(9)
    expect((await resultsOf(survey.id)).steps.completed).toBe(3)
    expect((await open(`/s/${survey.key}`)).text).toContain('已经收够了')
  })
})

describe('an invitation', () => {
  const rule = { trigger: { kind: 'delivered', afterDays: 2 }, share: 1, categories: [], linkDays: 14 }
  const crowd = Array.from({ length: 20 }, (_, i) => `guest-${i}`)
  let survey: SurveyDetail
  let other: SurveyDetail

  beforeAll(async () => {
    await deliver(crowd, 3)
    survey = await live(short, { rule })
    other = await live(short, { rule })
  })

  test('goes to each customer once, by one survey of two, however often and however many at once it is made', async () => {
    const made = await Promise.all(
      [survey, other, survey, other].map(({ id }) => ask<{ made: number }>(`/surveys/${id}/invite?tenant=main`, {})),
    )
    expect(made.reduce((sum, { value }) => sum + value.made, 0)).toBe(20)
    expect((await ask<{ made: number }>(`/surveys/${survey.id}/invite?tenant=main`, {})).value.made).toBe(0)
    const { rows } = await db.query('select customer_ref, count(*)::int as n from survey_invitations group by 1')
    expect(rows.map(({ n }) => n)).toEqual(crowd.map(() => 1))
    await deliver(crowd, 2.5)
    expect((await ask<{ made: number }>(`/surveys/${survey.id}/invite?tenant=main`, {})).value.made).toBe(0)
  })

  test('is a link that fifty answers at once, with whatever ids, answer once', async () => {
    const mine = (await linksOf(survey.id)).concat(await linksOf(other.id))
    const id = (await linksOf(survey.id)).length > 0 ? survey.id : other.id
    const { target } = mine[0]!
    const ids = [{}, { page: null }, { page: 'made-up' }, { responseId: null }, { id: 'x' }]
    const from = somewhere()
    const { token } = mine[0]!
    const sent = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        post(target.split('?')[0]!, { t: token, ...ids[i % ids.length], answers: { nps: i % 11 } }, from),
      ),
    )
    expect(sent.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200))
    const results = await resultsOf(id)
    expect(results.steps).toMatchObject({ invited: 20, completed: 1 })
    expect(results.steps.responseRate).toMatchObject({ value: 0.05, n: 20 })
    expect((await linksOf(id)).map((one) => one.token)).not.toContain(token)
    const { value } = await ask<SurveyInvitations>(`/surveys/${id}/invitations?tenant=main`)
    expect(value.rows.filter(({ state }) => state === 'complete')).toHaveLength(1)
    await app.surveys.tell()
    await app.surveys.tell()
    await app.ingest.idle()
    const asked = await ask<VoicePage>(
      `/voices?tenant=main&kind=survey&order=${mine[0]!.orderId}&from=2026-01-01&to=2036-01-01`,
    )
    expect(asked.value.voices).toHaveLength(1)
  })

  test('refuses a token of another purpose, survey or time, an altered one, and one that wants no signature', async () => {
    const { target, token } = (await linksOf(survey.id)).concat(await linksOf(other.id))[0]!
    const key = target.split('?')[0]!.slice('/s/'.length)
    const secret = readFileSync(path.join(dataDir, 'secret'), 'utf8')
    const subject = token.split('.')[0]!
    const later = Date.now() + DAY
    const signed = (purpose: string, context = key, expiresAt = later) =>
      signerFor(purpose, secret).sign({ context, subject, expiresAt })
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(`{"sub":"${subject}"}`).toString('base64url')}.`
    const bad: [string, number][] = [
      [signed('survey page'), 403],
      [signed('session'), 403],
      [signed('survey link', 'another-key'), 403],
      [signed('survey link', key, Date.now() - 1_000), 410],
      [`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, 403],
      [none, 403],
      ['', 403],
    ]
    for (const [t, status] of bad) {
      expect((await open(`/s/${key}?t=${encodeURIComponent(t)}`)).status).toBe(status)
      expect((await post(`/s/${key}`, { t, answers: { nps: 9 } })).status).toBe(status)
    }
    expect((await open(target)).status).toBe(200)
    // A page's token is no single-use link, and the other way round.
    expect((await post(`/s/${key}`, { page: token, answers: { nps: 9 } })).status).toBe(403)
  })

  test('shows who answered against who was asked, and the score weighted to them', async () => {
    const id = (await resultsOf(survey.id)).invited > 0 ? survey.id : other.id
    const links = await linksOf(id)
    for (const [i, { target, token }] of links.entries())
      if (i % 2 === 0) await post(target.split('?')[0]!, { t: token, answers: { nps: 10 } })
    const results = await resultsOf(id)
    expect(results.bias.map(({ dimension }) => dimension)).toEqual(['category', 'value', 'city', 'customer'])
    expect(results.bias[2]!.rows.reduce((sum, one) => sum + one.invited, 0)).toBe(20)
    expect(results.questions[0]!.weighted).toMatchObject({ n: results.steps.completed })
    const list = (await ask<SurveyList>('/surveys?tenant=main')).value
    expect(list.pooled.stratified.n).toBeGreaterThan(results.steps.completed)
  })
})

describe('what nobody may do', () => {
  test('another tenant sees, changes and invites nothing', async () => {
    const survey = await live(short)
    const key = await app.access.createKey(tenantId.parse('demo'), { name: 'other', scope: 'write' })
    const headers = { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' }
    for (const target of ['', '/results', '/invitations', '/links']) {
      const answer = await http.request(
        `http://localhost/api/v1/surveys/${survey.id}${target}?tenant=demo`,
        { headers },
        near,
      )
      expect([target, answer.status]).toEqual([target, 404])
    }
    for (const [target, body] of [
      ['', { text: short }],
      ['/hand-out', { state: 'closed' }],
      ['/invite', {}],
    ] as const) {
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      const answer = await http.request(`http://localhost/api/v1/surveys/${survey.id}${target}?tenant=demo`, init, near)
      expect([target, answer.status]).toEqual([target, 404])
    }
    expect((await ask<SurveyDetail>(`/surveys/${survey.id}?tenant=main`)).value.state).toBe('live')
  })

  test('links are handed out to whoever may write, and nobody else', async () => {
    const survey = await live(short)
    const answer = await http.request(`http://localhost/api/v1/surveys/${survey.id}/links?tenant=main`, {}, near)
    expect(answer.status).toBe(401)
  })

  test('a page is framed by the declared sites alone, and the rest of the product by none', async () => {
    const survey = await live(short, { origins: ['https://shop.example.com'] })
    const embedded = await open(`/s/${survey.key}?channel=embed`)
    expect(embedded.headers.get('content-security-policy')).toContain('frame-ancestors https://shop.example.com')
    expect(embedded.headers.get('x-frame-options')).toBeNull()
    const alone = await open(`/s/${survey.key}`)
    expect(alone.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(alone.headers.get('x-frame-options')).toBe('DENY')
    expect(alone.headers.get('referrer-policy')).toBe('no-referrer')
    const console_ = await open('/surveys')
    expect(console_.headers.get('x-frame-options')).toBe('DENY')
    for (const origin of [
      "https://a.com; script-src 'unsafe-inline'",
      '*',
      'http://a.com',
      'https://a.com/x',
      'javascript:x',
    ])
      expect(await ask(`/surveys/${survey.id}/hand-out?tenant=main`, { origins: [origin] })).toMatchObject({
        status: 422,
        value: { error: { where: 'origins', zh: { message: expect.stringContaining('不是网站的来源') } } },
      })
  })

  test('too large an answer, too deep a one, and too many from one address are refused', async () => {
    const survey = await live(short)
    const from = somewhere()
    const page = pageIn((await open(`/s/${survey.key}`)).text)
    expect((await post(`/s/${survey.key}`, { page, answers: { nps: 'x'.repeat(70_000) } }, from)).status).toBe(413)
    const deep = `{"page":"${page}","answers":{"nps":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: deep }
    expect((await http.request(`http://shop.example/s/${survey.key}`, init, from)).status).toBeLessThan(500)
    const many = await Promise.all(Array.from({ length: 300 }, () => post(`/s/${survey.key}`, { page }, from)))
    const refused = many.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(20)
    expect((await post(`/s/${survey.key}`, { page })).status).toBe(200)
  })

  test.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)' autofocus='",
    '</textarea><svg onload=alert(1)>',
    '</title><script>alert(1)</script>',
    '{{constructor.constructor("alert(1)")()}}',
    '\u202e\ufeff<b>x',
  ])('%j stays text wherever it is shown', async (text) => {
    const survey = await live(
      JSON.stringify({
        ...JSON.parse(
          definition([
            { id: 't', type: 'text', ask: words(text), help: words(text) },
            {
              id: 'm',
              type: 'matrix',
              ask: words(text),
              rows: [{ id: 'r', label: words(text) }],
              columns: [
                { id: 'a', label: words(text) },
                { id: 'b', label: words('b') },
              ],
            },
          ]),
        ),
        title: words(text),
        intro: words(text),
      }),
    )
    const page = await open(`/s/${survey.key}`)
    const token = pageIn(page.text)
    await post(`/s/${survey.key}`, { page: token, answers: { t: text } })
    const init = { method: 'POST', body: new URLSearchParams({ page: token, question: 'm', back: '1' }) }
    const back = await (await http.request(`http://shop.example/s/${survey.key}`, init, somewhere())).text()
    for (const markup of [page.text, back]) {
      expect(markup.match(/<script/g)).toHaveLength(1)
      expect(markup).not.toMatch(/<img|<svg|<b>|<[a-z]+ [^>]*\son(error|load|focus)=/i)
    }
    expect((await resultsOf(survey.id)).questions[0]!.texts[0]!.text).toBe(text.trim())
  })
})
