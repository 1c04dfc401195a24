import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dingtalk } from './dingtalk/dingtalk.ts'
import { feishu } from './feishu/feishu.ts'
import { ways as every } from './list.ts'
import { fitting, type Message, plain } from './way.ts'
import { webhook } from './webhook/webhook.ts'

const ways = every.filter((way) => 'write' in way)
const message: Message = { id: 'm-1', type: 'test', at: 0, title: '启明星', text: '- 一件\n- 两件', data: { n: 2 } }
const at = 1_614_265_330_000

describe('a way out', () => {
  test.each(ways.map((way) => [way.id, way] as const))('%s writes JSON to its own address', (_, way) => {
    const letter = way.write(message, {
      url: 'https://chat.example/hook?key=1',
      secret: way.secret === 'none' ? '' : 'whsec_AAAA',
      at,
    })
    expect(new URL(letter.url).origin).toBe('https://chat.example')
    expect(new URL(letter.url).searchParams.get('key')).toBe('1')
    expect(JSON.stringify(JSON.parse(letter.body))).toContain('两件')
  })

  test('a robot that answers 200 with an error has not taken the message', () => {
    for (const way of ways.filter(({ id }) => id !== 'webhook')) {
      expect(way.refusal('{"errcode":0,"errmsg":"ok","code":0,"msg":"success"}')).toBeNull()
      expect(
        way.refusal('{"errcode":93000,"errmsg":"invalid webhook url","code":19021,"msg":"sign match fail"}'),
      ).toMatch(/^(93000|19021) /)
      expect(way.refusal('<html>')).not.toBeNull()
      expect(way.refusal('null')).not.toBeNull()
    }
  })

  test('the webhook is signed as in the published vector of Standard Webhooks', () => {
    // The vector's body is its own; the signature of ours is made by the same rule over what is sent.
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const key = Buffer.from(secret.slice(6), 'base64')
    const signed = (id: string, body: string) =>
      `v1,${createHmac('sha256', key).update(`${id}.1614265330.${body}`).digest('base64')}`
    expect(signed('msg_p5jXN8AQM9LWM0D4loKWxJek', '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    )
    const letter = webhook.write(message, { url: 'https://a.example/', secret, at: at + 999 })
    expect(letter.headers).toMatchObject({
      'webhook-id': 'm-1',
      'webhook-timestamp': '1614265330',
      'webhook-signature': signed('m-1', letter.body),
    })
  })

  test('DingTalk and Feishu are signed only where there is a secret', () => {
    const open = { url: 'https://a.example/?t=1', secret: '', at }
    expect(dingtalk.write(message, open).url).toBe('https://a.example/?t=1')
    expect(JSON.parse(feishu.write(message, open).body)).not.toHaveProperty('sign')
    const sealed = { ...open, secret: 'SECabc' }
    const { searchParams } = new URL(dingtalk.write(message, sealed).url)
    expect(Buffer.from(searchParams.get('sign')!, 'base64')).toHaveLength(32)
    expect(searchParams.get('timestamp')).toBe(String(at))
    expect(JSON.parse(feishu.write(message, sealed).body)).toMatchObject({ timestamp: '1614265330' })
  })
})

test('no name of a product calls everybody in a chat', () => {
  expect(plain('<@all> 取暖器 <at user_id="all">[点我](http://x)\n*加粗*')).toBe(
    '‹@all› 取暖器 ‹at user_id="all"›（点我）(http://x) 加粗',
  )
})

test('a message is cut at whole characters and fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 8, max: 300 }), (text, most) => {
      const cut = fitting(text, most)
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most)
      expect(cut.isWellFormed()).toBe(true)
      if (Buffer.byteLength(text) <= most) expect(cut).toBe(text)
    }),
  )
})
