import { StringDecoder } from 'node:string_decoder'
import { ok } from '../../../core/result.ts'
import type { RecordKind } from '../../kinds.ts'
import { defineSource, type SourceItem } from '../source.ts'
import { utf8Only } from '../utf8.ts'

/** Characters in one line, at most. */
export const LONGEST_LINE = 1_000_000

const kindOf: Record<string, RecordKind> = { voice: 'voices', event: 'events', order: 'orders', product: 'products' }

/** Daystar's own shapes, one JSON object a line, told apart by `type` (docs/records.md). */
export const jsonl = defineSource({
  id: 'jsonl',
  zh: 'JSON Lines（声音、事件、订单、商品）',
  en: 'JSON Lines of voices, events, orders and products',
  describe: {
    zh: '每行一个 JSON 对象，用 type 区分 voice、event、order、product。字段见 docs/records.md。',
    en: 'One JSON object a line; type says whether it is a voice, an event, an order or a product. Fields: docs/records.md.',
  },
  open: async (stream) => ok({ notes: [], rows: items(stream) }),
})

async function* items(stream: AsyncIterable<Uint8Array>): AsyncGenerator<SourceItem[]> {
  for await (const { line, text, tooLong } of linesOf(stream)) {
    if (tooLong)
      yield [refused(line, '', `the line is longer than ${LONGEST_LINE} characters`, `${text.slice(0, 200)}…`)]
    else if (text.trim() !== '') yield [itemOf(line, text)]
  }
}

function itemOf(line: number, text: string): SourceItem {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return refused(line, '', `is not JSON: ${(error as Error).message}`, text)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused(line, '', 'should be a JSON object', text)
  const { type, ...record } = value as Record<string, unknown>
  const kind = typeof type === 'string' && Object.hasOwn(kindOf, type) ? kindOf[type] : undefined
  if (!kind) return refused(line, 'type', 'should be "voice", "event", "order" or "product"', text)
  return { line, kind, record }
}

const refused = (line: number, field: string, reason: string, record: string): SourceItem => ({
  line,
  kind: 'voices',
  dead: { field, reason, record },
})

interface Line {
  line: number
  text: string
  tooLong: boolean
}

/** Lines without their ends (LF or CRLF). What goes beyond the longest line is dropped as it comes, so memory stays bounded. */
export async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new StringDecoder('utf8')
  let line = 1
  let rest = ''
  let tooLong = false
  const take = (text: string): Line => {
    const whole = line === 1 && text.startsWith('\ufeff') ? text.slice(1) : text
    const found = {
      line,
      text: whole.endsWith('\r') ? whole.slice(0, -1) : whole,
      tooLong: tooLong || whole.length > LONGEST_LINE,
    }
    line++
    tooLong = false
    return found
  }
  for await (const chunk of utf8Only(stream)) {
    const text = rest + decoder.write(chunk)
    let start = 0
    for (let end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
      yield take(text.slice(start, end))
      start = end + 1
    }
    rest = text.slice(start)
    if (rest.length > LONGEST_LINE) {
      tooLong = true
      rest = rest.slice(0, 200)
    }
  }
  if (rest !== '' || tooLong) yield take(rest)
}
