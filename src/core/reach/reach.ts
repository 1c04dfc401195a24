import { lookup as resolve } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { fail, ok, type Problem, type Result } from '../result.ts'
import { isPublicAddress } from './address.ts'

export interface Reach {
  url: string
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string
  /** From the first look-up to the last byte. */
  timeoutMs: number
  /** A longer answer is cut off and counts as a failure. */
  mostBytes: number
  /** Origins such as `http://localhost:11434` that the operator has opened although they are not on the internet. */
  allowed: readonly string[]
  signal?: AbortSignal
}

export interface Reached {
  status: number
  text: string
  /** Seconds that the service asks to be left alone for, where it says so. */
  retryAfter: number | null
}

/** Addresses of a name, all of them. Replaced in tests. */
export type Resolve = (name: string) => Promise<{ address: string; family: number }[]>
const system: Resolve = (name) => resolve(name, { all: true, verbatim: true })

/**
 * The only way out of the house: every request to an address that a person has typed goes through here. A name is looked up once, each
 * of its addresses must be public, and the connection goes to the very address that was checked. Redirects are not followed. Plain HTTP,
 * and addresses that are not public, need the operator's leave (`allowed`).
 *
 * Problems, all with a sentence for people: `address_invalid`, `address_plain`, `address_refused`, `address_unknown`, `unreachable`, `timeout`,
 * `too_large`, `redirected`. Any other status, 4xx and 5xx too, is an answer.
 */
export async function reach(asked: Reach, look: Resolve = system): Promise<Result<Reached>> {
  const target = await checkTarget(asked.url, asked.allowed, look)
  return target.ok ? send(target.value, asked) : target
}

interface Target {
  url: URL
  address: string
  family: number
}

/** Where a request may go, or why it may not. */
export async function checkTarget(
  text: string,
  allowed: readonly string[],
  look: Resolve = system,
): Promise<Result<Target>> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    return fail({
      code: 'address_invalid',
      message: `"${text.slice(0, 200)}" is not an address that can be asked.`,
      remedy: 'Write it as https://host/path, without a name or password in it.',
    })
  const opened = allowed.includes(url.origin)
  if (url.protocol === 'http:' && !opened)
    return fail({ ...refusal(url.origin, 'uses plain HTTP, which anyone on the way can read'), code: 'address_plain' })
  const host = await checkHost(url.hostname.replace(/^\[(.*)\]$/, '$1'), { named: url.origin, opened }, look)
  return host.ok ? ok({ url, ...host.value }) : host
}

/** The address that a host's name leads to, or why nothing may be sent there. `opened`: the operator gave leave to `named`. */
export async function checkHost(
  host: string,
  { named, opened }: { named: string; opened: boolean },
  look: Resolve = system,
): Promise<Result<{ address: string; family: number }>> {
  const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await look(host).catch(() => [])
  const first = found[0]
  if (!first)
    return fail({
      code: 'address_unknown',
      message: `There is no host ${host}.`,
      remedy: 'Check the spelling, and that this machine can look names up.',
    })
  if (!opened && !found.every(({ address }) => isPublicAddress(address)))
    return fail(refusal(named, 'leads into this machine or its own network'))
  return ok(first)
}

/** Where nothing may be sent without the operator's leave. */
export const refusal = (named: string, why: string): Problem => ({
  code: 'address_refused',
  message: `${named} ${why}.`,
  remedy: `If it is a server of your own, start Daystar with DAYSTAR_ALLOW=${named}.`,
})

/** One request to the address that was checked, and to no other: the name is not looked up again. */
function send({ url, address, family }: Target, asked: Reach): Promise<Result<Reached>> {
  const late = AbortSignal.timeout(asked.timeoutMs)
  const signal = asked.signal ? AbortSignal.any([late, asked.signal]) : late
  const client = url.protocol === 'https:' ? https : http
  const body = asked.body === undefined ? undefined : Buffer.from(asked.body)
  const options: http.RequestOptions = {
    method: asked.method ?? 'GET',
    headers: {
      ...asked.headers,
      'accept-encoding': 'identity',
      ...(body && { 'content-length': String(body.length) }),
    },
    // A connection of its own: one kept alive from before could lead to an address that was checked for another question.
    agent: false,
    signal,
    lookup: (_name, { all }, done) =>
      all
        ? done(null, [{ address, family }])
        : (done as (e: null, a: string, f: number) => void)(null, address, family),
  }
  return new Promise((done) => {
    const broke = () => done(fail(late.aborted ? tooLate(url, asked.timeoutMs) : unreachable(url)))
    const request = client.request(url, options, (response) => {
      collect(response, asked.mostBytes, url).then(done, broke)
    })
    request.on('error', broke)
    request.end(body)
  })
}

async function collect(response: http.IncomingMessage, mostBytes: number, url: URL): Promise<Result<Reached>> {
  const status = response.statusCode ?? 0
  if (status >= 300 && status < 400) {
    response.destroy()
    return fail({
      code: 'redirected',
      message: `${url.origin} answers that it has moved (${status}).`,
      remedy: 'Name the address it has moved to; redirects are not followed.',
    })
  }
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > mostBytes) {
      response.destroy()
      return fail({ code: 'too_large', message: `${url.origin} sent more than ${mostBytes} bytes.` })
    }
    parts.push(part)
  }
  const wait = Number(response.headers['retry-after'])
  return ok({ status, text: Buffer.concat(parts).toString(), retryAfter: Number.isFinite(wait) ? wait : null })
}

const tooLate = (url: URL, ms: number): Problem => ({
  code: 'timeout',
  message: `${url.origin} did not answer within ${Math.round(ms / 1000)} s.`,
  remedy: 'Check that it runs and is not overloaded.',
})

const unreachable = (url: URL): Problem => ({
  code: 'unreachable',
  message: `${url.origin} cannot be reached.`,
  remedy: 'Check the address, and that this machine may go there.',
})
