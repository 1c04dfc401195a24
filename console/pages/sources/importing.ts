import { useSyncExternalStore } from 'react'
import { ApiProblem } from '../../api/client.ts'
import { queryClient } from '../../api/queries.ts'
import { type FileOptions, type ImportResult, importFile, type ListedImport, listImports } from '../../api/sources.ts'
import { type Sample, sampled } from './pace.ts'

export interface Asked {
  file: File
  source: string
  options: FileOptions
}

/** A file that this tab sends. It goes on while other pages are looked at, and by itself after the server was away. */
export interface Importing extends Asked {
  state: 'sending' | 'waiting' | 'stopped' | 'ended' | 'failed'
  /** As the server tells it; missing until it was first asked. */
  seen?: ListedImport
  samples: readonly Sample[]
  result?: ImportResult
  error?: unknown
}

const LOOK_EVERY_MS = 2_000
const TRY_AGAIN_MS = 5_000
const TOUCHED = ['settings', 'voices', 'overview', 'catalogue']

/** By tenant: one at a time. */
const imports = new Map<string, { now: Importing; stopping: AbortController }>()
const listeners = new Set<() => void>()

const tellAll = () => {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useImporting(tenant: string): Importing | undefined {
  return useSyncExternalStore(subscribe, () => imports.get(tenant)?.now)
}

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const beforeLeaving = (event: BeforeUnloadEvent) => event.preventDefault()

/** Sends a file until it is in, is refused, or is stopped; where the server goes away, it is waited for. */
export async function startImport(tenant: string, asked: Asked): Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const one = { now: { ...asked, state: 'sending', samples: [] } as Importing, stopping }
  const update = (more: Partial<Importing>) => {
    one.now = { ...one.now, ...more }
    tellAll()
  }
  imports.set(tenant, one)
  signal.addEventListener('abort', () => update({ state: 'stopped' }))
  addEventListener('beforeunload', beforeLeaving)
  const look = async () => {
    const seen = one.now.state === 'sending' ? await newest(tenant, asked.file).catch(() => undefined) : undefined
    if (seen?.state === 'running') update({ seen, samples: sampled(one.now.samples, seen, Date.now()) })
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  try {
    while (!signal.aborted && !one.now.result) {
      update({ state: 'sending', samples: [] })
      const result = await send(tenant, asked, signal)
      if (result) update({ result, state: 'ended' })
      else if (!signal.aborted) {
        update({ state: 'waiting' })
        await serverBack(tenant, asked.file, signal)
      }
    }
  } catch (error) {
    if (!signal.aborted) update({ error, state: 'failed' })
  } finally {
    clearInterval(timer)
    removeEventListener('beforeunload', beforeLeaving)
    for (const subject of TOUCHED) void queryClient.invalidateQueries({ queryKey: [subject] })
  }
}

/** What was taken stays; the same file, given again, goes on from there. */
export const stopImport = (tenant: string): void => imports.get(tenant)?.stopping.abort()

export function forgetImport(tenant: string): void {
  imports.delete(tenant)
  tellAll()
}

const isAway = (error: unknown, from = 502) =>
  error instanceof ApiProblem && (error.status === 0 || (error.status >= from && error.status <= 504))

/** Undefined where the server went away, or it was stopped. */
async function send(tenant: string, { file, ...rest }: Asked, signal: AbortSignal): Promise<ImportResult | undefined> {
  const sent = importFile({ tenant }, file, rest)
  signal.addEventListener('abort', sent.stop, { once: true })
  try {
    return await sent.done
  } catch (error) {
    if (!isAway(error)) throw error
    return undefined
  } finally {
    signal.removeEventListener('abort', sent.stop)
  }
}

/** Waits until the server answers again. Throws what then stands in the way of going on. */
async function serverBack(tenant: string, file: File, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await after(TRY_AGAIN_MS)
    if (!(await isReadable(file))) throw new ApiProblem(422, { code: 'file_changed', message: '' })
    try {
      // Where it took the file to its end and only its answer was lost, sending all of it again would not tell more.
      if ((await newest(tenant, file))?.state === 'ended')
        throw new ApiProblem(422, { code: 'answer_lost', message: '' })
      return
    } catch (error) {
      // One that has only just begun may not reach its store yet.
      if (!isAway(error, 500)) throw error
    }
  }
}

/** A browser refuses to read a file that was changed, moved or deleted after it was chosen. */
const isReadable = (file: File) =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )

const newest = async (tenant: string, file: File) =>
  (await listImports({ tenant })).imports.find((one) => one.file === file.name && one.size === file.size)
