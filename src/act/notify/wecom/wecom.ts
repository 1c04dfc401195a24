import { defineWay, errcodeOf, fitting, JSON_HEADERS } from '../way.ts'

/** The longest Markdown that a group robot takes, in bytes. */
const MOST_BYTES = 4_096

/** A group robot of WeCom (企业微信): the key is part of the address. */
export const wecom = defineWay({
  id: 'wecom',
  zh: '企业微信群机器人',
  en: 'WeCom group robot',
  hint: {
    zh: '群设置 → 群机器人 → 添加，复制 Webhook 地址。',
    en: 'group settings → group robots → add, then copy the webhook address.',
  },
  secret: 'none',
  write: ({ title, text }, { url }) => ({
    url,
    headers: JSON_HEADERS,
    body: JSON.stringify({ msgtype: 'markdown', markdown: { content: fitting(`**${title}**\n${text}`, MOST_BYTES) } }),
  }),
  refusal: (answer) => errcodeOf(answer, ['errcode', 'errmsg']),
})
