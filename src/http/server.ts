import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { streamSSE } from 'hono/streaming'
import { root } from '../app/config.ts'
import type { App } from '../app.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { answerProblem, authorise, badRequest, broken } from './answer.ts'
import { mountBackups } from './backups.ts'
import { MAX_BODY, TOO_LARGE } from './body.ts'
import { mountCollect } from './collect.ts'
import type { AnyEndpoint } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import type { Env, HonoApp } from './env.ts'
import { askingOf, contentSecurityPolicy, isOwnOrigin } from './guard.ts'
import { mountHooks } from './hooks.ts'
import { mountImports } from './imports.ts'
import { intakeOf } from './intake.ts'
import { ownerEndpoint } from './owner.ts'
import { mountReport, mountReview } from './report.ts'
import { problem as problemShape } from './shapes.ts'
import { HEADERS_MS, MOST_CONNECTIONS, refuseSlowBodies } from './slow.ts'
import { mountLinks } from './surveys/links.ts'
import { mountSurveys } from './surveys/mount.ts'
import { mountTraining } from './training.ts'

/** The HTTP door: API, sign-in, live changes and the console's files. */
export function createHttp(app: App): Door {
  const http: HonoApp = new OpenAPIHono<Env>({
    defaultHook: (result, c) => {
      if (!result.success)
        return answerProblem(c, badRequest(result.error, result.target === 'json' ? 'body' : result.target))
    },
  })
  // Before the rules of the console's pages: a survey may be shown within a shop's page, and says itself where.
  mountSurveys(http, app)
  http.use('*', async (c, next) => {
    await next()
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Referrer-Policy', 'same-origin')
    c.header('X-Frame-Options', 'DENY')
    c.header('Cross-Origin-Opener-Policy', 'same-origin')
  })
  mountCollect(http, app)
  http.use('/api/*', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    if (c.req.method !== 'GET' && !isOwnOrigin(askingOf(c))) {
      return answerProblem(c, {
        code: 'forbidden',
        message: 'this request comes from another site',
        remedy: 'send it from the console, or with an API key',
      })
    }
    return next()
  })
  http.use('/api/v1/*', async (c, next) =>
    c.req.path === '/api/v1/imports'
      ? next()
      : bodyLimit({ maxSize: MAX_BODY, onError: (x) => answerProblem(x, TOO_LARGE) })(c, next),
  )
  http.onError((error, c) => {
    if (error instanceof HTTPException)
      return answerProblem(c, { code: 'bad_request', message: error.message || 'the request cannot be read' })
    return answerProblem(c, broken(app, `${c.req.method} ${c.req.path}`, error))
  })
  http.on(['GET', 'POST'], '/api/auth/*', (c) => {
    const action = c.req.path.slice('/api/auth'.length)
    return SIGN_IN_PATHS.has(action)
      ? app.access.handler(c.req.raw)
      : answerProblem(c, { code: 'not_found', message: 'accounts are made by their owner' })
  })
  for (const endpoint of endpoints) mount(http, app, endpoint)
  ownerEndpoint(http, app)
  mountHooks(http, app)
  mountImports(http, app)
  mountBackups(http, app)
  mountReport(http, app)
  mountTraining(http, app)
  mountReview(http, app)
  mountLinks(http, app)
  mountChanges(http, app)
  http.doc31('/api/v1/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Daystar 启明星',
      version: app.version,
      description: 'Tenant by `?tenant=`. Machines send `Authorization: Bearer dsk_…`.',
    },
    servers: [{ url: '/api/v1' }],
  })
  http.all('/api/*', (c) =>
    answerProblem(c, {
      code: 'not_found',
      message: `there is no ${c.req.method} ${c.req.path}`,
      remedy: 'see /api/v1/openapi.json',
    }),
  )
  mountConsole(http)
  return Object.assign(http, { intake: intakeOf(app) })
}

/** All routes, and the straight way for records that a real server takes before them. */
export type Door = HonoApp & { intake: ReturnType<typeof intakeOf> }

