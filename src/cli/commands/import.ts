import { readConfig } from '../../app/config.ts'
import type { App, ImportProgress, ImportResult } from '../../app.ts'
import { fail, type Problem, type Result } from '../../core/result.ts'
import { MAIN, tenantId } from '../../core/tenant.ts'
import { answerLines } from '../answer-lines.ts'
import { DONE, defineCommand, FAILED, say, usage } from '../command.ts'
import { findServer, isServerGone, type RunningServer, refused, upload } from '../connect.ts'
import { openInput } from '../input.ts'
import { previewOne, queryOf, type Request, showPreview } from '../preview.ts'
import { progressLine } from '../progress.ts'

export const importCommand = defineCommand({
  name: 'import',
  summary: 'bring in files by a named source; what cannot be kept is listed with line, field and reason',
  operands: 'SOURCE FILE…',
  options: {
    tenant: { type: 'string', hint: 'ID', help: 'whose data this is (default main)' },
    zone: { type: 'string', hint: 'ZONE', help: 'the zone of local times in the file (default the tenant’s)' },
    map: { type: 'string', multiple: true, hint: 'FIELD=COLUMN,…', help: 'which column is which field' },
    set: { type: 'string', multiple: true, hint: 'FIELD=VALUE,…', help: 'a field that is the same in every row' },
    dates: {
      type: 'string',
      hint: 'ORDER',
      help: 'how dates such as 3/2/26 are written, where the file does not show it: dmy, mdy or ymd',
    },
    preview: { type: 'boolean', help: 'show what would become of the file, and keep nothing' },
    ignore: {
      type: 'string',
      multiple: true,
      hint: 'COLUMN,…',
      help: 'columns never to be used; * at the end matches the rest',
    },
  },
  async notes() {
    const list = (await allSources()).map((source) => `${source.id} (${source.en})`).join(', ')
    return `auto looks at the file and says which source it takes. Sources: ${list}. Mapping and examples: docs/sources.md.\nImporting the same file twice adds nothing.`
  },
  async run({ values, operands, json }) {
    const [source, ...files] = operands
    if (source === undefined || files.length === 0)
      return usage(importCommand, 'name a source and at least one file, or - for standard input')
    const sources = await allSources()
    if (source !== 'auto' && !sources.some((one) => one.id === source)) {
      return usage(
        importCommand,
        `there is no source "${source}"; there are: auto, ${sources.map((one) => one.id).join(', ')}`,
      )
    }
    const tenant = tenantId.safeParse(values.tenant ?? MAIN)
    if (!tenant.success) return usage(importCommand, tenant.error.issues[0]!.message)
    const request = {
      source,
      tenant: tenant.data,
      zone: values.zone as string | undefined,
      options: { map: values.map, set: values.set, ignore: values.ignore, dates: values.dates },
    }
    const config = readConfig()
    const server = await findServer(config)
    const app = server ? null : await (await import('../../app.ts')).openApp(config, () => {})
    if (app && !app.ok) {
      say(app.problem)
      return FAILED
    }
    let code = DONE
    for (const file of files) {
      const through = server ?? app!.value
      const fine = values.preview
        ? showPreview(file, await previewOne(through, request, file), json)
        : report(file, await importOne(through, request, file).catch(stopped), json)
      if (!fine) code = FAILED
    }
    if (app) {
      await app.value.ingest.idle()
      await app.value.findings.settled()
      await app.value.close()
    }
    return code
  },
})

/** The sources, only where they are asked for: sixty mappings that no other command needs. */
const allSources = async () => (await import('../../listen/sources/list.ts')).sources

async function importOne(through: RunningServer | App, request: Request, file: string): Promise<Result<ImportResult>> {
  const input = await openInput(file)
  if (!input.ok) return input
  const { name: fileName, stream, size } = input.value
  if ('ingest' in through)
    return through.ingest.importFile({ ...request, fileName, size, stream, onProgress: showProgress })
  const query = queryOf(request)
  query.set('file', fileName)
  if (size !== undefined) query.set('size', String(size))
  const answer = await upload(through, `/imports?${query}`, stream)
  return answer.ok ? lastLine(answer) : refused(answer)
}

function stopped(error: unknown): Result<never> {
  if (isServerGone(error)) return fail(STOPPED)
  throw error
}

const STOPPED: Problem = {
  code: 'http',
  message: 'the server stopped before the import ended',
  remedy: 'run the same import again: it goes on where it was, and what is already in is not added twice',
}

async function lastLine(answer: Response): Promise<Result<ImportResult>> {
  for await (const said of answerLines<{ progress?: ImportProgress; result?: ImportResult; problem?: Problem }>(
    answer,
  )) {
    if (said.progress) showProgress(said.progress)
    else if (said.result) return { ok: true, value: said.result }
    else if (said.problem) return fail(said.problem)
  }
  return fail(STOPPED)
}

const line = progressLine()

function showProgress(progress: ImportProgress): void {
  const share = progress.size ? ` ${Math.min(100, Math.round((progress.bytes / progress.size) * 100))}%` : ''
  line.show(`${progress.rows} rows, ${progress.kept} kept, ${progress.dead} refused${share}`)
}

function report(file: string, result: Result<ImportResult>, json: boolean): boolean {
  line.clear()
  if (!result.ok) {
    say({ ...result.problem, where: result.problem.where ?? file })
    return false
  }
  const { rows, kept, dead, skipped, reasons, skips, notes } = result.value
  if (json) console.log(JSON.stringify({ file, ...result.value }))
  else {
    console.log(
      `${file}: ${rows} rows; ${kept} records kept, ${dead} refused${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    )
    for (const note of notes) console.log(`  ${note}`)
    for (const reason of reasons)
      console.log(`  refused ${reason.n}× ${reason.field}: ${reason.reason} (first in line ${reason.firstLine})`)
    for (const skip of skips) console.log(`  skipped ${skip.n}×: ${skip.reason} (first in line ${skip.firstLine})`)
  }
  return true
}
