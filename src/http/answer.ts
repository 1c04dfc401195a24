import type { Context } from 'hono'
import type { z } from 'zod'
import type { Caller, Right } from '../app/access.ts'
import type { App } from '../app.ts'
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
  if (!caller)
    return fail({
      code: 'unauthorized',
      message: 'sign in first, or send an API key',
      remedy: 'Authorization: Bearer dsk_…',
    })
  const asked = c.req.query('tenant')
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
  const issue = parsed.error.issues[0]!
  return fail({ code: 'bad_request', message: issue.message, where: issue.path.join('.') })
}

export function answerProblem(c: Context, problem: Problem): Response {
  const { code, message, remedy, where } = problem
  return c.json({ error: { code, message, remedy, where } }, problemStatus(problem) as 422)
}
