import type { z } from 'zod'
import type { Caller, Right } from '../app/access.ts'
import type { App } from '../app.ts'
import type { Problem, Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'

type Shape = z.ZodType
type Out<S> = S extends Shape ? z.output<S> : undefined

/** What an endpoint's code gets: everything parsed, the caller known and allowed. */
interface Call<P, Q, B> {
  app: App
  caller: Caller
  tenant: TenantId
  params: P
  query: Q
  body: B
  header(name: string): string | undefined
  now: number
}

/**
 * One endpoint as data. From the list of these come the routes, the rights check, the tenant check and the OpenAPI document.
 * `right` is what the caller needs in the tenant of the query.
 */
export interface Endpoint<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends Shape | undefined,
  A extends Shape,
> {
  method: 'get' | 'post' | 'delete'
  /** Under /api/v1, parameters as `{id}`. */
  path: string
  summary: string
  right: Right
  params?: P
  query?: Q
  body?: B
  answer: A
  run(call: Call<Out<P>, Out<Q>, Out<B>>): Promise<Result<z.input<A>>>
}

export function defineEndpoint<
  A extends Shape,
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(endpoint: Endpoint<P, Q, B, A>): AnyEndpoint {
  return endpoint as unknown as AnyEndpoint
}

export type AnyEndpoint = Endpoint<Shape | undefined, Shape | undefined, Shape | undefined, Shape>

const statusOf: Record<string, number> = {
  not_found: 404,
  unauthorized: 401,
  forbidden: 403,
  key_unknown: 401,
  origin_refused: 403,
  owner_exists: 409,
  idempotency_conflict: 409,
  ticket_move: 409,
  correction_stale: 409,
  correction_double: 409,
  nothing_to_undo: 409,
  indicator_watched: 409,
  signature_missing: 401,
  signature_invalid: 401,
  delivery_old: 401,
  connection_paused: 403,
  too_large: 413,
  encoding: 415,
  busy: 429,
  store_away: 503,
  erasing_waits: 503,
  internal: 500,
}

/** The HTTP status of a problem; what is wrong with the request itself is 422. */
export const problemStatus = (problem: Problem): number => statusOf[problem.code] ?? 422

/** For reading one thing that may not be there, or may be another tenant's: the answer is the same. */
export const notFound = (what: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { code: 'not_found', message: `there is no ${what} here` },
})
