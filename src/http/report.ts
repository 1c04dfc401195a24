import { z } from 'zod'
import { contentTypes, formats, printReport } from '../app/report/print.ts'
import type { App } from '../app.ts'
import { answerProblem, authorise } from './answer.ts'
import type { HonoApp } from './env.ts'
import { inOrder } from './queries.ts'

const query = inOrder(
  z.object({
    format: z.enum(formats).default('html'),
    lang: z.enum(['zh', 'en']).default('zh'),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
  }),
)

/** GET /report: the findings of a period, to read, to print or to pass on. */
export function mountReport(http: HonoApp, app: App): void {
  http.get('/api/v1/report', async (c) => {
    const allowed = await authorise(app, c, 'read')
    if (!allowed.ok) return answerProblem(c, allowed.problem)
    const parsed = query.safeParse(c.req.query())
    if (!parsed.success)
      return answerProblem(c, {
        code: 'bad_request',
        message: parsed.error.issues[0]!.message,
        where: parsed.error.issues[0]!.path.join('.'),
      })
    const { format, lang, ...period } = parsed.data
    const report = await app.report(allowed.value.tenant, period, Date.now())
    c.header('Content-Type', contentTypes[format])
    c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
    return c.body(printReport(report, format, lang))
  })
}
