import { fail, ok, type Problem, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Words } from '../core/words.ts'
import { throughSteps } from './accept.ts'
import type { DateColumn, DayOrder } from './decode/day-order.ts'
import { columnName } from './decode/table.ts'
import { type Fit, guess, whyTaken } from './guess.ts'
import { type FileForm, type Head, inPieces, lookAt } from './head.ts'
import { Ordinals } from './identify.ts'
import { type Kept, type RecordKind, recordKinds } from './kinds.ts'
import type { Protector } from './privacy/safeguards.ts'
import { fileProblem } from './reasons/files.ts'
import { type ToldReason, toldReason } from './reasons/reason.ts'
import {
  caught,
  type FieldsMet,
  type Mapping,
  type Opened,
  type Source,
  type SourceItem,
  type SourceOptions,
} from './source/source.ts'
import { sources } from './sources/list.ts'

export interface PreviewRequest {
  tenant: TenantId
  /** A source's id, or `auto`. */
  source: string
  head: Head
  options: SourceOptions
  /** How the tenant wants records of a kind treated on the way in. */
  protectors: Readonly<Record<RecordKind, Protector>>
  /** Epoch milliseconds. */
  receivedAt: number
}

/** What would become of a file, from its beginning. Nothing is kept of it. */
export interface Preview {
  source: string
  /** Why this source was chosen, and what else reads the file; null where a person named it. */
  guessed: { because: string; others: { source: string; kept: number; dead: number }[] } | null
  /** What the file is: its encoding, `workbook` or `parquet`; null where that could not be told. */
  form: FileForm | null
  /** False where only the beginning of the file was looked at. */
  whole: boolean
  /** Why it cannot be imported as it is; then there are no records. */
  problem: Problem | null
  rows: number
  counts: Record<RecordKind, number>
  /** The first records as they would be kept: checked, identified and masked. */
  records: { line: number; kind: RecordKind; record: Kept }[]
  refusedCount: number
  refused: { line: number; field: string; reason: string; told: ToldReason }[]
  skippedCount: number
  skipped: { reason: string; told: ToldReason; n: number; firstLine: number }[]
  fields: { used: Mapping[]; unused: string[]; left: { from: string; why: Words | null }[] }
  /** Where columns are chosen by a person: the file's columns, and the fields they can fill. */
  columns: string[] | null
  targets: string[] | null
  /** Columns of dates such as 3/2/26, in which order they are read, and who says so; where nobody does, they are not read. */
  dates: { name: string; seen: string; order: DayOrder | null; by: 'choice' | 'proof' | null }[]
  notes: string[]
}

const RECORDS = 20
const REFUSED = 20
const REASONS = 20
/** Rows that are looked at. */
const ROWS = 2_000

/** Problems: `source_unknown`, `source_unclear`. What is wrong with the file itself stands in the preview. */
export async function previewFile(request: PreviewRequest): Promise<Result<Preview>> {
  const { head } = request
  const chosen = await choose(request)
  if (!chosen.ok) return chosen
  const { source, guessed } = chosen.value
  const { bytes, form, header } = await lookAt(head)
  const trial = new Trial(request, source)
  const problem = await trial.run(bytes, head.whole)
  const targets = header && source.targets
  return ok({
    ...{ source: source.id, guessed, form: form ?? null, whole: head.whole && trial.rows < ROWS, problem },
    ...trial.result(),
    fields: withWhy(trial.fields(), source),
    columns: targets ? header.map((name) => name.trim()).filter((name) => name !== '') : null,
    targets: targets ? [...targets] : null,
    dates: trial.dates().map(({ name, seen, order = null, by = null }) => ({ name, seen, order, by })),
    notes: trial.notes,
  })
}

async function choose({ source: id, head, options }: PreviewRequest) {
  if (id !== 'auto') {
    const source = sources.find((one) => one.id === id)
    return source ? ok({ source, guessed: null }) : fail(fileProblem('source_unknown', { id }))
  }
  const found = await guess(head, options)
  if (!found.ok) return found
  const [best, ...behind] = found.value as [Fit, ...Fit[]]
  const others = behind.slice(0, 3).map(({ source, kept, dead }) => ({ source: source.id, kept, dead }))
  return ok({ source: best.source, guessed: { because: whyTaken(best), others } })
}

