import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { fail, ok, type Result } from '../core/result.ts'

/** Makes and checks tokens of one purpose. */
export interface Signer {
  /** A token that names `subject` within `context` until a moment. The subject is letters, digits, `-` and `_`. */
  sign(of: { context: string; subject: string; expiresAt: number }): string
  /** The subject. Problems `token_invalid` (another purpose, another context, altered, not a token) and `token_expired`. */
  check(token: string, asked: { context: string; now: number }): Result<string>
}

const MAC_BYTES = 16

/**
 * `subject.expiry.mac` with an HMAC-SHA-256 cut to 128 bits (RFC 2104, section 5), under a key that is derived from the installation's
 * secret for this purpose (HKDF, RFC 5869). There is no field that names an algorithm, so none can be chosen. Short, for messages.
 */
export function signerFor(purpose: string, secret: string): Signer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `daystar sign ${purpose}`, 32))
  const macOf = (context: string, body: string): Buffer =>
    createHmac('sha256', key).update(`${context}\n${body}`).digest().subarray(0, MAC_BYTES)
  return {
    sign({ context, subject, expiresAt }) {
      if (!/^[\w-]{1,80}$/.test(subject)) throw new TypeError(`cannot be the subject of a token: ${subject}`)
      const body = `${subject}.${Math.ceil(expiresAt / 1000).toString(36)}`
      return `${body}.${macOf(context, body).toString('base64url')}`
    },
    check(token, { context, now }) {
      const parts = /^([\w-]{1,80})\.([0-9a-z]{1,8})\.([\w-]{22})$/.exec(token)
      if (!parts) return fail(INVALID)
      const [, subject, expiry, mac] = parts as unknown as [string, string, string, string]
      const given = Buffer.from(mac, 'base64url')
      // The text must be the one that these bytes are written as: the last character has bits to spare.
      if (given.toString('base64url') !== mac) return fail(INVALID)
      if (!timingSafeEqual(given, macOf(context, `${subject}.${expiry}`))) return fail(INVALID)
      return Number.parseInt(expiry, 36) * 1000 > now ? ok(subject) : fail(EXPIRED)
    },
  }
}

const INVALID = { code: 'token_invalid', message: 'this link is not complete, or not one of ours' }
const EXPIRED = { code: 'token_expired', message: 'this link is no longer good' }
