import { createHmac } from 'node:crypto'
import { fail, ok, type Result } from '../../../core/result.ts'
import { isObject } from '../../decode/fields.ts'
import type { Json } from '../../decode/json.ts'
import { sameText } from '../../source/signatures.ts'
import type { Delivery, Webhook } from '../../source/source.ts'
import { readCanny } from './read.ts'

const TOLERANCE_MS = 5 * 60_000

/**
 * Canny signs its nonce, not the body: `canny-signature` is the Base64 of HMAC-SHA256(API key, `canny-nonce`). What stops a replay is
 * the nonce, which is the delivery's id, and `canny-timestamp` (milliseconds), where it is sent.
 */
export const cannyWebhook: Webhook = {
  secretHint: {
    zh: 'Canny 后台“Settings → API”里的 API key。Canny 只签名 nonce、不签名正文，因此地址与密钥都要保密。',
    en: 'The API key under “Settings → API” in Canny. Canny signs a nonce and not the body: keep the address as secret as the key.',
  },
  verify,
  deliveryId: ({ header }) => header('canny-nonce'),
  read: (payload: Json, { zone }) =>
    isObject(payload)
      ? ok(readCanny(payload, zone))
      : fail({ code: 'payload', message: 'The message is not a JSON object.', remedy: 'Send it from Canny itself.' }),
}

function verify(delivery: Delivery, secret: string): Result<void> {
  const nonce = delivery.header('canny-nonce')
  const signature = delivery.header('canny-signature')
  if (!nonce || !signature) return fail(problem('signature_missing', 'canny-nonce or canny-signature is missing'))
  const expected = createHmac('sha256', secret).update(nonce).digest('base64')
  if (!sameText(signature, expected))
    return fail(problem('signature_invalid', 'canny-signature does not fit the nonce and the API key'))
  const sentAt = delivery.header('canny-timestamp')
  if (sentAt !== undefined && !(Math.abs(delivery.receivedAt - Number(sentAt)) <= TOLERANCE_MS))
    return fail(problem('delivery_old', `canny-timestamp is more than ${TOLERANCE_MS / 60_000} minutes away`))
  return ok(undefined)
}

const problem = (code: string, what: string) => ({
  code,
  message: `The message is not proven to come from Canny: ${what}.`,
  remedy: 'Enter the API key that Canny shows under Settings → API, and look whether the clock is right.',
})
