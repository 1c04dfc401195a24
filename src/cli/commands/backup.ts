import path from 'node:path'
import type { BackupDone, BackupProgress } from '../../app/backup.ts'
import { readConfig } from '../../app/config.ts'
import { fail, type Problem, type Result } from '../../core/result.ts'
import { answerLines } from '../answer-lines.ts'
import { showSteps, tellBackup } from '../backup.ts'
import { defineCommand, usage } from '../command.ts'
import { call, findServer, type RunningServer, refused } from '../connect.ts'

export const backup = defineCommand({
  name: 'backup',
  summary: 'copy everything into a new folder or one file, while the server goes on',
  operands: 'DIR|FILE.tar',
  options: {
    'without-secret': { type: 'boolean', help: 'leave out the key of sealed originals and of keys to other systems' },
  },
  notes: `DIR gets one compressed file a table, with checksums in manifest.json; it is written as DIR.partial and named when it is whole.
A name that ends in .tar is one file: the same folder as a tar archive.
Keep it as you keep the data: names and texts are masked in it as they are here, and with the file "secret" in it, what is sealed can be opened.

  ./daystar backup /backups/2026-11-26
  ./daystar backup /backups/2026-11-26.tar
  ./daystar restore /backups/2026-11-26 --check`,
  async run({ values, operands, json }) {
    const [named, ...more] = operands
    if (named === undefined || more.length > 0) return usage(backup, 'name one folder, or one file that ends in .tar')
    const folder = path.resolve(named)
    const wish = { folder, withoutSecret: values['without-secret'] === true, onProgress: showSteps() }
    const config = readConfig()
    const server = await findServer(config)
    const made = server
      ? await through(server, wish)
      : await (await import('../../app/backup.ts')).backUpClosed(config, wish)
    return tellBackup(made, json, 'saved in')
  },
})

async function through(
  server: RunningServer,
  wish: { folder: string; withoutSecret: boolean; onProgress(progress: BackupProgress): void },
): Promise<Result<BackupDone>> {
  const query = new URLSearchParams({ folder: wish.folder, secret: String(!wish.withoutSecret) })
  const answer = await call(server, `/backups?${query}`, { method: 'POST' })
  if (!answer.ok) return refused(answer)
  for await (const line of answerLines<{ progress?: BackupProgress; result?: BackupDone; problem?: Problem }>(answer)) {
    if (line.progress) wish.onProgress(line.progress)
    else if (line.result) return { ok: true, value: line.result }
    else if (line.problem) return fail(line.problem)
  }
  return fail({
    code: 'http',
    message: 'the server stopped before the backup ended',
    remedy: `remove ${wish.folder}.partial and run it again`,
  })
}
