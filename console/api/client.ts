import type { ProblemAnswer } from '../../src/http/shapes.ts'
import { type Search, stringifySearch } from './search.ts'

/** What the server refused, in its own words, with a number to quote. */
export class ApiProblem extends Error {
  readonly code: string
  readonly remedy: string | undefined
  /** The field, line or place that the refusal is about. */
  readonly where: string | undefined
  /** Message and remedy in Chinese, where the server tells them. */
  readonly zh: ProblemAnswer['error']['zh']
  readonly status: number
  readonly reference: string

  constructor(status: number, answer: ProblemAnswer['error']) {
    super(answer.message)
    this.code = answer.code
    this.remedy = answer.remedy
    this.where = answer.where
    this.zh = answer.zh
    this.status = status
    this.reference = `${status || 'NET'}-${Date.now().toString(36).slice(-6).toUpperCase()}`
  }
}

function isProblem(body: unknown): body is ProblemAnswer {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object'
}

interface Request {
  method?: 'GET' | 'POST' | 'DELETE'
  body?: unknown
  signal?: AbortSignal
  /** An address outside /api/v1, such as the sign-in of /api/auth. */
  outside?: boolean
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}

export async function call<T>(
  path: string,
  search: Search | Record<string, unknown> = {},
  request: Request = {},
): Promise<T> {
  const { method = 'GET', body, signal, outside = false } = request
  let response: Response
  try {
    response = await fetch(`${outside ? '' : '/api/v1'}${path}${stringifySearch(search)}`, {
      method,
      signal,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiProblem(0, { code: 'unreachable', message: '' })
  }
  const answer = await answerOf(response)
  if (response.ok && answer !== null) return answer as T
  if (response.ok && (method !== 'GET' || outside)) return null as T
  if (isProblem(answer)) throw new ApiProblem(response.status, answer.error)
  const message = typeof answer === 'object' && answer !== null && 'message' in answer ? String(answer.message) : ''
  throw new ApiProblem(response.status, { code: `http_${response.status}`, message })
}
