import { z } from 'zod'
import { linkSheet } from '../../app/surveys/links.ts'
import type { App } from '../../app.ts'
import { admit, answerProblem } from '../answer.ts'
import { notFound } from '../endpoint.ts'
import type { HonoApp } from '../env.ts'

/**
 * GET /surveys/{id}/links: the single-use links of all open invitations as CSV (RFC 4180), for the channel in which the shop writes to its
 * customers. Daystar sends no messages itself. Whoever holds a link may answer in the customer's place, so reading is not enough a right.
 */
export function mountLinks(http: HonoApp, app: App): void {
  http.get('/api/v1/surveys/:id/links', async (c) => {
    const admitted = await admit(app, c, 'write', z.object({}))
    if (!admitted.ok) return answerProblem(c, admitted.problem)
    const url = new URL(c.req.url)
    const scheme = c.req.header('x-forwarded-proto') === 'https' ? 'https:' : url.protocol
    const base = `${scheme}//${c.req.header('host') ?? url.host}`
    const { tenant } = admitted.value
    const found = await app.surveys.links(tenant, c.req.param('id'), { base, now: Date.now() })
    if (!found) return answerProblem(c, notFound('such survey').problem)
    c.header('Content-Type', 'text/csv; charset=utf-8')
    c.header('Content-Disposition', `attachment; filename="survey-links-${tenant}.csv"`)
    return c.body(linkSheet(found))
  })
}
