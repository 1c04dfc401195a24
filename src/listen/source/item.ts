import type { EventInput, ProductInput } from '../../core/event.ts'
import type { OrderInput } from '../../core/order.ts'
import type { VoiceInput } from '../../core/voice.ts'
import type { DayOrder } from '../decode/day-order.ts'
import { parseTime } from '../decode/values.ts'
import type { RecordKind } from '../kinds.ts'
import type { Reason } from '../reasons/reason.ts'

/** A record's known fields with values still to be checked: what cannot be converted is left as written, and is refused with its value. */
export type Draft<T> = { [K in keyof T]?: unknown }

/** What a source makes of one row or object. */
export type Item =
  | { voice: Draft<VoiceInput> }
  | { event: Draft<EventInput> }
  | { order: Draft<OrderInput> }
  | { product: Draft<ProductInput> }
  /** Rightly no record, with the reason in a few words: `an internal note`. */
  | { skipped: Reason }
  | { dead: { field: string; reason: Reason } }

export interface ReadContext {
  /** The zone of local times that carry none. */
  zone: string
  /** What a person said of the file beyond its fields (`--set`), by the ids of the source's settings or the names of fields. */
  settings?: Settings
}

export type Settings = Readonly<Record<string, string>>

/** What a user says about a file. */
export interface SourceOptions {
  /** The zone of local times in the file. */
  zone: string
  /** Field → column. */
  map: Record<string, string>
  /** Field → value, the same in every row. */
  set: Record<string, string>
  /** Columns never to be used; `votes_*` means all that begin so. */
  ignore: string[]
  /** In which order dates such as 3/2/26 are written. */
  dates?: DayOrder
}

/**
 * One record found in a file, not yet checked; something that should be one and is not; or something that is rightly none, such as an
 * internal note, which is counted with its reason. `line` is 1-based: where it begins.
 */
export type SourceItem =
  | { line: number; kind: RecordKind; record: unknown }
  | { line: number; kind: RecordKind; dead: { field: string; reason: Reason; record: unknown } }
  | { line: number; skipped: Reason }

const kinds = { voice: 'voices', event: 'events', order: 'orders', product: 'products' } as const satisfies Record<
  string,
  RecordKind
>

/** Items with their place; `raw` is what a dead letter shows; constants of `--set` go over what the file says. */
export function placed(line: number, items: readonly Item[], raw: unknown, constants: Constants): SourceItem[] {
  return items.map((item) => {
    if ('skipped' in item) return { line, skipped: item.skipped }
    if ('dead' in item) return { line, kind: 'voices', dead: { ...item.dead, record: raw } }
    const [name, record] = Object.entries(item)[0] as [keyof typeof kinds, object]
    return { line, kind: kinds[name], record: tidy({ ...record, ...constants[name] }) }
  })
}

/** Facts that are not given are not there. */
function tidy(record: Record<string, unknown>): Record<string, unknown> {
  for (const field of ['facts', 'props', 'attributes']) {
    const values = record[field]
    if (typeof values !== 'object' || values === null) continue
    const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null)
    record[field] = given.length > 0 || field !== 'facts' ? Object.fromEntries(given) : undefined
  }
  return record
}

export type Constants = Partial<Record<keyof typeof kinds, Record<string, unknown>>>

const numeric = new Set(['rating', 'ratingMin', 'ratingMax', 'turn'])

/**
 * `--set` as constants: a bare field is the voice's, `order.currency` the order's, `event.channel` the event's. What is a setting of the
 * source is none of them.
 */
export function constantsOf({ set, zone }: SourceOptions, settings: readonly { id: string }[] = []): Constants {
  const constants: Constants = {}
  for (const [field, text] of Object.entries(set)) {
    if (settings.some(({ id }) => id === field)) continue
    const [, kind = 'voice', name = field] = /^(voice|event|order|product)\.(\w+)$/.exec(field) ?? []
    const value =
      numeric.has(name) && text.trim() !== '' && Number.isFinite(Number(text))
        ? Number(text)
        : /^at$|At$/.test(name)
          ? (parseTime(text, zone) ?? text)
          : text
    constants[kind as keyof typeof kinds] = { ...constants[kind as keyof typeof kinds], [name]: value }
  }
  return constants
}
