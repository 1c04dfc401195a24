import { existsSync, readFileSync } from 'node:fs'
import { parse } from '../parse.ts'
import { caught, type Source, type SourceItem, type SourceOptions } from './source.ts'

/** What a source makes of a whole file: for tests and previews, where everything fits into memory. */
export async function readFile(
  source: Source,
  file: Uint8Array | string,
  options: Partial<SourceOptions> = {},
  pieces = 1,
) {
  const bytes = Buffer.from(file as string)
  const size = Math.max(1, Math.ceil(bytes.length / pieces))
  async function* stream() {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
  }
  const items: SourceItem[] = []
  const notes: string[] = []
  const done = await caught(async () => {
    const opened = await source.open(stream(), { zone: 'Asia/Shanghai', map: {}, set: {}, ignore: [], ...options })
    if (!opened.ok) return opened.problem
    notes.push(...opened.value.notes)
    for await (const row of opened.value.rows) items.push(...row)
    notes.push(...(opened.value.closing?.() ?? []))
  })
  return { items, notes, problem: done.ok ? done.value : done.problem, ...sorted(items) }
}

/** Records by kind as the door would take them, and what it would refuse or skip, as `line: field reason`. */
function sorted(items: readonly SourceItem[]) {
  const kept = { voices: [], events: [], orders: [], products: [] } as Record<string, Record<string, unknown>[]>
  const dead: string[] = []
  const skipped: string[] = []
  for (const item of items) {
    if ('skipped' in item) skipped.push(`${item.line}: ${item.skipped}`)
    else if ('dead' in item) dead.push(`${item.line}: ${item.dead.field} ${item.dead.reason}`)
    else {
      const parsed = parse(item.kind, structuredClone(item.record))
      if (parsed.ok) kept[item.kind]!.push(parsed.record as unknown as Record<string, unknown>)
      else dead.push(`${item.line}: ${parsed.field} ${parsed.reason}`)
    }
  }
  return { voices: kept.voices!, events: kept.events!, orders: kept.orders!, products: kept.products!, dead, skipped }
}

const samples = new URL('../../../../shared/samples/', import.meta.url)

/** A real file of the system, where it lies beside the project; it is never part of it. */
export function sample(path: string): Buffer | undefined {
  const file = new URL(path, samples)
  return existsSync(file) ? readFileSync(file) : undefined
}
