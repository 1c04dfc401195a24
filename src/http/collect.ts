import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { deviceOf } from '../app/collected-event.ts'
import { root } from '../app/config.ts'
import type { App } from '../app.ts'
import { fail, ok, type Problem, type Result } from '../core/result.ts'
import { answerProblem, badRequest, problemBody } from './answer.ts'
import type { Env, HonoApp } from './env.ts'
import { senderOf } from './guard.ts'
import { limitRate } from './rate.ts'

const MAX_BODY = 64 * 1024
const MAX_EVENTS = 100
/** Many people share the address of an office or a mobile network. */
const PER_ADDRESS = { perSecond: 20, burst: 200 }
const PER_KEY = { perSecond: 500, burst: 2_000 }
const SCRIPT = path.join(root, 'sdk/browser/dist/daystar.js')
const SCRIPT_CACHE = 'public, max-age=300, stale-while-revalidate=86400'

const batch = z.object({
  key: z.string().regex(/^dsw_[\w-]{10,60}$/, 'a write key begins with dsw_'),
  sentAt: z.number().int().optional(),
  events: z.array(z.unknown()).min(1).max(MAX_EVENTS),
})

/**
 * The doors for web pages of others: the script, and POST /collect. They stand before the check that a request comes from the console,
 * read no cookie and answer only pages of declared origins.
 */
export function mountCollect(http: HonoApp, app: App): void {
  http.get('/daystar.js', async (c) => {
    const script = await readFile(SCRIPT, 'utf8').catch(() => null)
    if (script === null) return c.text('// The browser SDK is not built yet. Run: npm start', 503)
    c.header('Content-Type', 'text/javascript; charset=utf-8')
    c.header('Cache-Control', SCRIPT_CACHE)
    c.header('Access-Control-Allow-Origin', '*')
    c.header('Cross-Origin-Resource-Policy', 'cross-origin')
    return c.body(script)
  })

  const perAddress = limitRate(PER_ADDRESS)
  const perKey = limitRate(PER_KEY)
  http.options('/api/v1/collect', async (c) => {
    c.header('Vary', 'Origin')
    const early = perAddress(senderOf(c), Date.now())
    if (early > 0) return pause(c, early)
    const origin = c.req.header('origin')
    if (!origin || !(await app.collect.isDeclared(origin))) return c.body(null, 403)
    c.header('Access-Control-Allow-Origin', origin)
    c.header('Access-Control-Allow-Methods', 'POST')
    c.header('Access-Control-Allow-Headers', 'Content-Type')
    c.header('Access-Control-Max-Age', '600')
    return c.body(null, 204)
  })

  const limited = bodyLimit({ maxSize: MAX_BODY, onError: (c) => answerProblem(c, TOO_LARGE) })
  http.post('/api/v1/collect', limited, async (c) => {
    c.header('Cache-Control', 'no-store')
    c.header('Vary', 'Origin')
    const now = Date.now()
    const early = perAddress(senderOf(c), now)
    if (early > 0) return pause(c, early)
    const read = await readBatch(c)
    if (!read.ok) return answerProblem(c, read.problem)
    const busy = perKey(read.value.key, now)
    if (busy > 0) return pause(c, busy)
    return take(app, c, read.value, now)
  })
}

async function take(app: App, c: Context<Env>, { key, sentAt, events }: z.output<typeof batch>, now: number) {
  const origin = c.req.header('origin')
  const device = deviceOf(c.req.header('user-agent') ?? '')
  const taken = await app.collect.take({ key, origin, device, sentAt, receivedAt: now, events })
  const isOurs = taken.ok || !OUTSIDERS.has(taken.problem.code)
  if (isOurs) allow(c, origin)
  return taken.ok ? c.json(taken.value) : answerProblem(c, taken.problem)
}

/** To these no page may listen: it is not the page of anybody who has a key. */
const OUTSIDERS = new Set(['key_unknown', 'origin_refused'])

function allow(c: Context<Env>, origin: string | undefined): void {
  if (origin === undefined) return
  c.header('Access-Control-Allow-Origin', origin)
  c.header('Access-Control-Expose-Headers', 'Retry-After')
}

/** Beacons come as text, since a page that goes away cannot ask beforehand whether it may send JSON. */
async function readBatch(c: Context<Env>): Promise<Result<z.output<typeof batch>>> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'text/plain' && type !== 'application/json')
    return fail({ code: 'bad_request', message: 'send JSON as text/plain or application/json', where: 'Content-Type' })
  const parsed = batch.safeParse(parseJson(await c.req.text()))
  return parsed.success ? ok(parsed.data) : fail({ ...badRequest(parsed.error, 'body'), remedy: 'see docs/sdk.md' })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** 429. The pause says nothing of anybody, so any page may read it. */
function pause(c: Context<Env>, ms: number): Response {
  c.header('Retry-After', String(Math.ceil(ms / 1000)))
  c.header('Access-Control-Allow-Origin', '*')
  c.header('Access-Control-Expose-Headers', 'Retry-After')
  const message = 'too many requests at once'
  return c.json(problemBody({ code: 'busy', message, remedy: 'send again after the seconds in Retry-After' }), 429)
}

const TOO_LARGE: Problem = {
  code: 'too_large',
  message: 'the body is larger than 64 KiB',
  remedy: 'send fewer events at once',
}
