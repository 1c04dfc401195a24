import { linesOf } from '../../decode/lines.ts'
import type { DecodedText } from '../../decode/text.ts'

export interface Message {
  /** Where it begins, 1-based. */
  line: number
  /** As it is written, its clock with colons. */
  time: string
  /** Undefined where nobody is named: WhatsApp itself speaks. */
  who: string | undefined
  text: string
}

const HALF = '上午|下午|凌晨|早上|中午|晚上|[ap]\\.?\\s?m\\.?'
const DAY = '\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4}|\\d{4}年\\d{1,2}月\\d{1,2}日'
const CLOCK = `(?:${HALF})?\\s?\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2})?(?:\\s?(?:${HALF}))?`
const STAMP = `(${DAY}),?\\s?(?:klo\\s)?(${CLOCK})`
/** `[31/12/2023, 21:41:05] Name: text` of an iPhone, `31/12/2023, 21:41 - Name: text` of Android. */
const BEGINS = new RegExp(`^\\u200e?(?:\\[${STAMP}\\]|${STAMP}\\s[-–])\\s(.*)$`, 'is')
const NAMED = /^([^\u200e].{0,99}?):\s(.*)$/s

/** The messages of a chat, each with the lines that follow it. What stands before the first is none of it. */
export async function* messagesOf(text: DecodedText): AsyncGenerator<Message> {
  let message: Message | undefined
  for await (const { line, text: raw } of linesOf(text)) {
    const begins = BEGINS.exec(raw.replace(/^\ufeff/, ''))
    if (!begins) {
      if (message) message.text += `\n${raw}`
      continue
    }
    if (message) yield message
    const [, day = begins[3], clock = begins[4], , , rest = ''] = begins
    const named = NAMED.exec(rest)
    message = { line, time: stampOf(day!, clock!), who: named?.[1]?.trim(), text: named?.[2] ?? rest }
  }
  if (message) yield message
}

const stampOf = (day: string, clock: string): string =>
  `${day} ${clock.replaceAll('.', (mark, at: number) => (/\d/.test(clock[at + 1] ?? '') ? ':' : mark)).replace(/([ap])\.?\s?m\.?/i, (_, half: string) => `${half.toUpperCase()}M`)}`
