import { fail, ok, type Result } from '../../../core/result.ts'
import type { JsonObject } from '../../decode/fields.ts'
import { documentsOf } from '../../decode/json.ts'
import { decodeText } from '../../decode/text.ts'
import { columnsIn, fileProblem } from '../../reasons/files.ts'
import { constantsOf, placed } from '../../source/item.ts'
import { defineSource, type Opened, type SourceItem, type SourceOptions } from '../../source/source.ts'
import { speakerSettings } from '../../talk/speaking.ts'
import { turnFields } from '../../talk/turn-fields.ts'
import { beginning, objectTurns, Turns, tableOfTurns } from '../../talk/turns.ts'

/** Chat logs of any system: a table with one turn a row, or JSON with turns. */
export const chatLog = defineSource({
  id: 'chat-log',
  zh: '聊天记录（表格或 JSON）',
  en: 'Chat logs',
  shelf: 'service',
  broad: 0.7,
  describe: {
    zh: '每行一句（会话ID、时间、发送方、内容…）的表格，或 JSON / JSONL（每个对象一句，或带 turns、messages 列表）。发送方认得常见词：客户、买家、用户；客服、商家；机器人；系统；认不出的列为死信，用 --set customer=…、--set agent=… 说明，或 --set unknown=agent。列名可用 --map text=…,speaker=… 指定。',
    en: 'A table with one turn a row (conversation, time, speaker, text …), or JSON / JSON lines (a turn an object, or lists turns, messages). Common words for who speaks are known (customer, user, buyer; agent, seller; bot; system); others are dead letters until --set customer=… and --set agent=… say who they are, or --set unknown=agent. Columns: --map text=…,speaker=….',
  },
  settings: speakerSettings,
  mapping: [
    { from: turnFields.conversation.split(' ')[0]!, to: 'voice.conversation' },
    { from: '时间', to: 'voice.at' },
    { from: '发送方', to: 'voice.speaker' },
    { from: '内容', to: 'voice.text' },
    { from: '消息ID', to: 'voice.id' },
    { from: '客户ID', to: 'voice.customerRef' },
    { from: '订单号', to: 'voice.orderId' },
    { from: '商品ID', to: 'voice.productId' },
    { from: '渠道', to: 'voice.channel' },
  ],
  leftOut: [
    { from: '客服', why: { zh: '坐席的名字只用来认出是谁在说话', en: 'the agent’s name only tells who speaks' } },
  ],
  async open(stream, options): Promise<Result<Opened>> {
    const from = await beginning(stream)
    if (from.json) return ok(jsonTurns(from.stream, options))
    const { notes, rows, header, closing, dates, fields } = await tableOfTurns(chatLog, from.stream, options, 'chat')
    if (!rows) return noTurns(header)
    return ok({ notes, rows, closing, dates, fields })
  },
})

const noTurns = (header: readonly string[]) =>
  fail(fileProblem('no_turns_table', { columns: columnsIn(header) }, 'line 1'))

function jsonTurns(stream: AsyncIterable<Uint8Array>, options: SourceOptions): Opened {
  const text = decodeText(stream)
  const counts = new Turns()
  const used = new Set<string>()
  const met = new Set<string>()
  const constants = constantsOf(options, speakerSettings)
  async function* rows(): AsyncGenerator<SourceItem[]> {
    for await (const { line, value, reason, text: raw } of documentsOf(text.chunks)) {
      if (reason !== undefined) {
        yield [{ line, kind: 'voices', dead: { field: '', reason, record: raw } }]
        continue
      }
      const object = value as JsonObject
      for (const key of Object.keys(object)) met.add(key)
      yield placed(line, objectTurns(object, 'chat', options.zone, options, counts, used), object, constants)
    }
  }
  const unused = () => [...met].filter((key) => !used.has(key))
  return {
    notes: [],
    rows: rows(),
    fields: () => ({
      used: [...used].filter((name) => met.has(name)).map((from) => ({ from, to: 'voice' })),
      unused: unused(),
      left: [],
    }),
    closing: () => (unused().length > 0 ? [`fields not used: ${unused().join(', ')}`] : []),
  }
}
