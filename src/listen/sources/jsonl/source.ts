import { ok } from '../../../core/result.ts'
import { parseJson } from '../../decode/json.ts'
import { LONGEST_LINE, linesOf } from '../../decode/lines.ts'
import { decodeText } from '../../decode/text.ts'
import type { RecordKind } from '../../kinds.ts'
import { because, type Reason } from '../../reasons/reason.ts'
import { defineSource, type SourceItem } from '../../source/source.ts'

const kindOf: Record<string, RecordKind> = { voice: 'voices', event: 'events', order: 'orders', product: 'products' }

/** Daystar's own shapes, one JSON object a line, told apart by `type` (docs/records.md). */
export const jsonl = defineSource({
  id: 'jsonl',
  zh: 'JSON Lines（声音、事件、订单、商品）',
  en: 'JSON Lines of voices, events, orders and products',
  shelf: 'table',
  describe: {
    zh: '每行一个 JSON 对象，用 type 区分 voice、event、order、product。字段见 docs/records.md。',
    en: 'One JSON object a line; type says whether it is a voice, an event, an order or a product. Fields: docs/records.md.',
  },
  open: async (stream) => ok({ notes: [], rows: items(stream) }),
})

async function* items(stream: AsyncIterable<Uint8Array>): AsyncGenerator<SourceItem[]> {
  for await (const { line, text, tooLong } of linesOf(decodeText(stream))) {
    if (tooLong) yield [refused(line, '', because('line_too_long', { most: LONGEST_LINE }), `${text.slice(0, 200)}…`)]
    else if (text.trim() !== '') yield [itemOf(line, text)]
  }
}

function itemOf(line: number, text: string): SourceItem {
  let value: unknown
  try {
    value = parseJson(text)
  } catch (error) {
    return refused(line, '', because('not_json', { what: (error as Error).message }), text)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused(line, '', because('not_an_object'), text)
  const { type, ...record } = value as Record<string, unknown>
  const kind = typeof type === 'string' && Object.hasOwn(kindOf, type) ? kindOf[type] : undefined
  if (!kind) return refused(line, 'type', because('no_type', { values: 'voice, event, order, product' }), text)
  return { line, kind, record }
}

const refused = (line: number, field: string, reason: Reason, record: string): SourceItem => ({
  line,
  kind: 'voices',
  dead: { field, reason, record },
})
