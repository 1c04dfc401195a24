import { z } from 'zod'
import type { App } from '../app.ts'
import { answerProblem, badRequest } from './answer.ts'
import type { HonoApp } from './env.ts'
import { isLoopback } from './guard.ts'

const person = z.object({
  name: z.string().trim().min(1).max(80),
  email: z.email(),
  password: z.string().min(10).max(128),
})

/** POST /owner: the first account, over loopback, once. It answers with the session's cookie. */
export function ownerEndpoint(http: HonoApp, app: App): void {
  http.post('/api/v1/owner', async (c) => {
    if (!isLoopback(c)) {
      return answerProblem(c, {
        code: 'forbidden',
        message: 'the owner account is made on the machine itself',
        remedy: 'open http://localhost there',
      })
    }
    const parsed = person.safeParse(await c.req.json().catch(() => null))
    if (!parsed.success) return answerProblem(c, badRequest(parsed.error, 'body'))
    const made = await app.access.createOwner(parsed.data)
    if (!made.ok) return answerProblem(c, made.problem)
    for (const cookie of made.value.getSetCookie()) c.header('Set-Cookie', cookie, { append: true })
    return c.json({ ok: true })
  })
}
