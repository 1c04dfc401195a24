import http from 'node:http'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { telling } from '../../src/act/notify/channels.ts'
import { type App, openApp } from '../../src/app.ts'
import type { EventInput } from '../../src/core/event.ts'
import { tenantId } from '../../src/core/tenant.ts'
import { verifyStandardWebhook } from '../../src/listen/source/signatures.ts'
import { temporaryFolder } from '../stores.ts'

/** The watch from the records to the incident, through the whole application but HTTP. */
const tenant = tenantId.parse('main')
const demo = tenantId.parse('demo')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const dawn = Math.floor(Date.now() / DAY) * DAY - 21 * DAY
const by = { actor: 'test', note: '', now: Date.now() }

let app: App
let remove: () => void
let folder: string

/** A system that takes what is sent to it, or does not. */
let chat: http.Server
let chatUrl: string
let answer = 200
const taken: { headers: http.IncomingHttpHeaders; body: string }[] = []

async function listen() {
  chat = http.createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += part))
    request.on('end', () => {
      taken.push({ headers: request.headers, body })
      response.writeHead(answer).end('{}')
    })
  })
  await new Promise<void>((done) => chat.listen(0, '127.0.0.1', done))
  chatUrl = `http://127.0.0.1:${(chat.address() as AddressInfo).port}`
}

/** A mail server that takes what is sent to it. */
let post: SMTPServer
let postPort: number
const letters: { raw: string; user: unknown }[] = []

async function collect() {
  post = new SMTPServer({
    ...{ logger: false, hideSTARTTLS: true, allowInsecureAuth: true },
    onAuth: ({ username, password }, _, done) =>
      password === 'geheim' ? done(null, { user: username }) : done(new Error('no such user')),
    onData(stream, { user }, done) {
      let raw = ''
      stream.on('data', (part: Buffer) => (raw += part))
      stream.on('end', () => done(null, String(letters.push({ raw, user }))))
    },
  })
  await new Promise<void>((done) => post.listen(0, '127.0.0.1', done))
  postPort = (post.server.address() as AddressInfo).port
}

async function open() {
  const allow = [chatUrl, `smtp://127.0.0.1:${postPort}`]
  const config = { dataDir: `${folder}/data`, host: '127.0.0.1', port: 0, readerThreads: 1, allow }
  const opened = await openApp(config, (line) => {
    if (/failed/.test(line)) console.error(line)
  })
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
}

/** Twenty payments an hour of which one fails, and from `broken` on eight. */
function payments(from: number, until: number, broken: number): EventInput[] {
  const events: EventInput[] = []
  for (let hour = from; hour < until; hour += HOUR)
    for (let place = 0; place < 20; place++) {
      const name = place < (hour >= broken ? 8 : 1) ? 'payment_failed' : 'payment_succeeded'
      const props = {}
      events.push({ id: `p-${hour}-${place}`, name, at: hour + place * 60_000, channel: 'app', props } as EventInput)
    }
  return events
}

async function take(records: EventInput[]) {
  for (let at = 0; at < records.length; at += 1_000) {
    const done = await app.ingest.accept({
      tenant,
      kind: 'events',
      source: 'test',
      records: records.slice(at, at + 1_000),
    })
    if (!done.ok) throw new Error(done.problem.message)
  }
  await app.ingest.idle()
  await app.alerts.settled()
}

const ids = async () => {
  const { open, past } = await app.alerts.list(tenant, Date.now())
  return [...open, ...past].map((one) => one.id).sort()
}

const broken = dawn + 21 * DAY - 6 * HOUR

