import type { Details } from '../index.d.ts'

/** One event on its way. `at` is the device's clock, epoch milliseconds. */
export interface QueuedEvent {
  id: string
  name: string
  at: number
  [field: string]: unknown
}

const MOST_FIELDS = 30
const LONGEST = 500
/** Details that the event itself has a field for. */
const own = ['productId', 'orderId', 'merchantId', 'category']

export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')
}

/** Details as the wire takes them: the ids beside the name, everything else flat and cut to size. */
export function fieldsOf(details: Details): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  const props: Record<string, unknown> = {}
  let count = 0
  for (const key of Object.keys(details)) {
    const value = plain(details[key])
    if (value === undefined) continue
    if (own.indexOf(key) >= 0) fields[key] = String(value)
    else if (count++ < MOST_FIELDS) props[key.slice(0, 80)] = value
  }
  fields.props = props
  return fields
}

function plain(value: unknown): unknown {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  const text = typeof value === 'object' ? asJson(value) : typeof value === 'string' ? value : undefined
  return text === undefined ? undefined : text.slice(0, LONGEST)
}

function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}
