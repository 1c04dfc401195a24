import type { Readable } from 'node:stream'
import type { Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { type Accepted, accept } from '../listen/accept.ts'
import { usualLimits } from '../listen/backlog.ts'
import { type ImportProgress, type ImportResult, importFile } from '../listen/import.ts'
import type { RecordKind } from '../listen/kinds.ts'
import type { Reader } from '../listen/reader.ts'
import { replayDeadLetter } from '../listen/replay.ts'
import { sweepInbox } from '../listen/sweep.ts'
import type { Core } from './core.ts'
import { rememberFor } from './remember.ts'

export type { ImportProgress, ImportResult, RecordKind }

export type Ingest = ReturnType<typeof createIngest>

const ZONE_REMEMBERED_MS = 3_000
const SWEEP_MS = 3_600_000

/** The way in, for every door: a tenant's zone is filled in, the reader is woken. */
export function createIngest(core: Core, reader: Reader) {
  const { stores, tenancy, config } = core
  const limits = { ...usualLimits, ...(config.inboxRecords && { records: config.inboxRecords }) }
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

  async function close(): Promise<void> {
    clearInterval(timer)
    await sweeping
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
    const result = await importFile({ ...file, stores, zone })
    reader.wake()
    core.changes.publish(file.tenant, ['settings'])
    return result
  }

  async function replay(tenant: TenantId, id: string): Promise<Result<Accepted>> {
    const answer = await replayDeadLetter(stores, tenant, id)
    reader.wake()
    core.changes.publish(tenant, ['settings'])
    return answer
  }

  return { accept: take, importFile: takeFile, replay, idle: reader.idle, waiting: reader.waiting, close }
}
