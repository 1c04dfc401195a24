import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Delivery } from './source.ts'

/** Digests of signature schemes of which the message itself is the body's bytes. */
export const hmac = (algorithm: 'sha256' | 'sha1', secret: string, encoding: 'hex' | 'base64') => (body: Uint8Array) =>
  createHmac(algorithm, secret).update(body).digest(encoding)

export const digestOf = (algorithm: 'sha256' | 'md5', ...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash(algorithm)
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** Compares in a time that does not tell where two texts differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** What a header says against what the body and the secret give. */
export function verified(delivery: Delivery, header: string, expected: string): Result<void> {
  const given = delivery.header(header)?.trim()
  if (given === undefined || given === '') return fail(missing(header))
  return sameText(given, expected) ? ok(undefined) : fail(invalid(header))
}

export const missing = (where: string) => ({
  code: 'signature_missing',
  message: `The message carries no signature (${where}).`,
  remedy: 'Send it from the system itself, with a secret set there.',
  where,
})

export const invalid = (where: string) => ({
  code: 'signature_invalid',
  message: `The signature (${where}) does not fit the message and the secret.`,
  remedy: 'Enter the same secret on both sides; nothing between them may change the body.',
  where,
})
