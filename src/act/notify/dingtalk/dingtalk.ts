import { createHmac } from 'node:crypto'
import { defineWay, errcodeOf, fitting, JSON_HEADERS } from '../way.ts'

const MOST_BYTES = 18_000

/** A group robot of DingTalk (钉钉). With its secret the address is signed: HMAC-SHA-256 over `milliseconds\nsecret`, in base64. */
export const dingtalk = defineWay({
  id: 'dingtalk',
  zh: '钉钉群机器人',
  en: 'DingTalk group robot',
  hint: {
    zh: '群设置 → 机器人 → 自定义，安全设置选“加签”，复制 Webhook 地址和 SEC 开头的密钥。',
    en: 'group settings → robots → custom, with signing; copy the webhook address and the secret that begins with SEC.',
  },
  secret: 'theirs',
  write({ title, text }, { url, secret, at }) {
    const signed = new URL(url)
    if (secret !== '') {
      signed.searchParams.set('timestamp', String(at))
      signed.searchParams.set('sign', createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64'))
    }
    // A line of Markdown ends with an empty one here.
    const content = fitting(`**${title}**\n\n${text.replaceAll('\n', '\n\n')}`, MOST_BYTES)
    return {
      url: signed.toString(),
      headers: JSON_HEADERS,
      body: JSON.stringify({ msgtype: 'markdown', markdown: { title, text: content } }),
    }
  },
  refusal: (answer) => errcodeOf(answer, ['errcode', 'errmsg']),
})
