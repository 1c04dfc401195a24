import { z } from 'zod'
import { contentTypes, formats, printReport } from '../app/report/print.ts'
import { printReview, reviewFormats, reviewTypes } from '../app/review/print.ts'
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

const reviewQuery = z.object({
  format: z.enum(reviewFormats).default('html'),
  lang: z.enum(['zh', 'en']).default('zh'),
  week: z.string().max(10).optional(),
  category: z.string().max(200).optional(),
})

/** GET /review/print: the weekly review as a page for A4. */
export function mountReview(http: HonoApp, app: App): void {
  http.get('/api/v1/review/print', async (c) => {
    const admitted = await admit(app, c, 'read', reviewQuery)
    if (!admitted.ok) return answerProblem(c, admitted.problem)
    const { format, lang, ...asked } = admitted.value.query
    const review = await app.review(admitted.value.tenant, asked, Date.now())
    if (!review.ok) return answerProblem(c, review.problem)
    c.header('Content-Type', reviewTypes[format])
    c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
    return c.body(printReview(review.value, format, lang))
  })
}

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
