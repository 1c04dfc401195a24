import type { App } from '../app.ts'
import type { Problem } from '../core/result.ts'
import { answerProblem, problemBody, RETRY_AFTER_S } from './answer.ts'
import type { HonoApp } from './env.ts'

/**
 * POST /hooks/{id}: where another system sends what happened there. Its address cannot be guessed, and its signature is proven before
 * anything is read; no account or key is asked for. A sender that is told of a problem sends again later.
 */
export function mountHooks(http: HonoApp, app: App): void {
  http.post('/api/v1/hooks/:id', async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    const header = (name: string) => c.req.header(name)
    const taken = await app.connections.receive(c.req.param('id'), { header, body, receivedAt: Date.now() })
    if (taken.ok) return c.json(taken.value)
    if (!isOfFetching(taken.problem)) return answerProblem(c, taken.problem)
    return c.json(problemBody(taken.problem), 503, { 'Retry-After': RETRY_AFTER_S })
  })
}

const fetching: ReadonlySet<string> = new Set([
  'system_refused',
  'unreachable',
  'timeout',
  'redirected',
  'address_unknown',
])

/** A delivery that only names what must be fetched is not at fault where that cannot be fetched: senders give up what is called unreadable. */
const isOfFetching = ({ code }: Problem): boolean => fetching.has(code)
