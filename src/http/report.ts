import { z } from 'zod'
import { contentTypes, formats, printReport } from '../app/report/print.ts'
import type { App } from '../app.ts'
import { admit, answerProblem } from './answer.ts'
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
    const admitted = await admit(app, c, 'read', query)
    if (!admitted.ok) return answerProblem(c, admitted.problem)
    const { format, lang, ...period } = admitted.value.query
    const report = await app.report(admitted.value.tenant, period, Date.now())
    c.header('Content-Type', contentTypes[format])
    c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
    return c.body(printReport(report, format, lang))
  })
}
