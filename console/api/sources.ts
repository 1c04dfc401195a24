import { useQuery } from '@tanstack/react-query'
import type { ConnectionList, ImportLine, ImportList, ImportPreview, SourceList } from '../../src/http/shapes.ts'
import { ApiProblem, call } from './client.ts'
import { useSend } from './queries.ts'

type Where = { tenant: string }
const at = (id: string) => encodeURIComponent(id)

export type Source = SourceList['sources'][number]
export type Setting = Source['settings'][number]
export type Connection = ConnectionList['connections'][number]
export type Way = Connection['way']

/** The ways in are part of the program: they do not change while it runs. */
export const useSources = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['sources', tenant],
    queryFn: ({ signal }) => call<SourceList>('/sources', { tenant }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Somebody who has just connected a system looks here until the first delivery comes. */
const LOOK_AGAIN_MS = 5_000

export const useConnections = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['connections', tenant],
    queryFn: ({ signal }) => call<ConnectionList>('/connections', { tenant }, { signal }),
    refetchInterval: (query) => (query.state.data?.connections.length ? LOOK_AGAIN_MS : false),
  })

export const useConnect = (where: Where) =>
  useSend(
    (body: { source: string; way: Way; name: string; settings: Record<string, string> }) =>
      call<{ id: string }>('/connections', where, { method: 'POST', body }),
    ['connections'],
  )
export const useChangeConnection = (where: Where, id: string) =>
  useSend(
    (settings: Record<string, string>) =>
      call<unknown>(`/connections/${at(id)}/settings`, where, { method: 'POST', body: settings }),
    ['connections'],
  )
export const usePause = (where: Where, id: string) =>
  useSend(
    (paused: boolean) => call<unknown>(`/connections/${at(id)}/pause`, where, { method: 'POST', body: { paused } }),
    ['connections'],
  )
export const useDisconnect = (where: Where, id: string) =>
  useSend(() => call<unknown>(`/connections/${at(id)}`, where, { method: 'DELETE' }), ['connections'])

export type DateOrder = NonNullable<ImportPreview['dates'][number]['order']>

/** What a person says of a file: which column is which field, the same value for all rows, columns not to be used, how dates are written. */
export interface FileOptions {
  map: Record<string, string>
  set: Record<string, string>
  ignore: string[]
  dates?: DateOrder
}

const HEAD_BYTES = 1024 * 1024
const WHOLE_BYTES = 8 * 1024 * 1024

const queryOf = (where: Where, source: string, options: FileOptions) =>
  new URLSearchParams({ tenant: where.tenant, source, options: JSON.stringify(options) })

/** A small file whole; of a large one its beginning, which is enough for text. */
export async function previewFile(
  where: Where,
  file: File,
  source: string,
  options: FileOptions,
): Promise<ImportPreview> {
  const whole = file.size <= WHOLE_BYTES
  const query = queryOf(where, source, options)
  query.set('whole', String(whole))
  let response: Response
  try {
    const body = whole ? file : file.slice(0, HEAD_BYTES)
    response = await fetch(`/api/v1/imports/preview?${query}`, { method: 'POST', body })
  } catch {
    throw new ApiProblem(0, { code: 'unreachable', message: '' })
  }
  const answer = (await response.json().catch(() => null)) as { error?: { code: string; message: string } } | null
  if (response.ok && answer) return answer as unknown as ImportPreview
  throw new ApiProblem(response.status, answer?.error ?? { code: 'http', message: '' })
}

export type ImportResult = Extract<ImportLine, { result: unknown }>['result']
export type ListedImport = ImportList['imports'][number]

export const listImports = ({ tenant }: Where) => call<ImportList>('/imports', { tenant })

/** How far imports are that are on their way, from wherever they were begun. */
export const useImports = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['settings', tenant, 'imports'],
    queryFn: () => listImports({ tenant }),
    refetchInterval: (query) =>
      query.state.data?.imports.some(({ state }) => state === 'running') ? LOOK_AGAIN_MS : false,
  })

/**
 * Sends a file of any size, read from the disk as it goes. Browsers give nothing of the answer before all of the file is sent: how far it
 * is, the list of imports tells.
 */
export function importFile(
  where: Where,
  file: File,
  asked: { source: string; options: FileOptions },
): { done: Promise<ImportResult>; stop: () => void } {
  const query = queryOf(where, asked.source, asked.options)
  query.set('file', file.name)
  query.set('size', String(file.size))
  const request = new XMLHttpRequest()
  const done = new Promise<ImportResult>((resolve, reject) => {
    const lost = () => reject(new ApiProblem(0, { code: 'unreachable', message: '' }))
    request.onload = () => {
      if (request.status !== 200) return reject(problemOf(request))
      const last = lastLine(request.responseText)
      if (last && 'result' in last) resolve(last.result)
      else if (last && 'problem' in last) reject(new ApiProblem(422, last.problem))
      // Where neither a result nor a problem came, the server stopped.
      else lost()
    }
    request.onerror = lost
    request.onabort = lost
    request.open('POST', `/api/v1/imports?${query}`)
    request.send(file)
  })
  return { done, stop: () => request.abort() }
}

function lastLine(answer: string): ImportLine | undefined {
  const line = answer.trimEnd().split('\n').at(-1)
  try {
    return line ? (JSON.parse(line) as ImportLine) : undefined
  } catch {
    return undefined
  }
}

function problemOf({ status, responseText }: XMLHttpRequest): ApiProblem {
  try {
    return new ApiProblem(status, (JSON.parse(responseText) as { error: { code: string; message: string } }).error)
  } catch {
    return new ApiProblem(status, { code: 'http', message: '' })
  }
}
