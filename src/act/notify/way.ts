import type { Words } from '../../core/words.ts'
import type { Mail, Mailbox } from './email/mailbox.ts'

/** What is told: in words for people, and in parts for machines. */
export interface Message {
  /** The same for the same news: whoever gets it twice can tell. */
  id: string
  /** `alerts.digest`, `alerts.incident` or `test`. */
  type: string
  /** Epoch milliseconds. */
  at: number
  title: string
  /** Markdown of the plainest kind: bold, lists and links. */
  text: string
  data: object
}

/** A message as one POST. */
interface Letter {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
}

interface Named extends Words {
  id: string
  /** Where a person finds the address, and the secret. */
  hint: Words
  /** What signs: given by us, given by the other side if at all, or nothing. */
  secret: 'ours' | 'theirs' | 'none'
}

/** A way in which messages leave the house as requests to an address. */
export interface LetterWay extends Named {
  write(message: Message, to: { url: string; secret: string; at: number }): Letter
  /** What an answer with status 2xx says against the message; null where it was taken. */
  refusal(answer: string): string | null
}

/** A way in which messages leave the house by a mail server of the tenant's. */
interface MailWay extends Named {
  mail(message: Message, mailbox: Mailbox): Mail
}

export type Way = LetterWay | MailWay

/** Where a channel's messages go, with the secret that belongs to it: what is sealed. */
export type Address = { url: string; secret: string } | { mailbox: Mailbox; secret: string }

/** Makes a way: a plain object in a folder of its own, with one line in `list.ts`. */
export const defineWay = <const W extends Way>(way: W): W => way

export const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' } as const

/**
 * A text on one line that no chat takes for anything but text: what customers and shops call things may hold a mention (`<@all>`,
 * `<at user_id="all">`) or a link.
 */
export const plain = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[<>[\]*`]/g, (sign) => spoken[sign] ?? '')
const spoken: Readonly<Record<string, string>> = { '<': '‹', '>': '›', '[': '（', ']': '）' }

/** The beginning of a text that is no longer than so many bytes of UTF-8, in whole lines. */
export function fitting(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text
  const lines = text.split('\n')
  while (lines.length > 1 && Buffer.byteLength(`${lines.join('\n')}\n…`) > mostBytes) lines.pop()
  const whole = `${lines.join('\n')}\n…`
  return Buffer.byteLength(whole) <= mostBytes
    ? whole
    : Buffer.from(text)
        .subarray(0, mostBytes - 4)
        .toString()
        .replace(/\uFFFD+$/, '')
}

/** What the robots of WeCom and DingTalk answer: `{"errcode":0,"errmsg":"ok"}`, with status 200 whatever became of the message. */
export function errcodeOf(answer: string, fields: readonly [code: string, message: string]): string | null {
  const said = read(answer)
  const code = said?.[fields[0]]
  if (code === 0) return null
  return code === undefined
    ? 'the answer is not that of a chat robot'
    : `${code} ${String(said?.[fields[1]] ?? '')}`.slice(0, 300)
}

function read(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}
