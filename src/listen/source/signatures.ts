import { createHmac, timingSafeEqual } from 'node:crypto'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Delivery } from './source.ts'

/** How far a signed time may lie from the moment of receipt, either way: older deliveries are replays. */
const TOLERANCE_MS = 5 * 60_000

/** How a system signs the exact bytes that it sends. */
export interface Signing {
  header: string
  algorithm: 'sha256' | 'sha1'
  encoding: 'hex' | 'base64'
  /** What stands before the signature, such as `sha256=`; a signature without it is refused. */
  prefix?: string
  /** The header of the Unix time that is signed with the body, as `<time>.<body>`. */
  timestampHeader?: string
}

/**
 * Checks a delivery against one signature. Problems: `signature_missing`, `signature_invalid`, `delivery_old` (its signed time lies more
 * than five minutes from its receipt).
 */
export function verifyHmac(delivery: Delivery, secret: string, signing: Signing): Result<void> {
  const given = delivery.header(signing.header)?.trim()
  if (!given) return missing(signing.header)
  const time = signing.timestampHeader && delivery.header(signing.timestampHeader)?.trim()
  if (signing.timestampHeader && !time) return missing(signing.timestampHeader)
  const signed = time ? [`${time}.`, delivery.body] : [delivery.body]
  const expected = (signing.prefix ?? '') + digest(signing.algorithm, secret, signed).toString(signing.encoding)
  if (!sameText(given, expected)) return invalid(signing.header)
  return time ? recent(time, delivery.receivedAt) : ok(undefined)
}

/**
 * Checks a delivery by the Standard Webhooks specification 1.0 (standardwebhooks.com): `webhook-id`, `webhook-timestamp` and
 * `webhook-signature`, in which each `v1,` entry is one signature (there are several while a secret is changed). Headers named `svix-…`
 * are the same by their older name. Problems as of `verifyHmac`.
 */
export function verifyStandardWebhook(delivery: Delivery, secret: string): Result<void> {
  const header = (name: string) => (delivery.header(`webhook-${name}`) ?? delivery.header(`svix-${name}`))?.trim()
  const [id, time, signatures] = [header('id'), header('timestamp'), header('signature')]
  if (!id) return missing('webhook-id')
  if (!time) return missing('webhook-timestamp')
  if (!signatures) return missing('webhook-signature')
  const expected = digest('sha256', standardKey(secret), [`${id}.${time}.`, delivery.body]).toString('base64')
  // Each is compared, so that the time taken does not tell which of them came close.
  const matching = signatures.split(/\s+/).filter((one) => sameText(one, `v1,${expected}`))
  return matching.length > 0 ? recent(time, delivery.receivedAt) : invalid('webhook-signature')
}

/** A secret of Standard Webhooks is base64 after `whsec_`; one without that mark is its own bytes. */
const standardKey = (secret: string): Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret)

/** Whether two texts are the same, in a time that does not depend on where they differ; of any lengths. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHmac('sha256', 'length').update(text).digest())
  return timingSafeEqual(left!, right!)
}

function digest(algorithm: string, key: string | Buffer, parts: readonly (string | Uint8Array)[]): Buffer {
  const hmac = createHmac(algorithm, key)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

function recent(time: string, receivedAt: number): Result<void> {
  if (!/^\d{10}(?:\d{3})?$/.test(time)) return invalid('timestamp')
  const sentAt = Number(time) * (time.length === 10 ? 1_000 : 1)
  if (Math.abs(receivedAt - sentAt) <= TOLERANCE_MS) return ok(undefined)
  return fail({
    code: 'delivery_old',
    message: `The delivery was signed for ${new Date(sentAt).toISOString()}, more than five minutes from its receipt.`,
    remedy: 'If it is a true one, look at the clocks of both systems and have it sent again.',
  })
}

export const missing = (header: string): Result<never> =>
  fail({
    code: 'signature_missing',
    message: `The delivery has no header ${header}.`,
    remedy: 'Set a secret in the sending system, so that it signs what it sends.',
    where: header,
  })

export const invalid = (header: string): Result<never> =>
  fail({
    code: 'signature_invalid',
    message: 'The signature does not fit the body and the secret.',
    remedy: 'Enter the same secret in both systems; a proxy between them must not change the body.',
    where: header,
  })
