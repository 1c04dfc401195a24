import type { Readable } from 'node:stream'
import { isZone } from '../core/clock.ts'
import { fail, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { type Accepted, accept } from '../listen/accept.ts'
import { limitsOf } from '../listen/backlog.ts'
import type { Head } from '../listen/head.ts'
import { type ImportProgress, type ImportResult, importFile } from '../listen/import.ts'
import { type ListedImport, listImports } from '../listen/import-list.ts'
import { type RecordKind, recordKinds } from '../listen/kinds.ts'
import { type Preview, previewFile } from '../listen/preview.ts'
import { type Protector, protectorFor } from '../listen/privacy/safeguards.ts'
import type { Reader } from '../listen/reader.ts'
import { replayDeadLetter } from '../listen/replay.ts'
import { parseOptions } from '../listen/source/options.ts'
import { sweepInbox } from '../listen/sweep.ts'
import type { Core } from './core.ts'
import { rememberFor } from './remember.ts'

export type { Head, ImportProgress, ImportResult, Preview, RecordKind }

export type Ingest = ReturnType<typeof createIngest>

const ZONE_REMEMBERED_MS = 3_000
const SWEEP_MS = 3_600_000

/** The way in, for every door: a tenant's zone is filled in, the reader is woken. */
export function createIngest(core: Core, reader: Reader) {
  const { stores, tenancy, config } = core
  const limits = limitsOf(config.inboxRecords)
  /** Imports of this process that are on their way, by id. */
  const underWay = new Map<string, ImportProgress>()
  const zones = rememberFor(ZONE_REMEMBERED_MS, async (tenant) => (await tenancy.find(tenant as TenantId)).zone)

  /** What was read long ago is swept out, now and every hour. */
  const sweep = () =>
    sweepInbox(stores, config.inboxDays ?? 7, Date.now()).catch((error: Error) =>
      core.log(`sweeping the inbox failed and will be tried again: ${error.message}`),
    )
  let sweeping = sweep()
  const timer = setInterval(() => {
    sweeping = sweep()
  }, SWEEP_MS)
  timer.unref()

  const stopping = new AbortController()
  const imports = new Set<Promise<unknown>>()

  /** Waits for no more than what is being written: an import that is broken off goes on where it was when its file is given again. */
  async function close(): Promise<void> {
    clearInterval(timer)
    stopping.abort()
    await Promise.allSettled([sweeping, ...imports])
  }

  async function take(batch: {
    tenant: TenantId
    kind: 'voices' | 'events' | 'orders' | 'products'
    source: string
    records: unknown[]
    idempotencyKey?: string
    bodyText?: string
    patient?: boolean
  }): Promise<Result<Accepted>> {
    const zone = await zones.find(batch.tenant)
    const answer = await accept(stores, { ...batch, zone: zone!, limits })
    reader.wake()
    return answer
  }

  async function takeFile(file: {
    tenant: TenantId
    source: string
    fileName: string
    size?: number
    zone?: string
    options: Record<string, unknown>
    stream: Readable
    onProgress: (progress: ImportProgress) => void
  }): Promise<Result<ImportResult>> {
    const zone = file.zone ?? (await tenancy.find(file.tenant)).zone
    let id = ''
    const onProgress = (progress: ImportProgress) => {
      id = progress.id
      underWay.set(id, progress)
      file.onProgress(progress)
    }
    const importing = importFile({ ...file, stores, zone, onProgress, stop: stopping.signal })
    imports.add(importing)
    try {
      return await importing
    } finally {
      imports.delete(importing)
      underWay.delete(id)
      reader.wake()
      core.changes.publish(file.tenant, ['settings'])
    }
  }

  const listed = (tenant: TenantId): Promise<ListedImport[]> => listImports(stores, tenant, underWay)

  /** What would become of a file. The same treatment as on the way in, and nothing is kept. */
  async function preview(file: {
    tenant: TenantId
    source: string
    zone?: string
    options: Record<string, unknown>
    head: Head
    now: number
  }): Promise<Result<Preview>> {
    const { tenant, source, head, now } = file
    const zone = file.zone ?? (await tenancy.find(tenant)).zone
    if (!isZone(zone)) return fail({ code: 'zone_unknown', message: `"${zone}" is not a time zone.`, where: 'zone' })
    const options = parseOptions(file.options, zone)
    if (!options.ok) return options
    const pairs = await Promise.all(
      recordKinds.map(async (kind) => [kind, await protectorFor(stores, tenant, kind)] as const),
    )
    const protectors = Object.fromEntries(pairs) as Record<RecordKind, Protector>
    return previewFile({ tenant, source, head, options: options.value, protectors, receivedAt: now })
  }

  async function replay(tenant: TenantId, id: string): Promise<Result<Accepted>> {
    const answer = await replayDeadLetter(stores, tenant, id)
    reader.wake()
    core.changes.publish(tenant, ['settings'])
    return answer
  }

  return {
    accept: take,
    importFile: takeFile,
    imports: listed,
    preview,
    replay,
    idle: reader.idle,
    waiting: reader.waiting,
    close,
  }
}