beforeAll(async () => {
  const made = temporaryFolder('alerts')
  folder = made.path
  remove = made.remove
  await Promise.all([listen(), collect()])
  await open()
  // Something else comes first, and is judged: the payments are all of a past that was judged without them.
  const visits = Array.from({ length: 40 }, (_, place) => ({
    id: `v-${place}`,
    name: 'page_viewed',
    at: dawn + place * 12 * HOUR,
    props: {},
  }))
  await take(visits as EventInput[])
  await app.alerts.round(tenant, Date.now())
  await take(payments(dawn, dawn + 21 * DAY, broken))
  await app.alerts.round(tenant, Date.now())
}, 120_000)
afterAll(async () => {
  await app.close()
  chat.close()
  post.close()
  remove()
}, 60_000)

describe('payments that begin to fail', () => {
  test('are one incident that says what, where, since when, and how much against what', async () => {
    const { open, series, budget } = await app.alerts.list(tenant, Date.now())
    expect(open.map((one) => one.ruleId)).toEqual(['payment-failures'])
    const [incident] = open
    expect(incident!.since).toBe(broken)
    expect(incident!.foundAt).toBe(broken + HOUR)
    expect(incident!.direction).toBe('up')
    expect(incident!.headline.zh).toMatch(/支付失败率.*偏高.*自 .*起.*预期.*95% 区间/)
    expect(incident!.headline.en).toMatch(/above what is usual since/)
    expect(incident!.lead.peak.n).toBeGreaterThan(0)
    expect(series).toBeGreaterThan(0)
    expect(budget.perHundred).toBe(1)
    expect(budget.perWeek).toBeCloseTo(series / 100)
  })

  test('show their line, and the payments that failed', async () => {
    const [incident] = (await app.alerts.list(tenant, Date.now())).open
    const detail = await app.alerts.detail(tenant, incident!.id, {}, Date.now())
    expect(detail!.chart.points.find((one) => one.at === broken)).toMatchObject({ value: 0.4, n: 20, direction: 'up' })
    expect(detail!.chart.alarmsAt).toContain(broken)
    expect(new Set(detail!.evidence.map((row) => row.name))).toEqual(new Set(['payment_failed']))
    expect(detail!.history.map((one) => one.what)).toEqual(['found'])

    // As many as the headline's figure says, page by page, none twice.
    const { window } = incident!.lead.peak
    expect(detail!.evidenceTotal).toBe(Math.round(window!.value * window!.n))
    const seen = new Set(detail!.evidence.map(({ id }) => id))
    for (let offset = detail!.evidence.length; offset < detail!.evidenceTotal; offset += 20) {
      const page = await app.alerts.evidence(tenant, incident!.id, { offset, span: 'peak' }, Date.now())
      expect(page!.total).toBe(detail!.evidenceTotal)
      for (const { id } of page!.rows) seen.add(id)
    }
    expect(seen.size).toBe(detail!.evidenceTotal)
    const whole = await app.alerts.evidence(tenant, incident!.id, { offset: 0, span: 'whole' }, Date.now())
    expect(whole!.total).toBeGreaterThanOrEqual(detail!.evidenceTotal)
  })

  test('are told once, however often the same data is judged, and after a restart', async () => {
    const before = await ids()
    await app.alerts.round(tenant, Date.now())
    expect(await ids()).toEqual(before)
    await app.close()
    await open()
    await Promise.all([app.alerts.round(tenant, Date.now()), app.alerts.round(tenant, Date.now())])
    expect(await ids()).toEqual(before)
    const detail = await app.alerts.detail(tenant, before[0]!, {}, Date.now())
    expect(detail!.history).toHaveLength(1)
  }, 60_000)

  test('are history where their records come long after: nobody is called', async () => {
    const old = payments(dawn - 300 * DAY, dawn - 280 * DAY, dawn - 281 * DAY)
    const records = old.map((event) => ({ ...event, id: `old-${event.id}` }))
    for (let at = 0; at < records.length; at += 1_000) {
      const batch = records.slice(at, at + 1_000)
      await app.ingest.accept({ tenant: demo, kind: 'events', source: 'test', records: batch })
    }
    await app.ingest.idle()
    await app.alerts.round(demo, Date.now())
    // The demo is simulated: its present is the end of its data. Seen from a real tenant's clock the same is history.
    expect((await app.alerts.list(demo, Date.now())).open.map((one) => one.ruleId)).toEqual(['payment-failures'])
    const own = old.map((event) => ({ ...event, id: `own-${event.id}` }))
    await take(own)
    await app.alerts.round(tenant, Date.now())
    const { open } = await app.alerts.list(tenant, Date.now())
    expect(open.every((one) => one.since >= dawn)).toBe(true)
  }, 60_000)
})

