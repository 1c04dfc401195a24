import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Caller, Right } from '../app/access.ts'
import { type App, isStoreAway, limitProblem } from '../app.ts'
import { fail, type Problem, type Result } from '../core/result.ts'
import { type TenantId, tenantId } from '../core/tenant.ts'
import { problemStatus } from './endpoint.ts'
import type { Env } from './env.ts'
import { isLoopback } from './guard.ts'

/** Who asks, and whether they may do this in the tenant they name. Another tenant looks the same as none. */
export async function authorise(
  app: App,
  c: Context<Env>,
  right: Right,
): Promise<Result<{ caller: Caller; tenant: TenantId }>> {
  const caller = await app.access.recognise({ headers: c.req.raw.headers, loopback: isLoopback(c) })
  return authoriseCaller(caller, c.req.query('tenant'), right)
}

export function authoriseCaller(
  caller: Caller | null,
  asked: string | undefined,
  right: Right,
): Result<{ caller: Caller; tenant: TenantId }> {
  if (!caller)
    return fail({
      code: 'unauthorized',
      message: 'sign in first, or send an API key',
      remedy: 'Authorization: Bearer dsk_…',
    })
  const first = caller.rights.keys().next().value
  const tenant = asked === undefined ? first : tenantId.safeParse(asked).data
  const held = tenant && caller.rights.get(tenant)
  if (!tenant || !held) {
    return caller.actor === 'guest'
      ? fail({
          code: 'unauthorized',
          message: 'sign in to see this tenant',
          remedy: 'the demo (?tenant=demo) can be explored without',
        })
      : fail({ code: 'not_found', message: `there is no tenant ${asked ?? ''} here` })
  }
  if (!allows(held, right)) {
    if (caller.actor.startsWith('key '))
      return fail({
        code: 'forbidden',
        message: `this key is for ${held === 'ingest' ? 'sending records' : 'reading'} alone`,
        remedy: 'make a key with the right that this needs, in the console under Settings',
      })
    return fail({
      code: 'unauthorized',
      message: 'sign in to change anything',
      remedy: 'the demo can be explored without signing in, not changed',
    })
  }
  return { ok: true, value: { caller, tenant } }
}

const allows = (held: Right, asked: Right): boolean => held === 'write' || held === asked

/** The same for an endpoint outside the list, with its query parsed. */
export async function admit<S extends z.ZodType>(
  app: App,
  c: Context<Env>,
  right: Right,
  query: S,
): Promise<Result<{ caller: Caller; tenant: TenantId; query: z.output<S> }>> {
  const allowed = await authorise(app, c, right)
  if (!allowed.ok) return allowed
  const parsed = query.safeParse(c.req.query())
  if (parsed.success) return { ok: true, value: { ...allowed.value, query: parsed.data } }
  return fail(badRequest(parsed.error, 'query'))
}

/** What is wrong with a request, by its first fault; `whole` names the part of it where no field is at fault. */
export function badRequest(error: z.ZodError, whole: string): Problem {
  const issue = error.issues[0]!
  return {
    code: 'bad_request',
    message: issue.message,
    remedy: 'see /api/v1/openapi.json for what is expected',
    where: issue.path.join('.') || whole,
  }
}

export function answerProblem(c: Context, problem: Problem): Response {
  const status = problemStatus(problem)
  if (isForLater(status)) c.header('Retry-After', RETRY_AFTER_S)
  return c.json(problemBody(problem), status as 422)
}

export const problemBody = ({ code, message, remedy, where, zh }: Problem) => ({
  error: { code, message, remedy, where, zh },
})

/** Seconds after which a sender that was turned away may come again. */
export const RETRY_AFTER_S = '2'
export const isForLater = (status: number): boolean => status === 429 || status === 503

/** For what nobody expected: a store that is away or at its limit is said plainly, anything else is a bug, logged under a number. */
export function broken(app: App, place: string, error: unknown): Problem {
  if (isStoreAway(error)) return STORE_AWAY
  const limit = limitProblem(error)
  if (limit) {
    app.log(`${place}: ${limit.message}`)
    return limit
  }
  const number = randomBytes(4).toString('hex')
  app.log(`error ${number} at ${place}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return { code: 'internal', message: `something broke here; nothing that was acknowledged is lost (no. ${number})` }
}

const STORE_AWAY: Problem = {
  code: 'store_away',
  message: 'the database does not answer at the moment',
  remedy: 'try again in a few seconds; nothing that was acknowledged is lost',
}
