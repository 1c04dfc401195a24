import { type JsonObject, objectsAt, textAt } from '../decode/fields.ts'
import { columnName } from '../decode/table.ts'
import type { Settings } from '../source/item.ts'

/** Names under which logs of conversations keep the same thing; the first that holds something counts. */
export const turnFields = {
  conversation:
    '会话id 会话编号 对话id 咨询id 接待id 通话id 录音id conversation_id conversationid conversation session_id sessionid session chat_id dialogue_id dialog_id thread_id ticket_id call_id callid',
  id: '消息id 消息编号 message_id messageid msg_id msgid utterance_id id',
  at: '时间 发送时间 消息时间 聊天时间 通话时间 time timestamp sent_at created_at createdat datetime date at send_time date_created datecreated date_sent datesent sent_time sendtime createtime create_time ts',
  speaker:
    '发送方 角色 发送者类型 发送人类型 发送方类型 发送者角色 发言人角色 说话人角色 消息方向 role sender_type speaker_role participantrole 说话人 发言人 发送者 发送人 speaker speaker_name sender from author direction participant who speaker_label speaker_id channel_label',
  text: '内容 消息内容 聊天内容 对话内容 通话内容 消息 文本 text content message msg msg_content body utterance sentence transcript',
  customer:
    '客户id 顾客id 买家id 会员id 用户id customer_id customerid buyer_id user_id 买家昵称 客户昵称 买家旺旺 买家账号 客户 顾客 买家 customer buyer',
  agent: '客服 客服昵称 客服账号 坐席 坐席工号 接待客服 agent agent_id agent_name',
  order: '订单号 订单编号 订单id order_id orderid order_no',
  product: '商品id 商品编号 product_id sku item_id',
  channel: '渠道 平台 channel platform source',
  type: '消息类型 message_type messagetype msg_type type',
  internal: '内部备注 是否内部 is_private private is_internal internal internal_note',
  start: '开始 开始秒 start start_time begin offset',
  end: '结束 结束秒 end end_time',
} as const
export type TurnField = keyof typeof turnFields

const ofCalls =
  /^(?:start|starttime|begin|offset|开始|开始秒|callid|通话.*|录音.*|segments|utterances|sentences|transcript|speakerlabel|channellabel)$/

/** Whether names of columns or fields are those of calls that were written down, and not of chats. */
export const isOfCalls = (names: Iterable<string>): boolean => [...names].some((name) => ofCalls.test(columnName(name)))

/** Where what stands under a field's name goes, where it is not the voice's field of the same name. */
export const targetOf: { [field in TurnField]?: string } = {
  customer: 'voice.customerRef',
  agent: 'voice.speaker',
  order: 'voice.orderId',
  type: 'voice.speaker',
  internal: 'voice.speaker',
  product: 'voice.productId',
  start: 'voice.facts.start_seconds',
  end: 'voice.facts.end_seconds',
}

const aliases = Object.fromEntries(
  Object.entries(turnFields).map(([field, names]) => [field, [...new Set(names.split(' ').map(columnName))]]),
) as Record<TurnField, string[]>

/** All that stands under each of the fields' names, in their order; `map` says which column is which where a person knows better. */
export type Pick = (field: TurnField) => readonly string[]

export function namesToFields(names: Iterable<string>, map: Settings): Map<TurnField, string[]> {
  const given = [...names]
  const found = new Map<TurnField, string[]>()
  for (const field of Object.keys(aliases) as TurnField[]) {
    const mapped =
      map[field] ??
      { at: map.at, customer: map.customerRef, order: map.orderId, product: map.productId }[field as string]
    const wanted = mapped === undefined ? aliases[field] : [columnName(mapped)]
    found.set(
      field,
      wanted.flatMap((one) => given.filter((name) => columnName(name) === one)),
    )
  }
  return found
}

/** What stands in an object under the fields' names; texts, numbers and true/false alone. */
export function pickOf(object: JsonObject, map: Settings, used?: Set<string>): Pick {
  const fields = namesToFields(Object.keys(object), map)
  return (field) =>
    fields.get(field)!.flatMap((name) => {
      used?.add(name)
      const value = object[name]
      if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()]
      if (typeof value === 'number' || typeof value === 'boolean') return [String(value)]
      const parts = objectsAt(object, name).flatMap((part) => textAt(part, 'text') ?? [])
      return field === 'text' && parts.length > 0 ? [parts.join('\n')] : []
    })
}