describe('a channel', () => {
  const wish = { way: 'webhook', name: '值班', url: '', secret: '' }
  const always = { incidents: true, digest: 'daily', hour: 0 } as const
  const old = Date.now() - 3 * DAY
  const make = async (over: object, now = old) => {
    const made = await app.channels.make(
      tenant,
      { ...wish, url: `${chatUrl}/hook?key=geheim`, telling: telling.parse({ ...always, ...over }) },
      { actor: 'test', now },
    )
    return made.ok ? made.value : expect.fail(made.problem.message)
  }
  const postings = async (id: string) => (await app.channels.list(tenant)).find((one) => one.id === id)!.postings

  test('gets the incident and the digest, signed, each once; what failed is tried again and says why', async () => {
    answer = 503
    const { id, secret } = await make({})
    await app.channels.tell(tenant, Date.now())
    const failed = await postings(id)
    expect(failed.map(({ type }) => type).sort()).toEqual(['alerts.digest', 'alerts.incident'])
    expect(failed.every((one) => one.state === 'waiting' && one.attempts === 1)).toBe(true)
    expect(failed[0]!.problem!.message).toMatch(/HTTP 503/)
    answer = 200
    taken.length = 0
    await app.channels.tell(tenant, Date.now() + 2 * 60_000)
    expect((await postings(id)).every((one) => one.state === 'sent')).toBe(true)
    expect(taken).toHaveLength(2)
    for (const { headers, body } of taken) {
      const delivery = { header: (name: string) => headers[name] as string, body: Buffer.from(body) }
      expect(verifyStandardWebhook({ ...delivery, receivedAt: Date.now() + 2 * 60_000 } as never, secret!).ok).toBe(
        true,
      )
    }
    const bodies = taken.map(({ body }) => JSON.parse(body))
    const [incident] = (await app.alerts.list(tenant, Date.now())).open
    expect(bodies.find(({ type }) => type === 'alerts.incident').data.incident).toMatchObject({ id: incident!.id })
    await app.close()
    await open()
    await Promise.all([app.channels.tell(tenant, Date.now()), app.channels.tell(tenant, Date.now())])
    expect(taken).toHaveLength(2)
    expect(await app.channels.remove(tenant, id)).toBe(true)
  }, 60_000)

  test('is left alone in its quiet hours and while it is paused, and hears of nothing that somebody snoozed', async () => {
    taken.length = 0
    const hour = new Date(Date.now() + 8 * HOUR).getUTCHours()
    const quiet = await make({ quiet: { from: hour, to: (hour + 2) % 24 } })
    const paused = await make({})
    await app.channels.change(tenant, paused.id, { paused: true })
    const asleep = await make({ digest: 'none' })
    const [incident] = (await app.alerts.list(tenant, Date.now())).open
    await app.alerts.handle(tenant, incident!.id, { what: 'snooze', until: Date.now() + HOUR }, by)
    await app.channels.tell(tenant, Date.now())
    expect(taken).toHaveLength(0)
    await app.alerts.handle(tenant, incident!.id, { what: 'wake' }, by)
    await app.channels.tell(tenant, Date.now())
    expect(taken.map(({ body }) => JSON.parse(body).type)).toEqual(['alerts.incident'])
    for (const { id } of [quiet, paused, asleep]) await app.channels.remove(tenant, id)
  })

  test('is tried out at once, tells nobody its address, and goes nowhere within this network', async () => {
    taken.length = 0
    const { id } = await make({ incidents: false, digest: 'none' })
    expect(await app.channels.sendNow(tenant, id, 'test', Date.now())).toBe(true)
    expect(await app.channels.sendNow(tenant, id, 'digest', Date.now())).toBe(true)
    expect(taken.map(({ body }) => JSON.parse(body).type)).toEqual(['test', 'alerts.digest'])
    expect(JSON.stringify(await app.channels.list(tenant))).not.toMatch(/geheim|whsec/)
    expect(await app.channels.list(demo)).toEqual([])
    expect(await app.channels.remove(demo, id)).toBe(false)
    const inside = { ...wish, url: 'https://192.168.0.1/', telling: telling.parse({}) }
    expect(await app.channels.make(tenant, inside, { actor: 'test', now: old })).toMatchObject({
      ok: false,
      problem: { code: 'address_refused', where: 'url' },
    })
    await app.channels.remove(tenant, id)
  })
})