const withWhy = ({ used, unused, left }: FieldsMet, { leftOut = [] }: Source): Preview['fields'] => {
  const why = new Map(leftOut.map((one) => [columnName(one.from), one.why]))
  return { used, unused, left: left.map((from) => ({ from, why: why.get(columnName(from)) ?? null })) }
}

/** One source's reading of a file, through the same steps as an import, without an inbox at the end. */
class Trial {
  rows = 0
  readonly notes: string[] = []
  readonly #request: PreviewRequest
  readonly #source: Source
  readonly #ordinals = new Ordinals()
  readonly #counts = Object.fromEntries(recordKinds.map((kind) => [kind, 0])) as Record<RecordKind, number>
  readonly #records: Preview['records'] = []
  readonly #refused: Preview['refused'] = []
  readonly #skips = new Map<string, Preview['skipped'][number]>()
  #refusedCount = 0
  #skippedCount = 0
  #opened: Opened | undefined

  constructor(request: PreviewRequest, source: Source) {
    this.#request = request
    this.#source = source
  }

  /** What is wrong with the file, if anything: where only its beginning is known, its end is nobody's fault. */
  async run(bytes: Buffer, whole: boolean): Promise<Problem | null> {
    const done = await caught(async () => {
      const opened = await this.#source.open(inPieces(bytes), this.#request.options)
      if (!opened.ok) return opened.problem
      this.#opened = opened.value
      for await (const items of opened.value.rows) {
        this.rows++
        for (const item of items) this.#take(item)
        if (this.rows >= ROWS) break
      }
    })
    const kept = recordKinds.some((kind) => this.#counts[kind] > 0)
    if (this.#opened) this.notes.push(...this.#opened.notes, ...(this.#opened.closing?.() ?? []))
    const problem = done.ok ? done.value : done.problem
    if (problem && !(kept && !whole)) return problem
    return kept || whole || this.#skippedCount > 0 ? null : fileProblem('preview_cut', {})
  }

  #take(item: SourceItem): void {
    if ('skipped' in item) {
      this.#skippedCount++
      const known = this.#skips.get(item.skipped)
      if (known) known.n++
      else if (this.#skips.size < REASONS)
        this.#skips.set(item.skipped, {
          reason: item.skipped,
          told: toldReason(item.skipped),
          n: 1,
          firstLine: item.line,
        })
    } else if ('dead' in item) this.#refuse(item.line, item.dead)
    else this.#try(item)
  }

  #try({ line, kind, record: raw }: Extract<SourceItem, { record: unknown }>): void {
    const { options, protectors, receivedAt } = this.#request
    const protector = protectors[kind]
    const journey = {
      kind,
      source: this.#source.id,
      zone: options.zone,
      ordinals: this.#ordinals,
      receivedAt,
      protector,
    }
    const verdict = throughSteps(raw, journey)
    if (!verdict.ok) {
      this.#refuse(line, verdict)
      return
    }
    this.#counts[kind]++
    if (this.#records.length < RECORDS) this.#records.push({ line, kind, record: verdict.record as Kept })
  }

  #refuse(line: number, { field, reason }: { field: string; reason: string }): void {
    this.#refusedCount++
    if (this.#refused.length < REFUSED) this.#refused.push({ line, field, reason, told: toldReason(reason) })
  }

  dates(): readonly DateColumn[] {
    return this.#opened?.dates?.() ?? []
  }

  fields(): FieldsMet {
    return this.#opened?.fields?.() ?? { used: [], unused: [], left: [] }
  }

  result() {
    return {
      rows: this.rows,
      counts: this.#counts,
      records: this.#records,
      refusedCount: this.#refusedCount,
      refused: this.#refused,
      skippedCount: this.#skippedCount,
      skipped: [...this.#skips.values()].sort((a, b) => b.n - a.n),
    }
  }
}
