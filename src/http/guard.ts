import type { Context } from 'hono'
import type { Env } from './env.ts'

const LOOPBACK_NAMES = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i
const LOOPBACK_ADDRESS = /^(127\.|::1$|::ffff:127\.)/

/** What is asked of a request's headers and connection, whoever brought it. */
export interface Asking {
  header(name: string): string | undefined
  remoteAddress: string
}

export const askingOf = (c: Context<Env>): Asking => ({
  header: (name) => c.req.header(name),
  remoteAddress: c.env?.incoming?.socket.remoteAddress ?? '',
})

/**
 * True where the request came over loopback *and* under a loopback name: the second part keeps a page elsewhere that re-binds its own
 * name to 127.0.0.1 from being taken for a local user. A proxy on the same host adds forwarding headers: then it is not local.
 */
export const isLoopback = (c: Context<Env>): boolean => cameOverLoopback(askingOf(c))

export function cameOverLoopback({ header, remoteAddress }: Asking): boolean {
  const forwarded = header('x-forwarded-for') ?? header('forwarded')
  return forwarded === undefined && LOOPBACK_ADDRESS.test(remoteAddress) && LOOPBACK_NAMES.test(header('host') ?? '')
}

/**
 * The address that a request comes from, for limits. A proxy on this machine or in this network names it last in its header; what a
 * stranger writes into that header is not believed.
 */
export function senderOf(c: Context<Env>): string {
  const address = c.env?.incoming?.socket.remoteAddress ?? ''
  const named = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return named && PRIVATE_ADDRESS.test(address) ? named.slice(0, 60) : address
}
const PRIVATE_ADDRESS = /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^(::1$|f[cd])/i

/** Browsers say where a request comes from; programs with a key do not need to. */
export function isOwnOrigin({ header }: Pick<Asking, 'header'>): boolean {
  const origin = header('origin')
  if (origin === undefined) return header('sec-fetch-site') !== 'cross-site'
  try {
    return new URL(origin).host === header('host')
  } catch {
    return false
  }
}

export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
