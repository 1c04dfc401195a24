import PostalMime, { type Email } from 'postal-mime'
import { because, type Reason } from '../../reasons/reason.ts'
import type { Item, Settings } from '../../source/item.ts'
import { isAutomaticSubject } from '../../talk/automatic.ts'
import { ownWords, ownWordsOfHtml } from '../../talk/quotes.ts'

/** One message as a voice, or why it is none. */
export async function mailItems(bytes: Buffer, settings: Settings): Promise<Item[]> {
  const mail = await parsed(bytes)
  if (mail === undefined || mail.headers.length === 0) return [{ dead: { field: '', reason: because('no_mail') } }]
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value.trim()
  const sender = mail.from?.address?.toLowerCase() || undefined
  if (sender === undefined) return [{ dead: { field: 'From', reason: because('no_sender') } }]
  const automatic = isAutomaticSubject(mail.subject)
    ? because('automatic_reply')
    : whyAutomatic(header, sender, settings.own)
  if (automatic !== undefined) return [{ skipped: automatic }]
  const text = wordsOf(mail)
  if (text === '') return [{ skipped: mail.attachments.length > 0 ? because('attachment') : because('quoted_only') }]
  const id = bareId(mail.messageId)
  const earlier = (mail.references ?? mail.inReplyTo ?? '').match(/<[^<>\s]+>/)?.[0]
  const isOwn = own(sender, settings.own) || /(?:^|,)\s*"?(?:sent|已发送)/i.test(header('x-gmail-labels') ?? '')
  return [
    {
      voice: {
        id,
        kind: 'email',
        speaker: isOwn ? 'agent' : 'customer',
        text,
        at: timeOf(mail.date),
        conversation: bareId(earlier) ?? id,
        customerRef: isOwn ? undefined : sender,
        facts: { attachments: mail.attachments.length > 0 ? mail.attachments.length : undefined },
      },
    },
  ]
}

/** Undefined where the bytes are nested or broken beyond what the parser takes. */
async function parsed(bytes: Buffer): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(bytes)
  } catch {
    return undefined
  }
}

/** Mail that a machine wrote (RFC 3834), that came back, or that went to many. */
function whyAutomatic(
  header: (name: string) => string | undefined,
  sender: string,
  own: string | undefined,
): Reason | undefined {
  const submitted = header('auto-submitted')
  if (submitted !== undefined && !/^no\b/i.test(submitted)) return because('automatic_reply')
  if (header('x-autoreply') ?? header('x-autorespond') ?? header('x-auto-response-suppress-reply'))
    return because('automatic_reply')
  if (/^(?:mailer-daemon|postmaster)@/.test(sender) || /^multipart\/report\b/i.test(header('content-type') ?? ''))
    return because('delivery_notice')
  const isList = /^list$/i.test(header('precedence') ?? '') || header('list-unsubscribe') || header('list-id')
  if (/^(?:bulk|junk|auto_reply)$/i.test(header('precedence') ?? '') || (isList && !isOwnList(header('list-id'), own)))
    return because('mass_mailing')
  return /(?:^|,)\s*"?(?:spam|junk|draft|垃圾邮件|草稿)/i.test(header('x-gmail-labels') ?? '')
    ? because('draft_or_spam')
    : undefined
}

/** A shop's own group, such as support@shop.com, to which customers write, is a list as well. */
const isOwnList = (id: string | undefined, own: string | undefined): boolean => {
  const name = /<([^<>]+)>/.exec(id ?? '')?.[1]?.toLowerCase()
  return name !== undefined && ownNames(own).some((one) => name.endsWith(`.${one.replace(/^.*@/, '')}`))
}

const ownNames = (given: string | undefined): string[] =>
  (given ?? '')
    .toLowerCase()
    .split(/[,，\s]+/)
    .filter((one) => one !== '')

const own = (sender: string, given: string | undefined): boolean =>
  ownNames(given).some((one) =>
    one.includes('@') && !one.startsWith('@') ? sender === one : isWithin(sender, one.replace(/^@/, '')),
  )

const isWithin = (sender: string, domain: string): boolean =>
  sender.endsWith(`@${domain}`) || sender.endsWith(`.${domain}`)

/** A first mail's subject is part of what was said; that of a reply or of forwarded mail is not. */
function wordsOf(mail: Email): string {
  const plain = mail.text === undefined ? '' : ownWords(mail.text)
  const words = plain === '' && mail.html !== undefined ? ownWordsOfHtml(mail.html) : plain
  const subject = mail.subject?.trim() ?? ''
  const isAnswer =
    mail.inReplyTo !== undefined ||
    /^(?:re|aw|sv|fw|fwd|wg|tr|回复|答复|回覆|转发|轉寄|ответ|отв)\s*(?:\[\d+\])?\s*[:：]/i.test(subject)
  return isAnswer || subject === '' || words === '' || words.startsWith(subject) ? words : `${subject}\n${words}`
}

const bareId = (id: string | undefined): string | undefined => {
  const bare = id?.replace(/^<|>$/g, '').trim()
  return bare && bare.length <= 200 ? bare : undefined
}

/** The parser gives ISO times with Z, or what stands there where it is no time. */
const timeOf = (date: string | undefined): unknown => {
  if (date === undefined) return undefined
  const ms = /^\d{4}-\d\d-\d\dT/.test(date) ? Date.parse(date) : Number.NaN
  return Number.isNaN(ms) ? date : ms
}
