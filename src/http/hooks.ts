import type { App } from '../app.ts'
import { answerProblem } from './answer.ts'
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
    return taken.ok ? c.json(taken.value) : answerProblem(c, taken.problem)
  })
}
