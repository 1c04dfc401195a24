import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { isZone } from '../core/clock.ts'
import { fail, ok, type Problem, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Words } from '../core/words.ts'
import type { Stores } from '../store/open.ts'
import { accept, MAX_BATCH, retrace } from './accept.ts'
import { guess, whyTaken } from './guess.ts'
import { headOf } from './head.ts'
import { Ordinals } from './identify.ts'
import type { DeadRecord } from './inbox.ts'
import { type RecordKind, recordKinds } from './kinds.ts'
import { maskedText } from './privacy.ts'
import { fileProblem } from './reasons/files.ts'
import { because, type Reason, type ToldReason, toldReason } from './reasons/reason.ts'
import { importedBefore, knowFile, NOTE_EVERY_ROWS, noteProgress, withoutTimes } from './resume.ts'
import { parseOptions } from './source/options.ts'
import { caught, type SourceItem, type SourceOptions } from './source/source.ts'
import { sources } from './sources/list.ts'

export interface ImportRequest {
  stores: Stores
  tenant: TenantId
  /** A source's id, or `auto`: then the file's beginning decides. */
  source: string
  stream: Readable | AsyncIterable<Uint8Array>
  fileName: string
  /** Bytes, where known. */
  size?: number
  zone: string
  /** map, set, ignore; see sources/options.ts. */
  options: Record<string, unknown>
  onProgress?: (progress: ImportProgress) => void
  /** Waits for no room any more: the import is broken off instead. */
  stop?: AbortSignal
}

export interface ImportProgress {
  /** Of the import. */
  id: string
  rows: number
  kept: number
  dead: number
  skipped: number
  bytes: number
  size?: number
  /** Rows that an earlier attempt, broken off, brought in: they are read again and not kept again. */
  resumedAfter: number
}

/** `rows` are rows or lines of the file; one may hold several records (a review and its order), which `kept` and `dead` count. */
export interface ImportResult {
  id: string
  source: string
  rows: number
  kept: number
  dead: number
  /** What is rightly no record, such as internal notes. */
  skipped: number
  resumedAfter: number
  byKind: Record<RecordKind, number>
  /** Why records were refused, the most frequent first. */
  reasons: { n: number; field: string; reason: string; told: ToldReason; firstLine: number }[]
  /** Why the rest was skipped, the most frequent first. */
  skips: { n: number; reason: string; told: ToldReason; firstLine: number }[]
  notes: string[]
}

/**
 * Streams a file into the inbox, in batches and bounded memory. Doing it again adds nothing; where an attempt was broken off, it goes on
 * from there. Problems: `source_unknown`, `source_unclear`, `zone_unknown`,
 * `import_option`, what the source says about the file, and `nothing_usable` where not one record could be kept (the dead letters say
 * why). After a problem in the middle, what came before it is kept.
 */
export async function importFile(request: ImportRequest): Promise<Result<ImportResult>> {
  const { stores, tenant, fileName, zone } = request
  if (!isZone(zone)) return fail(fileProblem('zone_unknown', { zone }, 'zone'))
  const options = parseOptions(request.options, zone)
  if (!options.ok) return options
  const chosen = await choose(request, options.value)
  if (!chosen.ok) return chosen
  const { source, stream, why } = chosen.value

  const { times, rest } = withoutTimes(options.value.set)
  const said = { source: source.id, options: { ...options.value, set: rest }, size: request.size }
  const known = await knowFile(stream, said)
  const before = await importedBefore(stores, tenant, known.fingerprint)
  const resumedAfter = before.rows
  const kept = Object.keys(times).filter((field) => (before.times[field] ?? times[field]) !== times[field])
  const set = { ...options.value.set, ...Object.fromEntries(kept.map((field) => [field, before.times[field]!])) }
  const run = new ImportRun({ ...request, source: source.id }, resumedAfter)
  const opened = await caught(() => source.open(run.counting(known.stream), { ...options.value, set }))
  if (!opened.ok) return opened
  if (!opened.value.ok) return opened.value
  run.tell()
  await stores.db
    .insertInto('imports')
    .values({
      ...{ tenant, id: run.id, source: source.id, file: fileName, rows: 0, kept: 0, dead: 0 },
      ...{ fingerprint: known.fingerprint, safe_rows: resumedAfter, size: request.size ?? null },
      times: JSON.stringify(withoutTimes(set).times),
    })
    .execute()
  const { notes, rows, closing } = opened.value.value
  const ended = await caught(() => run.take(rows))
  await run.record()
  if (!ended.ok) return fail(run.brokenOff(ended.problem))
  const result = run.result([...why, ...notes, ...run.resumed(), ...keptTimes(kept, set), ...(closing?.() ?? [])])
  const anything = result.kept > 0 || result.skipped > 0 || resumedAfter > 0
  return anything ? ok(result) : fail(nothingUsable(result))
}

