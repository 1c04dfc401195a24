import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RecordKind } from '../app/ingest.ts'
import type { App } from '../app.ts'
import { fail, ok, type Problem, type Result } from '../core/result.ts'
import { authoriseCaller, badRequest, broken, isForLater, problemBody, RETRY_AFTER_S } from './answer.ts'
import { readJson } from './body.ts'
import { problemStatus } from './endpoint.ts'
import { batch, takeBatch } from './endpoints/listen.ts'
import { cameOverLoopback, isOwnOrigin } from './guard.ts'
import type { Accepted } from './shapes.ts'

const kinds = new Map<string, RecordKind>(
  (['voices', 'events', 'orders', 'products'] as const).map((kind) => [`/api/v1/${kind}`, kind]),
)

/**
 * The four doors for records, straight on Node's server: the same rights, checks and answers as the routes of the API, without the price
 * of a web request and a response object each. Answers false where the request is for another door.
 */
export function intakeOf(app: App) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== 'POST') return false
    const url = request.url ?? ''
    const mark = url.indexOf('?')
    const kind = kinds.get(mark < 0 ? url : url.slice(0, mark))
    if (!kind) return false
    const tenant = mark < 0 ? undefined : tenantIn(url.slice(mark + 1))
    take(app, request, kind, tenant).then(
      (result) => answer(request, response, result),
      (error) => answer(request, response, fail(broken(app, `POST ${url}`, error))),
    )
    return true
  }
}

async function take(
  app: App,
  request: IncomingMessage,
  kind: RecordKind,
  asked: string | undefined,
): Promise<Result<Accepted>> {
  const header = (name: string) => request.headers[name] as string | undefined
  const asking = { header, remoteAddress: request.socket.remoteAddress ?? '' }
  if (!isOwnOrigin(asking)) return fail(OTHER_SITE)
  const caller = await app.access.recognise({ headers: headersOf(request), loopback: cameOverLoopback(asking) })
  const allowed = authoriseCaller(caller, asked, 'ingest')
  if (!allowed.ok) return allowed
  const body = await readJson(request)
  if (!body.ok) return body
  const { text, value } = body.value
  const records = recordsIn(value)
  return records.ok
    ? takeBatch(app, { ...allowed.value, kind, header, records: records.value, bodyText: text })
    : records
}

/** A plain list, as most send, is seen without the schema. */
function recordsIn(value: unknown): Result<unknown[]> {
  if (Array.isArray(value)) return ok(value)
  const records = batch.safeParse(value)
  return records.success ? ok(records.data) : fail(badRequest(records.error, 'body'))
}

const tenantIn = (query: string): string | undefined => new URLSearchParams(query).get('tenant') ?? undefined

/** A key needs no other header; a session's cookie is read by a library that wants them all. */
function headersOf({ headers }: IncomingMessage): Headers {
  const { authorization } = headers
  return authorization === undefined ? new Headers(headers as Record<string, string>) : new Headers({ authorization })
}

function answer(request: IncomingMessage, response: ServerResponse, result: Result<Accepted>): void {
  if (response.destroyed) return
  const status = result.ok ? 200 : problemStatus(result.problem)
  const body = JSON.stringify(result.ok ? result.value : problemBody(result.problem))
  response.writeHead(status, {
    ...common,
    'Content-Length': Buffer.byteLength(body),
    ...(isForLater(status) && { 'Retry-After': RETRY_AFTER_S }),
    // What is left of a body that nobody wants is not waited for.
    ...(!request.complete && { Connection: 'close' }),
  })
  response.end(body)
  if (!request.complete) response.once('finish', () => request.destroy())
}

const common = {
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

const OTHER_SITE: Problem = {
  code: 'forbidden',
  message: 'this request comes from another site',
  remedy: 'send it from the console, or with an API key',
}
