import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import type { App } from '../app.ts'
import { admit, answerProblem } from './answer.ts'
import type { HonoApp } from './env.ts'
import { importPreview } from './shapes.ts'

const asked = z.object({
  source: z.string().max(60).default('auto'),
  zone: z.string().max(60).optional(),
  options: z
    .string()
    .max(20_000)
    .default('{}')
    .transform((text, context) => {
      try {
        return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
      } catch {
        context.addIssue({ code: 'custom', message: 'options is a JSON object' })
        return z.NEVER
      }
    }),
})
const query = asked.extend({
  file: z.string().max(300).default('-'),
  size: z.coerce.number().int().nonnegative().optional(),
})
/** Whether the body is the whole file, or its beginning. */
const previewQuery = asked.extend({ whole: z.enum(['true', 'false']).default('true') })

/** POST /imports/preview: a file or its beginning (8 MiB at most) as the body; what would become of it, and nothing is kept. */
function mountPreview(http: HonoApp, app: App): void {
  http.post('/api/v1/imports/preview', async (c) => {
    const admitted = await admit(app, c, 'write', previewQuery)
    if (!admitted.ok) return answerProblem(c, admitted.problem)
    const { tenant, query } = admitted.value
    const bytes = Buffer.from(await c.req.arrayBuffer())
    if (bytes.length === 0) return answerProblem(c, EMPTY)
    const { whole, ...asked } = query
    const answer = await app.ingest.preview({
      ...asked,
      tenant,
      head: { bytes, whole: whole === 'true' },
      now: Date.now(),
    })
    return answer.ok ? c.json(importPreview.parse(answer.value)) : answerProblem(c, answer.problem)
  })
}

const EMPTY = { code: 'empty', message: 'the request has no body', remedy: 'send the file as the body' }

/** POST /imports: a file as the body, of any size; the answer is a stream of JSON lines, progress first, `result` or `problem` last. */
export function mountImports(http: HonoApp, app: App): void {
  mountPreview(http, app)
  http.post('/api/v1/imports', async (c) => {
    const admitted = await admit(app, c, 'write', query)
    if (!admitted.ok) return answerProblem(c, admitted.problem)
    const body = c.req.raw.body
    if (!body) return answerProblem(c, EMPTY)
    const { source, file, size, zone, options } = admitted.value.query
    c.header('Content-Type', 'application/x-ndjson')
    return stream(c, async (out) => {
      const say = (line: object) => out.writeln(JSON.stringify(line))
      const result = await app.ingest.importFile({
        tenant: admitted.value.tenant,
        source,
        fileName: file,
        size,
        zone,
        options,
        stream: Readable.fromWeb(body as ReadableStream),
        onProgress: (progress) => void say({ progress }),
      })
      await say(result.ok ? { result: result.value } : { problem: result.problem })
    })
  })
}