/** Says which times stay as they were when this file came in first. */
const keptTimes = (fields: readonly string[], set: Readonly<Record<string, string>>): string[] =>
  fields.map(
    (field) =>
      `${field} stays ${set[field]}, as it was said when this file was first imported: at another time its rows would come twice`,
  )

async function choose({ source: id, stream }: ImportRequest, options: SourceOptions) {
  if (id !== 'auto') {
    const source = sources.find((one) => one.id === id)
    return source ? ok({ source, stream, why: [] }) : fail(fileProblem('source_unknown', { id }))
  }
  const begun = await headOf(stream)
  const found = await guess(begun.head, options)
  if (!found.ok) return found
  const best = found.value[0]!
  const why = [`taken for ${best.source.id} (${best.source.en}): ${whyTaken(best)}`]
  return ok({ source: best.source, stream: begun.stream, why })
}

function nothingUsable({ rows, reasons }: ImportResult): Problem {
  const [first] = reasons
  if (rows === 0 || !first) return fileProblem('no_rows', {})
  const { zh, en } = first.told.words
  const reason = { en: `${first.field} ${en}`.trim(), zh: `${first.field} ${zh}`.trim() }
  return fileProblem('none_usable', { rows, reason, line: first.firstLine, way: wayOut(first) })
}

