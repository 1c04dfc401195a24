import type { Speaker } from '../../../core/speaker.ts'
import { type JsonObject, objectsAt, textAt } from '../../decode/fields.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { speakerSettings, spoken } from '../../talk/speaking.ts'

/** Who sends, by Twilio's `direction` (twilio.com/docs, “Messages resource”): all that goes out is the shop's, by hand or by a program. */
const speakers: Record<string, Speaker> = {
  inbound: 'customer',
  'outbound-reply': 'agent',
  'outbound-api': 'agent',
  'outbound-call': 'agent',
}

/** Messages by SMS, MMS and WhatsApp as Twilio's API lists them. */
export const twilioMessages = defineJsonSource({
  id: 'twilio-messages',
  zh: 'Twilio 短信与 WhatsApp',
  en: 'Twilio messages',
  shelf: 'service',
  describe: {
    zh: 'Twilio 接口列出的消息（JSON，messages 列表或逐条）：inbound 是顾客，outbound 是商家。同一个对方号码是一段会话；号码只留化名。没有送达的外发消息跳过。',
    en: 'Messages as Twilio’s API lists them (JSON, a list or one by one): inbound ones are the customer’s, outbound ones the shop’s. Those with one number are a conversation, of the number only a pseudonym is kept. What could not be sent is skipped.',
  },
  settings: speakerSettings,
  requires: ['sid', 'direction'],
  unwrap: (document) => (Array.isArray(document.messages) ? objectsAt(document, 'messages') : [document]),
  read,
  mapping: mapped({
    'voice.id': 'sid',
    'voice.speaker': 'direction',
    'voice.text': 'body',
    'voice.at': ['date_sent', 'date_created'],
    'voice.customerRef': ['from', 'to'],
    'voice.facts.attachments': 'num_media',
  }),
  leftOut: leave(
    '账号、费用与投递细节',
    'account, price and delivery',
    ...'account_sid api_version date_updated error_code error_message status messaging_service_sid num_segments price price_unit uri subresource_uris tags'
      .split(' ')
      .map((field) => `${field}.**`),
  ),
})

function read(message: JsonObject, { settings }: ReadContext): Item[] {
  const direction = textAt(message, 'direction')
  const status = textAt(message, 'status') ?? ''
  if (/^(?:failed|undelivered|canceled)$/.test(status)) return [{ skipped: because('state_changed', { what: status }) }]
  const speaker = direction === undefined || !Object.hasOwn(speakers, direction) ? undefined : speakers[direction]
  const other = textAt(message, speaker === 'customer' ? 'from' : 'to')
  const whatsApp = other?.startsWith('whatsapp:') ?? false
  const number = other?.replace(/^whatsapp:/, '')
  const media = Number(textAt(message, 'num_media') ?? 0)
  const sid = textAt(message, 'sid')
  const voice = {
    id: sid && `twilio-${sid}`,
    kind: 'chat' as const,
    text: textAt(message, 'body'),
    at: timeAt(message, 'date_sent', 'UTC') ?? timeAt(message, 'date_created', 'UTC'),
    conversation: number,
    customerRef: number,
    channel: whatsApp ? 'whatsapp' : 'sms',
    facts: { attachments: media > 0 ? media : undefined },
  }
  return [spoken(speaker, voice, { field: 'direction', written: direction }, settings)]
}
