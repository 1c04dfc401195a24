import type { VoiceKind } from '../../core/voice.ts'
import { isObject, type JsonObject, objectsAt, textAt } from '../decode/fields.ts'
import type { Json } from '../decode/json.ts'
import { fitter, openTable, type TableRow } from '../decode/table.ts'
import { unpackedBytes } from '../decode/text.ts'
import { msOf } from '../decode/times.ts'
import { isMasked, parseTime } from '../decode/values.ts'
import { because } from '../reasons/reason.ts'
import { markOf } from './cells.ts'
import { constantsOf, type Item, placed, type Settings } from './item.ts'
import type { FieldsMet, Source, SourceItem, SourceOptions } from './source.ts'
import { speakerOf, spoken } from './speaking.ts'

/** Names under which logs of conversations keep the same thing; the first that holds something counts. */
export const turnFields = {
  conversation:
    '会话id 会话编号 对话id 咨询id 接待id 通话id 录音id conversation_id conversationid conversation session_id sessionid session chat_id dialogue_id dialog_id thread_id ticket_id call_id callid',
  id: '消息id 消息编号 message_id messageid msg_id utterance_id id',
  at: '时间 发送时间 消息时间 聊天时间 通话时间 time timestamp sent_at created_at createdat datetime date at send_time date_created datecreated date_sent datesent sent_time create_time',
  speaker:
    '发送方 角色 发送者类型 说话人角色 消息方向 role sender_type speaker_role participantrole 说话人 发言人 发送者 发送人 speaker speaker_name sender from author direction participant who speaker_label speaker_id channel_label',
  text: '内容 消息内容 聊天内容 对话内容 通话内容 消息 文本 text content message body utterance sentence transcript',
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
type TurnField = keyof typeof turnFields

/** Where what stands under a field's name goes, where it is not the voice's field of the same name. */
const targetOf: { [field in TurnField]?: string } = {
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
  Object.entries(turnFields).map(([field, names]) => [field, names.split(' ')]),
) as Record<TurnField, string[]>

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/^\ufeff/, '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replace(/_?id$/, (id) => (/[\u4e00-\u9fff]/.test(name) ? 'id' : id))

/** What stands under each of the fields' names; `map` says which column is which where a person knows better. */
type Pick = (field: TurnField) => string | undefined

function namesToFields(names: Iterable<string>, map: Settings): Map<TurnField, string[]> {
  const given = [...names]
  const found = new Map<TurnField, string[]>()
  for (const field of Object.keys(aliases) as TurnField[]) {
    const mapped =
      map[field] ??
      { at: map.at, customer: map.customerRef, order: map.orderId, product: map.productId }[field as string]
    const wanted = mapped === undefined ? aliases[field] : [plain(mapped)]
    found.set(
      field,
      wanted.flatMap((one) => given.filter((name) => plain(name) === one)),
    )
  }
  return found
}

/** What is common to the turns of one conversation. */
interface Within {
  conversation?: string | undefined
  turn?: number | undefined
  at?: unknown
  customerRef?: string | undefined
}

/** One turn as a voice: dead where nobody knows who spoke. */
function turnItem(pick: Pick, kind: VoiceKind, within: Within, zone: string, settings: Settings): Item {
  if (markOf(pick('internal')) === true) return { skipped: because('internal_note') }
  const written = pick('speaker')
  const customer = pick('customer')
  const speaker =
    notByPerson(pick('type'), pick('text')) ??
    speakerOf(written, settings) ??
    (written === undefined
      ? undefined
      : written === customer
        ? 'customer'
        : written === pick('agent')
          ? 'agent'
          : undefined)
  const time = pick('at')
  const start = pick('start')
  const ref = customer !== undefined && !isMasked(customer) ? customer : within.customerRef
  const voice = {
    id: idWithin(pick('id'), within.conversation ?? pick('conversation')),
    kind,
    text: pick('text'),
    at: time === undefined ? within.at : momentOf(time, zone),
    conversation: within.conversation ?? pick('conversation'),
    turn: within.turn,
    customerRef: ref,
    orderId: pick('order'),
    productId: pick('product'),
    channel: pick('channel'),
    facts: { start_seconds: secondsIn(start) },
  }
  return spoken(speaker, voice, { field: 'speaker', written }, settings)
}

/** What a program wrote, whoever it is filed under: a message of a kind of its own, or the trace of one that was taken back. */
function notByPerson(type: string | undefined, text: string | undefined): 'bot' | 'system' | undefined {
  const kind = speakerOf(type)
  if (kind === 'bot' || kind === 'system') return kind
  return text !== undefined && TAKEN_BACK.test(text) ? 'system' : undefined
}
const TAKEN_BACK = /^["“”'「]?.{0,30}["“”'」]?\s*撤回了一条消息[。.]?$|^this message was (?:deleted|unsent|recalled)\.?$/i

/** A short number counts within its conversation or its file: alone it is nobody's id. */
function idWithin(id: string | undefined, conversation: string | undefined): string | undefined {
  const isShort = (text: string | undefined) => text === undefined || /^\d{1,9}$/.test(text)
  if (!isShort(id) || id === undefined) return id
  return isShort(conversation) ? undefined : `${conversation}.${id}`
}

/** `65.2`, or `00:01:05.2`. */
function secondsIn(start: string | undefined): number | undefined {
  if (start === undefined || !/^(?:\d+:){0,2}\d+(?:[.,]\d+)?$/.test(start)) return undefined
  return start.replace(',', '.').split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}

const momentOf = (time: string, zone: string): unknown =>
  parseTime(time, zone) ?? (/^\d{9,13}(?:\.\d+)?$/.test(time) ? msOf(Number(time)) : time)

/** Counts the turns of conversations, also of those that lie mixed; forgets the oldest where there are very many. */
export class Turns {
  readonly #counts = new Map<string, number>()
  next(conversation: string | undefined): number | undefined {
    if (conversation === undefined) return undefined
    const turn = this.#counts.get(conversation) ?? 0
    if (this.#counts.size > 100_000) this.#counts.clear()
    this.#counts.set(conversation, turn + 1)
    return turn
  }
}

/** A table of turns, one a row. Undefined where its header names neither a text nor a speaker. */
export async function tableOfTurns(
  source: Chosen<Source, 'settings'>,
  stream: AsyncIterable<Uint8Array>,
  options: SourceOptions,
  kind: VoiceKind,
): Promise<{
  notes: string[]
  header: string[]
  rows?: AsyncIterable<SourceItem[]>
  closing: () => string[]
  fields?: () => FieldsMet
}> {
  const table = openTable(stream)
  const rows = table.rows[Symbol.asyncIterator]()
  const first = await rows.next()
  const header = first.done ? [] : (first.value as TableRow).cells.map((cell) => cell.replace(/^\ufeff/, '').trim())
  const fields = namesToFields(header, options.map)
  if (fields.get('text')!.length === 0 || fields.get('speaker')!.length === 0)
    return { notes: [], header, closing: table.notes }
  const used = new Set([...fields.values()].flat())
  const unused = header.filter((name) => name !== '' && !used.has(name) && !options.ignore.includes(name))
  const notes = [
    `columns used: ${header.filter((name) => used.has(name)).join(', ')}`,
    ...(unused.length > 0 ? [`columns not used: ${unused.join(', ')}`] : []),
  ]
  const rest = { [Symbol.asyncIterator]: () => rows } as AsyncIterable<TableRow>
  const met: FieldsMet = {
    used: [...fields].flatMap(([field, names]) =>
      names.map((from) => ({ from, to: targetOf[field] ?? `voice.${field}` })),
    ),
    unused,
    left: header.filter((name) => !used.has(name) && options.ignore.includes(name)),
  }
  const turns = rowTurns(rest, header, fields, source, options, kind)
  return { notes, header, rows: turns, closing: table.notes, fields: () => met }
}

type Chosen<T, K extends keyof T> = { [P in K]: T[P] }

async function* rowTurns(
  rows: AsyncIterable<TableRow>,
  header: readonly string[],
  fields: Map<TurnField, string[]>,
  { settings }: Chosen<Source, 'settings'>,
  options: SourceOptions,
  kind: VoiceKind,
): AsyncGenerator<SourceItem[]> {
  const constants = constantsOf(options, settings)
  const placesOf = (name: string) => header.flatMap((one, place) => (one === name ? [place] : []))
  const places = new Map([...fields].map(([field, names]) => [field, [...new Set(names)].flatMap(placesOf)]))
  const turns = new Turns()
  const fit = fitter(header)
  for await (const { line, cells: raw } of rows) {
    const cells = fit(raw)
    if (cells === undefined) {
      const reason = because('cells', { found: raw.length, expected: header.length })
      yield [{ line, kind: 'voices', dead: { field: 'row', reason, record: raw } }]
      continue
    }
    const pick: Pick = (field) =>
      places
        .get(field)!
        .map((place) => cells[place]!.trim())
        .find((cell) => cell !== '')
    const item = turnItem(pick, kind, { turn: turns.next(pick('conversation')) }, options.zone, options.set)
    yield placed(line, [item], cells, constants)
  }
}

/** What stands in an object under the fields' names; texts, numbers and true/false alone. */
function pickOf(object: JsonObject, map: Settings, used?: Set<string>): Pick {
  const fields = namesToFields(Object.keys(object), map)
  return (field) => {
    for (const name of fields.get(field)!) {
      used?.add(name)
      const value = object[name]
      if (typeof value === 'string' && value.trim() !== '') return value.trim()
      if (typeof value === 'number' || typeof value === 'boolean') return String(value)
      const parts = objectsAt(object, name).map((part) => textAt(part, 'text'))
      if (field === 'text' && parts.some((part) => part !== undefined)) return parts.filter(Boolean).join('\n')
    }
  }
}

const lists = [
  'turns',
  'messages',
  'utterances',
  'segments',
  'sentences',
  'dialogue',
  'dialog',
  'conversation',
  'transcript',
  'log',
  '对话',
  '消息',
  '记录',
  '聊天记录',
  '会话内容',
]

/** The list of turns in an object, and under which name. */
function turnsIn(object: JsonObject): { name: string; turns: Json[] } | undefined {
  for (const name of lists) {
    const list = object[name]
    if (Array.isArray(list)) return { name, turns: list }
  }
}

/**
 * Whether an object has a place for words and one for who speaks, be they filled or not. Where the sender is an object, it is a system's own
 * message, whose words for who speaks mean something else: to Chatwoot a `User` is an agent.
 */
function isTurn(object: JsonObject, { map, set }: SourceOptions): boolean {
  if (isObject(object.sender)) return false
  const fields = namesToFields(Object.keys(object), map)
  return fields.get('text')!.length > 0 && (fields.get('speaker')!.length > 0 || set.unknown !== undefined)
}

/** Lists of the same name that hold something else: not one of their objects has a place for words. */
const isWordless = (turns: readonly Json[], { map }: SourceOptions): boolean =>
  turns.length > 0 &&
  turns.every((turn) => isObject(turn) && namesToFields(Object.keys(turn), map).get('text')!.length === 0)

const NO_TURN = {
  field: '',
  reason: because('no_turns'),
}

/** Turns of one object: those of its list, or the object as a turn. */
export function objectTurns(
  object: JsonObject,
  kind: VoiceKind,
  zone: string,
  options: SourceOptions,
  counts: Turns,
  used: Set<string>,
): Item[] {
  const whole = pickOf(object, options.map, used)
  const listed = turnsIn(object)
  if (!listed) {
    const pick = whole
    if (!isTurn(object, options)) return [{ dead: NO_TURN }]
    return [turnItem(pick, kind, { turn: counts.next(pick('conversation')) }, zone, options.set)]
  }
  used.add(listed.name)
  if (isWordless(listed.turns, options)) return [{ dead: NO_TURN }]
  const time = whole('at')
  const conversation = whole('conversation') ?? whole('id')
  const within = { conversation, at: time && momentOf(time, zone), customerRef: whole('customer') }
  return listed.turns.map((turn, place) => {
    const spokenLine = typeof turn === 'string' ? speakerLine(turn) : undefined
    const pick = isObject(turn)
      ? pickOf(turn, options.map)
      : (((field) => spokenLine?.[field as 'speaker' | 'text']) as Pick)
    return turnItem(pick, kind, { ...within, turn: place }, zone, options.set)
  })
}

/** `客服：您好` as who and what; without a name, what alone. */
export function speakerLine(line: string): { speaker?: string; text: string } {
  const match = /^\s*([^:：\n]{1,40})[:：]\s*([\s\S]+)$/.exec(line)
  return match && !/^https?$|^\d+$/i.test(match[1]!.trim())
    ? { speaker: match[1]!.trim(), text: match[2]!.trim() }
    : { text: line.trim() }
}

/** The stream again, and whether its first character begins JSON. */
export async function beginning(
  stream: AsyncIterable<Uint8Array>,
): Promise<{ json: boolean; stream: AsyncIterable<Uint8Array>; head: Buffer }> {
  const pieces = unpackedBytes(stream)
  const heads: Buffer[] = []
  let head = Buffer.alloc(0)
  while (head.length < 64) {
    const next = await pieces.next()
    if (next.done) break
    heads.push(next.value)
    head = Buffer.concat(heads)
  }
  // `[00:01]` begins a line of a transcript, not a list.
  const json = /^[\s\ufeff]*(?:\{|\[\s*(?:[{["\]]|$))/.test(
    head
      .toString('utf8')
      .replaceAll('\0', '')
      .replace(/^[\ufffd]+/, ''),
  )
  async function* again() {
    if (head.length > 0) yield head
    yield* pieces
  }
  return { json, stream: again(), head }
}
