import { createHmac } from 'node:crypto'
import { defineWay, JSON_HEADERS } from '../way.ts'

const MARK = 'whsec_'

/**
 * Any system that takes JSON, by the Standard Webhooks specification 1.0 (standardwebhooks.com): `webhook-id`, `webhook-timestamp` in
 * seconds and `webhook-signature`, an HMAC-SHA-256 over `id.timestamp.body` under the bytes that the secret holds in base64.
 */
export const webhook = defineWay({
  id: 'webhook',
  zh: '带签名的 Webhook',
  en: 'Signed webhook',
  hint: {
    zh: '任何能收 JSON 的地址；签名按 Standard Webhooks，密钥保存后显示一次。',
    en: 'any address that takes JSON; signed by Standard Webhooks, with a secret that is shown once.',
  },
  secret: 'ours',
  write({ id, type, at, title, text, data }, { url, secret, at: sentAt }) {
    const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data: { title, text, ...data } })
    const time = String(Math.floor(sentAt / 1000))
    const signature = createHmac('sha256', Buffer.from(secret.slice(MARK.length), 'base64')).update(
      `${id}.${time}.${body}`,
    )
    const signed = {
      'webhook-id': id,
      'webhook-timestamp': time,
      'webhook-signature': `v1,${signature.digest('base64')}`,
    }
    return { url, headers: { ...JSON_HEADERS, ...signed }, body }
  },
  refusal: () => null,
})
