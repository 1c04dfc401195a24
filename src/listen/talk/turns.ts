import type { VoiceKind } from '../../core/voice.ts'
import { markOf } from '../cells/cells.ts'
import { isObject, type JsonObject } from '../decode/fields.ts'
import type { Json } from '../decode/json.ts'
import { fitter, openTable, type Table, type TableRow } from '../decode/table.ts'
import { unpackedBytes } from '../decode/text.ts'
import { msOf } from '../decode/times.ts'
import { isMasked, parseTime } from '../decode/values.ts'
import { because } from '../reasons/reason.ts'
import { constantsOf, type Item, placed, type Settings } from '../source/item.ts'
import type { FieldsMet, Source, SourceItem, SourceOptions } from '../source/source.ts'
import { speakerOf, spoken } from './speaking.ts'
import { namesToFields, type Pick, pickOf, type TurnField, targetOf } from './turn-fields.ts'

/** What is common to the turns of one conversation. */
interface Within {
  conversation?: string | undefined
  turn?: number | undefined
  at?: unknown
  customerRef?: string | undefined
}

/** One turn as a voice: dead where nobody knows who spoke. */
function turnItem(all: Pick, kind: VoiceKind, within: Within, zone: string, settings: Settings): Item {
  const pick = (field: TurnField) => all(field)[0]
  if (markOf(pick('internal')) === true) return { skipped: because('internal_note') }
  const written = pick('speaker')
  const customer = pick('customer')
  const speaker =
    notByPerson(pick('type'), pick('text')) ??
    // Several columns may tell: a number that was called from says nothing, the direction beside it does.
    all('speaker')
      .map((name) => speakerOf(name, settings))
      .find((known) => known !== undefined) ??
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
const TAKEN_BACK =
  /^["“”'「]?.{0,30}["“”'」]?\s*撤回了一条消息[。.]?$|^this message was (?:deleted|unsent|recalled)\.?$/i

/** A short number counts within its conversation or its file: alone it is nobody's id. */
function idWithin(id: string | undefined, conversation: string | undefined): string | undefined {
  const isShort = (text: string | undefined) => text === undefined || /^\d{1,9}$/.test(text)
  if (!isShort(id) || id === undefined) return id
  return isShort(conversation) ? undefined : `${conversation}.${id}`
}

/** `65.2`, or `00:01:05.2`. */
function secondsIn(start: string | undefined): number | undefined {
  if (start === undefined || !/^(?:\d+:){0,2}\d+(?:[.,]\d+)?$/.test(start)) return undefined
  return start
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0)
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
  dates?: Table['dates']
  fields?: () => FieldsMet
}> {
  const table = openTable(stream, { dates: options.dates })
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
  return { notes, header, rows: turns, closing: table.notes, dates: table.dates, fields: () => met }
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
  const fitted = fitter(header)
  for await (const { line, cells: raw } of rows) {
    const cells = fitted(raw)
    if (cells === undefined) {
      const reason = because('cells', { found: raw.length, expected: header.length })
      yield [{ line, kind: 'voices', dead: { field: 'row', reason, record: raw } }]
      continue
    }
    const pick: Pick = (field) =>
      places
        .get(field)!
        .map((place) => cells[place]!.trim())
        .filter((cell) => cell !== '')
    const item = turnItem(pick, kind, { turn: turns.next(pick('conversation')[0]) }, options.zone, options.set)
    yield placed(line, [item], cells, constants)
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
    if (!isTurn(object, options)) return [{ dead: NO_TURN }]
    return [turnItem(whole, kind, { turn: counts.next(whole('conversation')[0]) }, zone, options.set)]
  }
  used.add(listed.name)
  if (isWordless(listed.turns, options)) return [{ dead: NO_TURN }]
  const [time] = whole('at')
  const conversation = whole('conversation')[0] ?? whole('id')[0]
  const within = { conversation, at: time && momentOf(time, zone), customerRef: whole('customer')[0] }
  return listed.turns.map((turn, place) => {
    const line: { speaker?: string; text?: string } = typeof turn === 'string' ? speakerLine(turn) : {}
    const pick: Pick = isObject(turn)
      ? pickOf(turn, options.map)
      : (field) => (field === 'speaker' || field === 'text' ? [line[field] ?? []].flat() : [])
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