describe('a channel by e-mail', () => {
  test('gets the same news as letters, is tried out, and tells nobody its password or its receivers', async () => {
    const mailbox = { host: '127.0.0.1', port: postPort, security: 'none' as const, user: 'daystar' }
    const wish = {
      ...{ way: 'email', name: '值班', url: '', secret: 'geheim' },
      mailbox: { ...mailbox, from: 'daystar@shop.example', to: ['duty@shop.example'] },
      telling: telling.parse({ incidents: true, digest: 'daily', hour: 0 }),
    }
    const made = await app.channels.make(tenant, wish, { actor: 'test', now: Date.now() - 3 * DAY })
    if (!made.ok) return expect.fail(made.problem.message)
    const { id, secret } = made.value
    expect(secret).toBeNull()
    expect(await app.channels.sendNow(tenant, id, 'test', Date.now())).toBe(true)
    await app.channels.tell(tenant, Date.now())
    await app.channels.tell(tenant, Date.now())
    const read = await Promise.all(letters.map(({ raw }) => PostalMime.parse(raw)))
    const [incident] = (await app.alerts.list(tenant, Date.now())).open
    expect(read.map(({ subject }) => subject!.split(' · ')[1]!.slice(0, 6)).sort()).toEqual([
      '新告警',
      '每日告警汇总',
      '试发',
    ])
    expect(read.map(({ text }) => text).join()).toContain(incident!.headline.zh)
    expect(letters.every(({ user }) => user === 'daystar')).toBe(true)
    const [listed] = await app.channels.list(tenant)
    expect(listed).toMatchObject({ host: '127.0.0.1', way: 'email' })
    expect(listed!.postings.every((one) => one.state === 'sent' && one.problem === null)).toBe(true)
    expect(JSON.stringify(listed)).not.toMatch(/geheim|duty@/)
    const inside = { ...wish, mailbox: { ...wish.mailbox, host: '192.168.0.1', security: 'tls' as const } }
    expect(await app.channels.make(tenant, inside, { actor: 'test', now: 0 })).toMatchObject({
      problem: { code: 'address_refused', where: 'mailbox.host' },
    })
    await app.channels.remove(tenant, id)
  })
})