const SIGN_IN_PATHS = new Set(['/sign-in/email', '/sign-out', '/change-password'])
function mount(http: HonoApp, app: App, endpoint: AnyEndpoint): void {
  const route = createRoute({
    method: endpoint.method,
    path: `/api/v1${endpoint.path}`,
    summary: endpoint.summary,
    request: {
      ...(endpoint.params && { params: endpoint.params as z.ZodObject }),
      ...(endpoint.query && { query: endpoint.query as z.ZodObject }),
      ...(endpoint.body && { body: { required: true, content: { 'application/json': { schema: endpoint.body } } } }),
    },
    responses: {
      200: { description: 'done', content: { 'application/json': { schema: endpoint.answer } } },
      default: {
        description: 'a problem, and what to do about it',
        content: { 'application/json': { schema: problemShape } },
      },
    },
  })
  http.openapi(route, (async (c: Context<Env>) => {
    const allowed = await authorise(app, c, endpoint.right)
    if (!allowed.ok) return answerProblem(c, allowed.problem)
    const valid = (target: string) => (c.req.valid as (target: string) => unknown).call(c.req, target)
    const result = await endpoint.run({
      app,
      caller: allowed.value.caller,
      tenant: allowed.value.tenant,
      params: endpoint.params && valid('param'),
      query: endpoint.query && valid('query'),
      body: endpoint.body && valid('json'),
      header: (name) => c.req.header(name),
      now: Date.now(),
    })
    return result.ok ? c.json(result.value as object) : answerProblem(c, result.problem)
    // biome-ignore lint/suspicious/noExplicitAny: the list holds endpoints of many shapes; each was checked where it was defined
  }) as any)
}

function mountChanges(http: HonoApp, app: App): void {
  http.get('/api/v1/changes', async (c) => {
    const allowed = await authorise(app, c, 'read')
    if (!allowed.ok) return answerProblem(c, allowed.problem)
    return streamSSE(c, async (stream) => {
      const stop = app.changes.subscribe(allowed.value.tenant, (what) => {
        void stream.writeSSE({ event: 'changed', data: JSON.stringify({ tenant: allowed.value.tenant, what }) })
      })
      stream.onAbort(stop)
      while (!stream.aborted) {
        await stream.writeSSE({ event: 'alive', data: '' })
        await stream.sleep(25_000)
      }
    })
  })
}

function mountConsole(http: HonoApp): void {
  const dist = path.join(root, 'console/dist')
  http.use('/assets/*', async (c, next) => {
    await next()
    c.header('Cache-Control', 'public, max-age=31536000, immutable')
  })
  http.use('/assets/*', serveStatic({ root: path.relative(process.cwd(), dist) || '.' }))
  http.get('*', async (c) => {
    const page = await readFile(path.join(dist, 'index.html'), 'utf8').catch(() => null)
    if (page === null) return c.text('The console is not built yet. Run: npm start', 503)
    const nonce = randomBytes(16).toString('base64')
    c.header('Content-Security-Policy', contentSecurityPolicy(nonce))
    c.header('Cache-Control', 'no-cache')
    return c.html(page.replaceAll('__CSP_NONCE__', nonce))
  })
}

const serverOptions = {
  headersTimeout: HEADERS_MS,
  connectionsCheckingInterval: 5_000,
  requestTimeout: 0,
  // A sender that is gone without a word, in the middle of an import, is found out by the system.
  keepAlive: true,
  keepAliveInitialDelay: 60_000,
}

/** Listens, or says why it cannot. */
export function listen(door: Door, host: string, port: number): Promise<Result<Server>> {
  return new Promise((resolve) => {
    const other = getRequestListener(door.fetch, { hostname: host })
    const server = createServer(serverOptions, (request, response) => {
      if (!door.intake(request, response)) void other(request, response)
    })
    server.maxConnections = MOST_CONNECTIONS
    refuseSlowBodies(server)
    server.listen(port, host, () => resolve(ok(server)))
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(
        fail(
          error.code === 'EADDRINUSE'
            ? {
                code: 'port_taken',
                message: `port ${port} is taken by another program`,
                remedy: `stop that program, or choose another port: PORT=${port + 1} npm start`,
              }
            : {
                code: 'listen',
                message: `cannot listen on ${host}:${port}: ${error.message}`,
                remedy: 'choose another HOST or PORT',
              },
        ),
      )
    })
  })
}
