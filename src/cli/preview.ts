import type { App, Preview } from '../app.ts'
import { ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { say } from './command.ts'
import { call, type RunningServer, refused } from './connect.ts'
import { openInput } from './input.ts'

/** What is wanted of a file. */
export interface Request {
  source: string
  tenant: TenantId
  zone: string | undefined
  options: Record<string, unknown>
}

/** What the doors for files are asked. */
export function queryOf({ source, tenant, options, zone }: Request): URLSearchParams {
  const query = new URLSearchParams({ source, tenant, options: JSON.stringify(options) })
  if (zone !== undefined) query.set('zone', zone)
  return query
}

/** What would become of a file, by the running server or by this process. */
export async function previewOne(
  through: RunningServer | App,
  request: Request,
  file: string,
): Promise<Result<Preview>> {
  const input = await openInput(file)
  if (!input.ok) return input
  const { headOf, WHOLE_BYTES } = await import('../listen/head.ts')
  const { head, stream } = await headOf(input.value.stream, WHOLE_BYTES)
  stream.destroy()
  if ('ingest' in through) return through.ingest.preview({ ...request, head, now: Date.now() })
  const query = queryOf(request)
  query.set('whole', String(head.whole))
  const answer = await call(through, `/imports/preview?${query}`, { method: 'POST', body: new Uint8Array(head.bytes) })
  return answer.ok ? ok((await answer.json()) as Preview) : refused(answer)
}

/** Prints a preview; false where the file cannot be imported as it is. */
export function showPreview(file: string, result: Result<Preview>, json: boolean): boolean {
  if (!result.ok || result.value.problem) {
    const problem = result.ok ? result.value.problem! : result.problem
    say({ ...problem, where: problem.where ?? file })
    return false
  }
  if (json) console.log(JSON.stringify({ file, ...result.value }))
  else for (const line of linesOf(file, result.value)) console.log(line)
  return true
}

function linesOf(file: string, of: Preview): string[] {
  const { fields, refused, skipped, records } = of
  const counts = Object.entries(of.counts).filter(([, n]) => n > 0)
  return [
    `${file}: ${of.source}${of.guessed ? ` (${of.guessed.because})` : ''}${of.form ? `, ${of.form}` : ''}`,
    `  ${of.rows} rows${of.whole ? '' : ' of its beginning'}: ${counts.map(([kind, n]) => `${n} ${kind}`).join(', ') || 'no records'}, ${of.refusedCount} refused, ${of.skippedCount} skipped`,
    // Which columns are used is said below, one by one.
    ...of.notes.filter((note) => !note.startsWith('columns ')).map((note) => `  ${note}`),
    ...fields.used.map(({ from, to }) => `  ${from} → ${to}`),
    ...(fields.unused.length > 0 ? [`  not used: ${fields.unused.join(', ')}`] : []),
    ...fields.left.map(({ from, why }) => `  left out: ${from}${why ? ` (${why.en})` : ''}`),
    ...refused.map(({ line, field, reason }) => `  refused line ${line}: ${field} ${reason}`),
    ...skipped.map(({ reason, n, firstLine }) => `  skipped ${n}×: ${reason} (first in line ${firstLine})`),
    ...records.map(({ line, kind, record }) => `  line ${line} ${kind}: ${JSON.stringify(record)}`),
  ]
}