/** What a person can say where every record lacks its time, or has one that may be read in several ways. */
function wayOut({ field, reason }: ImportResult['reasons'][number]): Words {
  if (/"\d{1,2}([/.-])\d{1,2}\1\d{2,4}\b/.test(reason))
    return {
      en: ' Nothing shows which number is the day: say it with --dates dmy, mdy or ymd.',
      zh: '看不出哪个数字是日：请用 --dates dmy、mdy 或 ymd 指明。',
    }
  const set = { at: '--set at=2026-03-01, --set event.at=2026-03-01', orderedAt: '--set order.orderedAt=2026-03-01' }[
    field
  ]
  if (reason !== because('missing') || set === undefined) return { en: '', zh: '' }
  return {
    en: ` The file does not tell when: say it for all with ${set}.`,
    zh: `文件里没有时间：请统一指定，如 ${set}。`,
  }
}

class ImportRun {
  readonly id = randomUUID()
  readonly #request: ImportRequest
  readonly #ordinals = new Ordinals()
  readonly #batches = new Map<RecordKind, { records: unknown[]; places: number[]; refused: DeadRecord[] }>()
  readonly #reasons = new Map<string, ImportResult['reasons'][number]>()
  readonly #skips = new Map<string, ImportResult['skips'][number]>()
  readonly #byKind = { voices: 0, events: 0, orders: 0, products: 0 }
  #rows = 0
  #kept = 0
  #dead = 0
  #skipped = 0
  #bytes = 0

  /** An earlier attempt brought in the rows up to this one. */
  readonly #resumedAfter: number

  constructor(request: ImportRequest, resumedAfter: number) {
    this.#request = request
    this.#resumedAfter = resumedAfter
  }

  async *counting(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      this.#bytes += bytes.length
      yield bytes
    }
  }

  async take(rows: AsyncIterable<SourceItem[]>): Promise<void> {
    try {
      for await (const items of rows) {
        this.#rows++
        for (const item of items) await this.#add(item)
        if (this.#rows % NOTE_EVERY_ROWS === 0) await this.#note()
      }
    } finally {
      for (const kind of recordKinds) await this.#send(kind)
    }
  }

  async #add(item: SourceItem): Promise<void> {
    if ('skipped' in item) return this.#skip(item)
    const batch = this.#batches.get(item.kind) ?? { records: [], places: [], refused: [] }
    this.#batches.set(item.kind, batch)
    if ('dead' in item) {
      const { field, reason, record } = item.dead
      batch.refused.push({ place: item.line, field, reason, record: maskedText(record) })
    } else {
      batch.records.push(item.record)
      batch.places.push(item.line)
    }
    if (batch.records.length + batch.refused.length >= MAX_BATCH) await this.#send(item.kind)
  }

  async #note(): Promise<void> {
    for (const kind of recordKinds) await this.#send(kind)
    const { stores, tenant } = this.#request
    if (this.#rows <= this.#resumedAfter) return
    await noteProgress(stores, tenant, this.id, { ...this.#counts(), safe_rows: this.#rows })
  }

  #skip({ line, skipped: reason }: { line: number; skipped: Reason }): void {
    this.#skipped++
    const known = this.#skips.get(reason)
    if (known) known.n++
    else if (this.#skips.size < 100)
      this.#skips.set(reason, { n: 1, reason, told: toldReason(reason), firstLine: line })
  }

  async #send(kind: RecordKind): Promise<void> {
    const batch = this.#batches.get(kind)
    if (!batch) return
    this.#batches.delete(kind)
    const { stores, tenant, source, zone, stop } = this.#request
    const common = { tenant, source, zone, importId: this.id, ordinals: this.#ordinals, patient: true, stop }
    if (this.#rows <= this.#resumedAfter) {
      retrace({ ...common, kind, ...batch })
      return this.tell()
    }
    const answer = await accept(stores, { ...common, kind, ...batch })
    if (!answer.ok) throw new Error(answer.problem.message)
    this.#kept += answer.value.kept
    this.#byKind[kind] += answer.value.kept
    for (const dead of answer.value.dead) this.#count(dead)
    this.tell()
  }

  #counts() {
    return { rows: this.#rows, kept: this.#kept, dead: this.#dead, bytes: this.#bytes }
  }

  tell(): void {
    const { onProgress, size } = this.#request
    const { id } = this
    onProgress?.({ id, ...this.#counts(), skipped: this.#skipped, size, resumedAfter: this.#resumedAfter })
  }

  #count({ place, field, reason }: { place: number; field: string; reason: string }): void {
    this.#dead++
    // Reasons quote the value; without it they are alike.
    const like = reason.replace(/"[^"]*"/, '…')
    const key = `${field}\n${like}`
    const known = this.#reasons.get(key)
    if (known) known.n++
    else if (this.#reasons.size < 100)
      this.#reasons.set(key, { n: 1, field, reason, told: toldReason(reason), firstLine: place })
  }

  /** Writes down how it ended, well or not. */
  async record(): Promise<void> {
    const { stores, tenant } = this.#request
    await noteProgress(stores, tenant, this.id, { ...this.#counts(), finished_at: new Date() })
  }

  resumed(): string[] {
    return this.#resumedAfter === 0
      ? []
      : [`went on after row ${this.#resumedAfter}: an earlier attempt, broken off, had brought in the rows before it`]
  }

  /** A problem in the middle of a file, with what came before it. */
  brokenOff({ zh, ...problem }: Problem): Problem {
    const message = `${problem.message} Before it, ${this.#rows} rows were read and ${this.#kept} records kept.`
    const told = zh && { ...zh, message: `${zh.message}在此之前读了 ${this.#rows} 行，收下 ${this.#kept} 条记录。` }
    return { ...problem, message, ...(told && { zh: told }) }
  }

  result(notes: string[]): ImportResult {
    const reasons = [...this.#reasons.values()].sort((a, b) => b.n - a.n)
    const skips = [...this.#skips.values()].sort((a, b) => b.n - a.n)
    const counts = {
      rows: this.#rows,
      kept: this.#kept,
      dead: this.#dead,
      skipped: this.#skipped,
      resumedAfter: this.#resumedAfter,
      byKind: this.#byKind,
    }
    return { id: this.id, source: this.#request.source, ...counts, reasons, skips, notes }
  }
}
