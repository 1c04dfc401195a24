import { createHash } from 'node:crypto'
import { defineWay, type Message } from '../way.ts'
import type { Mailbox } from './mailbox.ts'

/** Letters by the mail server of the tenant (SMTP, RFC 5321), as text and as HTML. */
export const email = defineWay({
  id: 'email',
  zh: '电子邮件（SMTP）',
  en: 'E-mail (SMTP)',
  hint: {
    zh: '填邮箱服务商给的 SMTP 服务器；密码多半是“授权码”，不是登录密码。',
    en: 'the SMTP server of your mail provider; the password is often one made for apps, not the one you log in with.',
  },
  secret: 'theirs',
  mail: (message, { from, to }) => ({
    subject: message.title,
    text: textOf(message),
    html: htmlOf(message),
    messageId: `<${nameOf(message, to)}@${from.slice(from.lastIndexOf('@') + 1)}>`,
  }),
})

const nameOf = ({ id }: Message, to: Mailbox['to']): string =>
  createHash('sha256')
    .update(JSON.stringify([id, to]))
    .digest('hex')
    .slice(0, 32)

const LINK = /\[([^\]]*)\]\(([^)\s]*)\)/g
const BOLD = /\*\*([^*]*)\*\*/g

const textOf = ({ text }: Message): string => text.replace(BOLD, '$1').replace(LINK, '$1: $2')

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

function htmlOf({ title, text }: Message): string {
  const lines = text.split('\n').map((line) => {
    const marked = escaped(line).replace(BOLD, '<strong>$1</strong>').replace(LINK, '<a href="$2">$1</a>')
    return `<p>${marked.replace(/^- /, '· ')}</p>`
  })
  return `<!doctype html><html><head><meta charset="utf-8"></head><body><h3>${escaped(title)}</h3>${lines.join('')}</body></html>`
}
