import { createHmac } from 'node:crypto'
import { defineWay, errcodeOf, fitting, JSON_HEADERS } from '../way.ts'

const MOST_BYTES = 18_000

/** A group robot of Feishu (飞书, Lark). With its secret the body is signed: HMAC-SHA-256 of nothing under `seconds\nsecret`, in base64. */
export const feishu = defineWay({
  id: 'feishu',
  zh: '飞书群机器人',
  en: 'Feishu group robot',
  hint: {
    zh: '群设置 → 群机器人 → 自定义机器人，可开“签名校验”，复制 Webhook 地址和密钥。',
    en: 'group settings → bots → custom bot, signing if you like; copy the webhook address and the secret.',
  },
  secret: 'theirs',
  write({ title, text }, { url, secret, at }) {
    const timestamp = String(Math.floor(at / 1000))
    const sign = createHmac('sha256', `${timestamp}\n${secret}`).digest('base64')
    const content = fitting(text, MOST_BYTES)
    const card = {
      header: { title: { tag: 'plain_text', content: title } },
      elements: [{ tag: 'markdown', content }],
    }
    return {
      url,
      headers: JSON_HEADERS,
      body: JSON.stringify({ ...(secret === '' ? {} : { timestamp, sign }), msg_type: 'interactive', card }),
    }
  },
  refusal: (answer) => errcodeOf(answer, ['code', 'msg']),
})
