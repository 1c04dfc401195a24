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
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