describe('what people do', () => {
  test('some series of an incident become one of their own, are kept apart by the next rounds, and can go back', async () => {
    const openOnes = async () => (await app.alerts.list(tenant, Date.now())).open
    const [whole] = await openOnes()
    expect(whole!.series.length).toBeGreaterThan(1)
    const { ruleId: rule, dimension, segment } = whole!.series.at(-1)!
    const apart = await app.alerts.split(tenant, whole!.id, [{ rule, dimension, segment }], by)
    if (!apart?.ok) throw new Error('not split')
    expect(apart.value.series).toMatchObject([{ ruleId: rule, dimension, segment }])
    await app.alerts.round(tenant, Date.now())
    const two = await openOnes()
    expect(two.map(({ id }) => id).sort()).toEqual([whole!.id, apart.value.id].sort())
    expect(two.find(({ id }) => id === whole!.id)!.series).toHaveLength(whole!.series.length - 1)
    expect(await app.alerts.merge(tenant, whole!.id, apart.value.id, by)).toMatchObject({ ok: true })
    const [one, ...more] = await openOnes()
    expect(more).toEqual([])
    expect(one!.series).toHaveLength(whole!.series.length)
  })

  test('a false alarm is closed, counted, and can be taken back', async () => {
    const [id] = await ids()
    const called = await app.alerts.handle(tenant, id!, { what: 'false_alarm' }, by)
    expect(called).toMatchObject({ falseAlarm: true, state: 'closed' })
    await app.alerts.round(tenant, Date.now())
    expect((await app.alerts.list(tenant, Date.now())).open).toEqual([])
    expect((await app.alerts.handle(tenant, id!, { what: 'true_alarm' }, by))!.falseAlarm).toBe(false)
  })

  test('an incident becomes one ticket, however often it is pressed', async () => {
    const [id] = await ids()
    const first = await app.alerts.ticket(tenant, id!, 'test', Date.now())
    const again = await app.alerts.ticket(tenant, id!, 'test', Date.now())
    expect(first!.ticketId).not.toBeNull()
    expect(again!.ticketId).toBe(first!.ticketId)
    expect((await app.act.tickets(tenant)).length).toBe(1)
  })

  test('an unknown incident is nobody’s', async () => {
    expect(await app.alerts.handle(tenant, 'nothing', { what: 'acknowledge' }, by)).toBeUndefined()
    expect(await app.alerts.detail(tenant, 'nothing', {}, Date.now())).toBeUndefined()
  })
})

