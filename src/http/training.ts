import { z } from 'zod'
import { trainingShapes } from '../app/corrections.ts'
import type { App } from '../app.ts'
import { admit, answerProblem } from './answer.ts'
import type { HonoApp } from './env.ts'

const query = z.object({ shape: z.enum(trainingShapes).default('class') })

/** GET /corrections/export: what people corrected, as JSON lines that `daystar learn` takes. */
export function mountTraining(http: HonoApp, app: App): void {
  http.get('/api/v1/corrections/export', async (c) => {
    const admitted = await admit(app, c, 'read', query)
    if (!admitted.ok) return answerProblem(c, admitted.problem)
    const { tenant, query: asked } = admitted.value
    c.header('Content-Type', 'application/x-ndjson; charset=utf-8')
    c.header('Content-Disposition', `attachment; filename="corrections-${tenant}-${asked.shape}.jsonl"`)
    return c.body(await app.corrections.training(tenant, asked.shape))
  })
}
