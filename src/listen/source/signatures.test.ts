import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Signing, sameText, verifyHmac, verifyStandardWebhook } from './signatures.ts'
import type { Delivery } from './source.ts'

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5)
const seconds = String(NOW / 1_000)

function delivery(body: string, headers: Record<string, string>, receivedAt = NOW): Delivery {
  return { header: (name) => headers[name.toLowerCase()], body: Buffer.from(body), receivedAt }
}

const verdict = (result: { ok: boolean; problem?: { code: string } }) => (result.ok ? 'ok' : result.problem!.code)
const hmac = (algorithm: string, key: string | Buffer, text: string) => createHmac(algorithm, key).update(text)

const plain: Signing = { header: 'x-sign', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=' }

test('a signature fits exactly the bytes and the secret that it was made with', () => {
  const signature = `sha256=${hmac('sha256', 'key', '{"a":1}').digest('hex')}`
  expect(verdict(verifyHmac(delivery('{"a":1}', { 'x-sign': signature }), 'key', plain))).toBe('ok')
  expect(verdict(verifyHmac(delivery('{"a": 1}', { 'x-sign': signature }), 'key', plain))).toBe('signature_invalid')
  expect(verdict(verifyHmac(delivery('{"a":1}', { 'x-sign': signature }), 'kez', plain))).toBe('signature_invalid')
  expect(verdict(verifyHmac(delivery('{"a":1}', {}), 'key', plain))).toBe('signature_missing')
})

test.each(['', 'sha256=', 'sha256=zz', `${'a'.repeat(5_000)}`, 'sha256=💥', 'bad'])(
  '%j is refused, and nothing breaks',
  (signature) => {
    expect(verdict(verifyHmac(delivery('{}', { 'x-sign': signature }), 'key', plain))).toMatch(/^signature_/)
  },
)

test('a signature without the prefix of its system is refused', () => {
  const bare = hmac('sha256', 'key', '{}').digest('hex')
  expect(verdict(verifyHmac(delivery('{}', { 'x-sign': bare }), 'key', plain))).toBe('signature_invalid')
})

test('a signed time more than five minutes away is a replay, and cannot be changed', () => {
  const timed: Signing = { ...plain, timestampHeader: 'x-time' }
  const headers = (time: string, signedTime = time) => ({
    'x-time': time,
    'x-sign': `sha256=${hmac('sha256', 'key', `${signedTime}.{}`).digest('hex')}`,
  })
  const sent = headers(seconds)
  expect(verdict(verifyHmac(delivery('{}', sent), 'key', timed))).toBe('ok')
  expect(verdict(verifyHmac(delivery('{}', sent, NOW + 299_000), 'key', timed))).toBe('ok')
  expect(verdict(verifyHmac(delivery('{}', sent, NOW + 301_000), 'key', timed))).toBe('delivery_old')
  expect(verdict(verifyHmac(delivery('{}', sent, NOW - 301_000), 'key', timed))).toBe('delivery_old')
  expect(verdict(verifyHmac(delivery('{}', headers(String(NOW / 1_000 + 9), seconds)), 'key', timed))).toBe(
    'signature_invalid',
  )
  expect(verdict(verifyHmac(delivery('{}', headers('tomorrow')), 'key', timed))).toBe('signature_invalid')
  expect(verdict(verifyHmac(delivery('{}', { 'x-sign': sent['x-sign'] }), 'key', timed))).toBe('signature_missing')
})

test('Standard Webhooks: the key is base64 after whsec_, and one of several signatures is enough', () => {
  const key = Buffer.from('0123456789abcdef0123456789abcdef')
  const secret = `whsec_${key.toString('base64')}`
  const signature = `v1,${hmac('sha256', key, `msg_1.${seconds}.{"test":1}`).digest('base64')}`
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,b2xk v1a,x ${signature}`,
  }
  expect(verdict(verifyStandardWebhook(delivery('{"test":1}', headers), secret))).toBe('ok')
  expect(verdict(verifyStandardWebhook(delivery('{"test":2}', headers), secret))).toBe('signature_invalid')
  expect(verdict(verifyStandardWebhook(delivery('{"test":1}', { ...headers, 'webhook-id': 'msg_2' }), secret))).toBe(
    'signature_invalid',
  )
  expect(verdict(verifyStandardWebhook(delivery('{"test":1}', headers, NOW + 400_000), secret))).toBe('delivery_old')
  expect(verdict(verifyStandardWebhook(delivery('{"test":1}', { ...headers, 'webhook-signature': '' }), secret))).toBe(
    'signature_missing',
  )
})

test('the published example of the Standard Webhooks specification fits', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const headers = {
    'svix-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'svix-timestamp': '1614265330',
    'svix-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  const result = verifyStandardWebhook(delivery('{"test": 2432232314}', headers, 1_614_265_330_000), secret)
  expect(verdict(result)).toBe('ok')
})

test('texts of other lengths are not the same', () => {
  expect([sameText('a', 'a'), sameText('a', 'ab'), sameText('', ''), sameText('é', 'e')]).toEqual([
    true,
    false,
    true,
    false,
  ])
})
