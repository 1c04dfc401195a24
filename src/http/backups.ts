import path from 'node:path'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import type { App } from '../app.ts'
import { admit, answerProblem } from './answer.ts'
import type { HonoApp } from './env.ts'

const query = z.object({
  folder: z.string().max(4_000).refine(path.isAbsolute, 'is no absolute path'),
  secret: z.enum(['true', 'false']).default('true'),
})

/**
 * POST /backups: a backup of all tenants into a folder of this machine; for the command line on this data folder alone. The answer is a
 * stream of JSON lines, progress first, `result` or `problem` last.
 */
export function mountBackups(http: HonoApp, app: App): void {
  http.post('/api/v1/backups', async (c) => {
    const admitted = await admit(app, c, 'write', query)
    if (!admitted.ok) return answerProblem(c, admitted.problem)
    const { caller, query: asked } = admitted.value
    if (!caller.local) return answerProblem(c, NOT_LOCAL)
    c.header('Content-Type', 'application/x-ndjson')
    return stream(c, async (out) => {
      const say = (line: object) => out.writeln(JSON.stringify(line))
      const { folder, secret } = asked
      const onProgress = throttled((progress) => void say({ progress }))
      const result = await app.backUp({ folder, withoutSecret: secret === 'false', onProgress })
      await say(result.ok ? { result: result.value } : { problem: result.problem })
    })
  })
}

const NOT_LOCAL = {
  code: 'forbidden',
  message: 'a backup holds every tenant: it is made by the command line on this machine',
  remedy: 'run "daystar backup FOLDER" there',
}

const EVERY_MS = 200

/** Tells a new step at once, and within one no more often than a person can read. */
function throttled<P extends { step: string }>(tell: (progress: P) => void): (progress: P) => void {
  let last = { step: '', at: 0 }
  return (progress) => {
    const at = performance.now()
    if (progress.step === last.step && at - last.at < EVERY_MS) return
    last = { step: progress.step, at }
    tell(progress)
  }
}
