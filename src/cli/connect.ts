import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../app/config.ts'
import { fail, type Problem, type Result } from '../core/result.ts'

/** A server that runs on this data folder, and the token that lets the command line in. Written by `daystar start`. */
export interface RunningServer {
  url: string
  pid: number
  token: string
}

export const serverFile = (config: Config): string => path.join(config.dataDir, 'server.json')

/** The server on this data folder, if one answers. */
export async function findServer(config: Config): Promise<RunningServer | null> {
  const text = await readFile(serverFile(config), 'utf8').catch(() => null)
  if (text === null) return null
  const server = JSON.parse(text) as RunningServer
  const answer = await call(server, '/session').catch(() => null)
  return answer?.ok ? server : null
}

/** Calls the server's API with the command line's token. Only ever to the loopback address in the server file. */
export function call(server: RunningServer, pathAndQuery: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}/api/v1${pathAndQuery}`, {
    ...init,
    headers: { ...init.headers, authorization: `Bearer ${server.token}` },
  })
}

/**
 * Posts a file of any length. Through node:http, since `fetch` keeps all that it has sent until the answer ends (700 MB of a file of 1 GB,
 * Node 24.21).
 */
export async function upload(server: RunningServer, pathAndQuery: string, file: Readable): Promise<Response> {
  const sending = request(`${server.url}/api/v1${pathAndQuery}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}` },
  })
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>
  // A server that refuses may answer before it has read everything, and one that stops breaks off both: the answer says which it was.
  pipeline(file, sending).catch((error: Error) => sending.destroy(error))
  const [answer] = await answered
  return new Response(Readable.toWeb(answer) as ReadableStream, { status: answer.statusCode ?? 500 })
}

/** Whether a call broke off because the server went away in the middle. */
export function isServerGone(error: unknown): boolean {
  const { cause = error, message } = error as Error
  return message === 'terminated' || GONE.test((cause as NodeJS.ErrnoException)?.code ?? '')
}
const GONE = /^(ECONNRESET|ECONNREFUSED|EPIPE|UND_ERR_SOCKET)$/

/** The problem that a refused request carries. */
export async function refused(answer: Response): Promise<Result<never>> {
  const body = (await answer.json().catch(() => null)) as { error?: Problem } | null
  return fail(body?.error ?? { code: 'http', message: `the server answered ${answer.status}` })
}
