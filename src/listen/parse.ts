import type { z } from 'zod'
import { isZone } from '../core/clock.ts'
import { type Input, type RecordKind, schemas } from './kinds.ts'
import { mask } from './mask.ts'
import { quickEvent, quickVoice } from './quick.ts'
import { because, knownReason, type Reason } from './reasons/reason.ts'

export type Parsed = { ok: true; record: Input } | { ok: false; field: string; reason: Reason }

/** One record against its kind's schema. The first thing wrong with it is the reason it is refused. */
export function parse(kind: RecordKind, raw: unknown): Parsed {
  const quick = kind === 'events' ? quickEvent(raw) : kind === 'voices' ? quickVoice(raw) : undefined
  return quick ? withKnownZone(quick) : parseBySchema(kind, raw)
}

/** What `parse` says, by the schema alone. */
export function parseBySchema(kind: RecordKind, raw: unknown): Parsed {
  const result = schemas[kind].safeParse(raw)
  return result.success ? withKnownZone(wellFormed(result.data) as Input) : refused(result.error.issues[0]!, raw)
}

function withKnownZone(record: Input): Parsed {
  const zone = 'zone' in record ? record.zone : undefined
  if (zone !== undefined && !isZone(zone))
    return {
      ok: false,
      field: 'zone',
      reason: because('zone_unknown', { zone: mask(plain(zone)) }),
    }
  return { ok: true, record }
}

/** Half a surrogate pair is no character: no UTF-8 store could give it back, so it becomes U+FFFD before anything is derived from it. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  const target = value as Record<string, unknown>
  for (const key in target) {
    const before = target[key]
    if (typeof before !== 'string' && typeof before !== 'object') continue
    const after = wellFormed(before)
    if (after !== before) target[key] = after
  }
  return value
}

function refused(issue: z.core.$ZodIssue, raw: unknown): Parsed {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    return { ok: false, field: mask(plain([...path, key].join('.'))), reason: because('not_known') }
  }
  return { ok: false, field: mask(plain(path.join('.'))), reason: reasonOf(issue, valueAt(raw, issue.path)) }
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

const names: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  object: 'an object',
}
const nameOf = (type: string): string => names[type] ?? type

function reasonOf(issue: z.core.$ZodIssue, value: unknown): Reason {
  if (issue.code === 'custom') return knownReason(issue.message)
  if (value === undefined && issue.path.length > 0) return because('missing')
  switch (issue.code) {
    case 'invalid_type':
      return because('wrong_type', { expected: nameOf(issue.expected), found: shown(value) })
    case 'invalid_value':
      return because('not_one_of', { found: shown(value), values: plain(issue.values.map(String).join(', ')) })
    case 'invalid_union':
      return issue.path.at(-1)?.toString().endsWith('t')
        ? because('no_time', { found: shown(value) })
        : because('does_not_fit', { found: shown(value) })
    case 'too_big':
      return issue.origin === 'string'
        ? because('too_long', { most: Number(issue.maximum) })
        : because('too_large', { most: Number(issue.maximum) })
    case 'too_small':
      return Number(issue.minimum) <= 1 && issue.origin !== 'number'
        ? because('empty')
        : because('too_small', { least: Number(issue.minimum) })
    default:
      return knownReason(issue.message)
  }
}

function shown(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  // A reason is stored, answered and logged: what it quotes is masked before it is cut.
  const text = mask(String(value).slice(0, 200))
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`
}

/** Text that PostgreSQL can hold as it is: no NUL, no half surrogates, of a length that a person reads. */
export function plain(text: string, most = 300): string {
  return text.toWellFormed().replaceAll('\u0000', '\u2400').slice(0, most).toWellFormed()
}