describe('a rule that is written', () => {
  const draft = {
    ...{ name: '', watch: 'payment_failures', whole: true, by: [], step: 'hour', direction: 'up', minVolume: 10 },
    ...{ where: { category: [], merchant: [], city: [], channel: [] }, judge: { kind: 'threshold', level: 0.3 } },
    ...{ minChange: 0, quiet: null, tell: 'now', owner: '', enabled: true },
  } as const

  test('shows beforehand what it would have told, and keeps nothing of that', async () => {
    const previewed = await app.alerts.preview(tenant, structuredClone(draft) as never, Date.now())
    const shown = previewed.ok ? previewed.value : expect.fail(previewed.problem.message)
    expect(await app.alerts.preview(tenant, { ...structuredClone(draft), watch: 'weather' } as never, 0)).toMatchObject(
      {
        problem: { where: 'watch' },
      },
    )
    expect(shown.count).toBe(1)
    expect(shown.incidents[0]!.since).toBe(broken)
    expect(shown.incidents[0]!.headline.en).toMatch(/threshold 30\.0%/)
    expect(shown.chart!.points.length).toBeGreaterThan(24)
    expect(await ids()).toHaveLength(1)
  })

  const definition = {
    ...{ zh: '付不了款', en: 'Cannot pay', higherIsBetter: false, table: 'events' },
    where: [{ field: 'name', in: ['payment_failed', 'payment_succeeded'] }],
    of: { share: [{ field: 'name', in: ['payment_failed'] }] },
  } as const
  const keepOwn = async (of: object, id?: string) => {
    const kept = await app.indicators.keep(tenant, {
      ...{ id, definition: { ...definition, of } as never, actor: 'test', now: Date.now() },
    })
    return kept.ok ? kept.value.id : expect.fail(kept.problem.message)
  }

  test('can watch a share of one’s own, which tells what the built-in one of the same cases tells', async () => {
    const id = await keepOwn(definition.of)
    const shown = async (watch: string) => {
      const previewed = await app.alerts.preview(tenant, { ...structuredClone(draft), watch } as never, Date.now())
      return previewed.ok ? previewed.value : expect.fail(previewed.problem.message)
    }
    const [own, builtin] = [await shown(`indicator.${id}`), await shown('payment_failures')]
    expect(own.incidents.map((one) => one.since)).toEqual(builtin.incidents.map((one) => one.since))
    expect(own.chart!.points).toEqual(builtin.chart!.points)
    expect(own.incidents[0]!.headline.en).toMatch(/Cannot pay/)
    expect((await app.alerts.rules.watchable(tenant)).find((one) => one.own)).toMatchObject({
      unit: 'share',
      bad: 'up',
    })
    expect((await app.alerts.rules.watchable(demo)).some((one) => one.own)).toBe(false)
    // A mean is judged by a level, or against the week before: the hour of the day is about noon.
    await keepOwn({ mean: 'hour' }, id)
    const mean = await app.alerts.preview(
      tenant,
      {
        ...structuredClone(draft),
        watch: `indicator.${id}`,
        step: 'day',
        judge: { kind: 'threshold', level: 11 },
      } as never,
      Date.now(),
    )
    expect(mean.ok && mean.value.chart!.points.find(({ n }) => n === 480)).toMatchObject({ value: 11.5, expected: 11 })
    const learnt = { ...structuredClone(draft), watch: `indicator.${id}`, judge: { kind: 'learnt' } } as never
    expect(await app.alerts.preview(tenant, learnt, 0)).toMatchObject({ problem: { where: 'judge' } })
    await app.indicators.forget(tenant, id)
  })

  test('says what became of the indicator that it watches, judges a changed one from then on, and keeps it from being deleted', async () => {
    const id = await keepOwn(definition.of)
    const body = { ...structuredClone(draft), watch: `indicator.${id}` } as never
    const saved = await app.alerts.rules.save(tenant, null, body, { actor: 'test', now: Date.now() })
    const rule = saved.ok ? saved.value : expect.fail(saved.problem.message)
    const now = async () => (await app.alerts.rules.list(tenant)).find((one) => one.rule.id === rule.rule.id)!
    expect(await now()).toMatchObject({ rests: null, watched: { en: 'Cannot pay' } })
    await keepOwn({ share: [{ field: 'channel', in: ['app'] }] }, id)
    expect((await now()).judgedFrom).toBeGreaterThan(rule.judgedFrom!)
    await app.indicators.retire(tenant, id, { retired: true, actor: 'test', now: Date.now() })
    expect(await now()).toMatchObject({ rests: 'retired', watched: { en: 'Cannot pay' } })
    await app.alerts.round(tenant, Date.now())
    await app.indicators.retire(tenant, id, { retired: false, actor: 'test', now: Date.now() })
    await keepOwn({ median: 'hour' }, id)
    expect(await now()).toMatchObject({ rests: 'percentile', watched: { en: 'Cannot pay' } })
    expect(await app.indicators.forget(tenant, id)).toMatchObject({ ok: false, problem: { code: 'indicator_watched' } })
    await app.alerts.rules.remove(tenant, rule.rule.id, 'test', Date.now())
    expect(await app.indicators.forget(tenant, id)).toMatchObject({ ok: true })
  })

  test('judges what comes after it was saved, can be switched off and taken away; built-in ones cannot', async () => {
    const saved = await app.alerts.rules.save(tenant, null, structuredClone(draft) as never, {
      actor: 'test',
      now: Date.now(),
    })
    expect(saved).toMatchObject({ ok: true, value: { builtin: false, changedBy: 'test' } })
    await app.alerts.round(tenant, Date.now())
    expect(await ids()).toHaveLength(1)
    const { id } = saved.ok ? saved.value.rule : { id: '' }
    expect((await app.alerts.rules.remove(tenant, id, 'test', Date.now())).ok).toBe(true)
    expect((await app.alerts.rules.list(tenant)).some((one) => one.rule.id === id)).toBe(false)
    expect(await app.alerts.rules.remove(tenant, 'payments', 'test', Date.now())).toMatchObject({
      ok: false,
      problem: { code: 'builtin_rule' },
    })
  })
})
