import { hash } from 'node:crypto'
import { fail, ok, type Result } from '../../../core/result.ts'
import { type DateColumn, withDayOrder } from '../../decode/day-order.ts'
import type { TableRow } from '../../decode/row.ts'
import { noteOn } from '../../decode/table.ts'
import { decodeText } from '../../decode/text.ts'
import { parseTime } from '../../decode/values.ts'
import { fileProblem } from '../../reasons/files.ts'
import { because } from '../../reasons/reason.ts'
import { constantsOf, type Item, placed } from '../../source/item.ts'
import { knownSet } from '../../source/known-options.ts'
import { defineSource, type Opened, type SourceItem, type SourceOptions } from '../../source/source.ts'
import { speakerOf, speakerSettings, spoken } from '../../talk/speaking.ts'
import { type Message, messagesOf } from './messages.ts'

/** A chat as WhatsApp's phones export it. Nothing in it tells which name is the shop's. */
export const whatsapp = defineSource({
  id: 'whatsapp',
  zh: 'WhatsApp 聊天导出（文本）',
  en: 'WhatsApp chat export',
  shelf: 'service',
  describe: {
    zh: '手机上“导出聊天”得到的 .txt（安卓与 iPhone，多行、十二小时制、上午／下午都行）。文件里看不出哪个名字是店铺：用 --set agent=店铺的名字,customer=顾客的名字 说明，或 --set unknown=customer；没说明的列为死信，绝不把客服的话当成顾客的。系统提示、撤回的消息与没有文字的图片语音跳过。日期看不出月日先后时用 --dates 指明。一份文件是一段会话。',
    en: 'The .txt that “Export chat” gives on Android and iPhone (several lines a message, clocks of 12 or 24 hours). Nothing tells which name is the shop’s: say --set agent=THE SHOP,customer=NAME, or --set unknown=customer; others are dead letters, so that an agent is never taken for the customer. Notices, deleted messages and media without words are skipped. Where no date shows whether the day or the month stands first: --dates. A file is one conversation.',
  },
  settings: speakerSettings,
  mapping: [
    { from: '(time)', to: 'voice.at' },
    { from: '(name)', to: 'voice.speaker' },
    { from: '(text)', to: 'voice.text' },
  ],
  leftOut: [{ from: '(attachments)', why: { zh: '图片、语音等不在文本里', en: 'media are not in the text' } }],
  async open(stream, options): Promise<Result<Opened>> {
    const set = knownSet(options, speakerSettings)
    if (!set.ok) return set
    const text = decodeText(stream)
    const messages = messagesOf(text)
    const first = await messages.next()
    if (first.done) return fail(fileProblem('no_chat', {}, 'line 1'))
    let dates: readonly DateColumn[] = []
    const tell = (found: readonly DateColumn[]) => {
      dates = found
    }
    const rows = withDayOrder(asRows(first.value, messages), options.dates, tell, ['dmy', 'mdy'])
    return ok({
      notes: [],
      rows: voicesOf(rows, conversationOf(first.value), options),
      closing: () => dates.map(noteOn),
      dates: () => dates,
      fields: () => ({ used: [...whatsapp.mapping!], unused: [], left: [] }),
      // The form of its lines is nobody else's.
      telling: () => true,
    })
  },
})

/** The chat begins the same however often it is exported: that is what it is known by. */
const conversationOf = ({ time, who, text }: Message): string =>
  `whatsapp-${hash('sha256', `${time}\n${who}\n${text}`, 'base64url').slice(0, 16)}`

/** Messages as rows of a table, so that the order of its dates is found as in any other. */
async function* asRows(first: Message, rest: AsyncIterable<Message>): AsyncGenerator<TableRow> {
  const row = ({ line, time, who, text }: Message): TableRow => ({ line, cells: [time, who ?? '', text] })
  yield { line: 0, cells: ['time', 'name', 'text'] }
  yield row(first)
  for await (const message of rest) yield row(message)
}

async function* voicesOf(
  rows: AsyncIterable<TableRow>,
  conversation: string,
  options: SourceOptions,
): AsyncGenerator<SourceItem[]> {
  const constants = constantsOf(options, speakerSettings)
  let turn = 0
  let isHeader = true
  for await (const { line, cells } of rows) {
    const [time, who, text] = cells as [string, string, string]
    if (!isHeader)
      yield placed(line, [itemOf({ time, who, text }, { conversation, turn: turn++ }, options)], cells, constants)
    isHeader = false
  }
}

interface Written {
  time: string
  who: string
  text: string
}

/** WhatsApp's own words after a name: it marks them as from left to right on iPhones, and frames them on Android. */
const OMITTED =
  /^<[^<>\n]{1,60}>$|^(?:image|video|audio|sticker|GIF|document|Contact card|video note|图像|图片|视频|音频|贴图|动图|文件|联系人名片) ?(?:omitted|已?忽略|已?省略)$|^(?:null|.{1,120} \((?:file attached|文件附件|附件)\)|.{1,120}（文件附件）)$/i
const DELETED =
  /^(?:this message was deleted|you deleted this message|(?:此|该|这条)(?:消息|訊息)已(?:被)?(?:删除|刪除)|(?:您|你)已?(?:删除|刪除)了?(?:此|这条|該)(?:消息|訊息)|此訊息已刪除)[.。]?$/i
const EDITED = /\s*\u200e?<(?:this message was edited|(?:此|该)?消息已(?:被)?编辑|(?:此|該)?訊息已(?:被)?編輯)>\s*$/i

function itemOf({ time, who, text }: Written, within: object, { zone, set }: SourceOptions): Item {
  if (who === '') return { skipped: because('notice') }
  const words = text
    .replace(EDITED, '')
    .replace(/\u200e<[^<>\n]*>/g, '')
    .trim()
  if (DELETED.test(plain(words))) return { skipped: because('deleted') }
  // What begins with the mark was written by WhatsApp: a notice in a person's name, or the name of a file.
  if (words === '' || words.startsWith('\u200e') || OMITTED.test(words)) return { skipped: because('attachment') }
  const voice = {
    kind: 'chat' as const,
    text: words,
    at: parseTime(time, zone) ?? time,
    channel: 'whatsapp',
    ...within,
  }
  return spoken(speakerOf(who, set), voice, { field: 'name', written: who }, set)
}

const plain = (text: string): string => text.replaceAll('\u200e', '').trim()
