import type { Speaker } from '../../../core/speaker.ts'
import { rowOf } from '../../cells/cells.ts'
import { isObject, type JsonObject, joinedAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { msOf } from '../../decode/times.ts'
import { parseTime } from '../../decode/values.ts'
import { because } from '../../reasons/reason.ts'
import { defineEitherSource } from '../../source/either-source.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import type { Row } from '../../source/table-source.ts'
import { speakerOf, speakerSettings, spoken } from '../../talk/speaking.ts'

const columns = {
  id: ['msgid', '消息id', '消息编号'],
  action: ['action', '动作'],
  from: ['from', '发送人id', '发送方id', '发送者id', '发送人', '发送者', '发送方'],
  role: ['发送人类型', '发送方类型', '发送者类型', '发送人身份', 'from_type', 'sender_type'],
  to: ['tolist', '接收人id', '接收方id', '接收者id', '接收人', '接收者', '接收方'],
  room: ['roomid', '群id', '群聊id', '会话群id'],
  at: ['msgtime', '发送时间', '消息时间'],
  type: ['msgtype', '消息类型'],
  text: ['content', '消息内容', '内容'],
} as const

const fields = {
  'voice.id': columns.id,
  'voice.speaker': [...columns.from, ...columns.role, ...columns.to],
  'voice.conversation': columns.room,
  'voice.at': columns.at,
  // What kind of message it is tells whether anybody speaks in it.
  'voice.kind': [...columns.type, ...columns.action],
}

/** What was decrypted of the conversation archive of WeCom, and tables made of it. */
export const wecom = defineEitherSource({
  id: 'wecom',
  zh: '企业微信会话存档',
  en: 'WeCom conversation archive',
  shelf: 'service',
  describe: {
    zh: '会话内容存档解密后的 JSON（单条、列表或每行一条；msgid、from、tolist、msgtime、msgtype），或同名、中文列名的表格。编号以 wm、wo 开头的是外部联系人（顾客），wb 是机器人，其余是员工；列里写的是名字时用 --set customer=…、--set agent=… 说明，认不出的列为死信。员工之间的消息、撤回、同意存档与没有文字的消息跳过。还没解密的不收。',
    en: 'Decrypted JSON of WeCom’s conversation archive (one, a list or one a line: msgid, from, tolist, msgtime, msgtype), or tables with these or Chinese column names. Ids that begin with wm or wo are external contacts (customers), wb are robots, others employees; where a column holds names say --set customer=… and --set agent=…, others are dead letters. Messages among employees, recalls, consents and what has no words are skipped. What is still encrypted is refused.',
  },
  settings: speakerSettings,
  json: {
    requires: ['msgid'],
    unwrap: (document) => (Array.isArray(document.chatdata) ? objectsAt(document, 'chatdata') : [document]),
    mapping: [
      ...mapped({
        ...fields,
        'voice.text': ['text.content', 'info.content', 'mixed.item[].**', 'content.**', 'markdown.content'],
      }),
    ],
    leftOut: [
      ...leave(
        '附件、名片、红包等没有文字的内容',
        'attachments, cards and the like, which hold no words',
        ...'image revoke agree disagree voice video card location emotion file link weapp chatrecord todo vote collect redpacket external_redpacket meeting meeting_notification doc news calendar meeting_voice_call voip_doc_share sphfeed voiptext qydiskfile mixed text info markdown'
          .split(' ')
          .map((field) => `${field}.**`),
      ),
      ...leave(
        '存档本身的编号与密钥',
        'numbers and keys of the archive',
        'seq',
        'publickey_ver',
        'encrypt_random_key',
        'encrypt_chat_msg',
        'voiceid',
        'voipid',
        'user',
        'time',
        'corpid',
      ),
    ],
    read: (object, context) =>
      valueAt(object, 'encrypt_chat_msg') === undefined
        ? [messageItem(rowOf(withReceivers(object)), wordsIn(object), context)]
        : [{ dead: { field: 'encrypt_chat_msg', reason: because('sealed') } }],
  },
  table: {
    requires: [
      columns.from.join('|'),
      columns.to.join('|'),
      columns.at.join('|'),
      columns.type.join('|'),
      columns.text.join('|'),
    ],
    mapping: mapped({ ...fields, 'voice.text': columns.text }),
    leftOut: leave('名字与存档本身的编号', 'names, and numbers of the archive', 'seq', '序号', '群名称', '群名'),
    read: (row, context) => [messageItem(row, row(...columns.text), context)],
  },
})

/** The receivers in one text, as a table holds them. */
const withReceivers = (message: JsonObject): JsonObject => ({
  ...message,
  tolist: joinedAt(message, 'tolist') ?? textAt(message, 'tolist') ?? null,
})

/** The words of a message: its own, those of a Markdown text, and the texts of one that mixes texts and pictures. */
function wordsIn(message: JsonObject): string | undefined {
  const parts = objectsAt(message, 'mixed.item').map((item) =>
    textAt(item, 'type') === 'text' ? contentOf(textAt(item, 'content')) : undefined,
  )
  const mixed = parts.filter((part) => part !== undefined).join('\n')
  const own = ['text.content', 'info.content', 'markdown.content', 'content.content'].map((path) =>
    textAt(message, path),
  )
  return own.find((text) => text !== undefined) ?? (mixed || contentOf(textAt(message, 'content')))
}

/** Some hold the words as JSON within the JSON: `{"content":"…"}`. */
function contentOf(text: string | undefined): string | undefined {
  if (!text?.startsWith('{')) return text
  try {
    const inner: unknown = JSON.parse(text)
    return isObject(inner as JsonObject) ? textAt(inner as JsonObject, 'content') : text
  } catch {
    return text
  }
}

/** An external contact, or a robot, by the form of its id; a person's own words go before. */
function kindOf(id: string | undefined, settings: ReadContext['settings']): Speaker | undefined {
  const told = speakerOf(id, settings)
  if (id === undefined || told !== undefined) return told
  if (/^w[mo][\w-]{20,}$/.test(id)) return 'customer'
  if (/^wb[\w-]{20,}$/.test(id)) return 'bot'
  return /^[A-Za-z0-9][\w.@-]{0,63}$/.test(id) ? 'agent' : undefined
}

function messageItem(row: Row, words: string | undefined, { zone, settings }: ReadContext): Item {
  const [id, from, room, type] = (['id', 'from', 'room', 'type'] as const).map((field) =>
    row(...columns[field])?.trim(),
  )
  const to = (row(...columns.to) ?? '').split(/[,，;；、|\s]+/).filter((one) => one !== '')
  if (row(...columns.action) !== undefined && row(...columns.action)!.trim() !== 'send')
    return { skipped: because('state_changed', { what: row(...columns.action)!.trim() }) }
  if (type !== undefined && !spokenTypes.test(type))
    return { skipped: because(noticeTypes.test(type) ? 'notice' : 'attachment') }
  const speaker = speakerOf(row(...columns.role), settings) ?? kindOf(from, settings)
  const isExternal =
    id?.endsWith('_external') || [from, ...to].some((one) => /^(?:customer|bot)$/.test(kindOf(one, settings) ?? ''))
  if (speaker === 'agent' && !isExternal && room === undefined && to.every((one) => kindOf(one, settings) === 'agent'))
    return { skipped: because('among_staff') }
  const customer = speaker === 'customer' ? from : to.find((one) => kindOf(one, settings) === 'customer')
  const voice = {
    id: id && `wecom-${id}`,
    kind: 'chat' as const,
    text: words,
    at: momentOf(row(...columns.at), zone),
    conversation: room ?? (from && `wecom-${[from, ...to.slice(0, 1)].sort().join('|')}`),
    customerRef: room === undefined || speaker === 'customer' ? customer : undefined,
    channel: 'wecom',
  }
  return spoken(speaker, voice, { field: 'from', written: from }, settings)
}

const spokenTypes = /^(?:text|markdown|mixed|文本|文字|混合(?:消息)?|图文混排)$/i
const noticeTypes = /^(?:revoke|agree|disagree|todo|vote|collect|calendar|meeting\w*|撤回.*|同意.*|不同意.*|系统.*)$/i

function momentOf(text: string | undefined, zone: string): unknown {
  const plain = text?.trim()
  if (plain === undefined) return undefined
  return parseTime(plain, zone) ?? (/^\d{9,13}$/.test(plain) ? msOf(Number(plain)) : plain)
}
