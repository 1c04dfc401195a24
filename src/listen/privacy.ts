import type { Kept, RecordKind } from './kinds.ts'
import { mask, pseudonym } from './mask.ts'

/** A record with the personal data masked in every free text it has, and references that are personal data made pseudonyms. */
export function maskRecord(kind: RecordKind, record: Kept): Kept {
  switch (kind) {
    case 'voices': {
      const voice = record as Kept<'voices'>
      voice.text = mask(voice.text)
      if (voice.facts) maskValues(voice.facts)
      break
    }
    case 'events': {
      maskValues((record as Kept<'events'>).props)
      break
    }
    case 'orders':
      for (const line of (record as Kept<'orders'>).lines)
        if (line.returnReason !== undefined) line.returnReason = mask(line.returnReason)
      break
    case 'products':
      return record
  }
  const person = record as { customerRef?: string }
  if (person.customerRef !== undefined) person.customerRef = pseudonym(person.customerRef)
  return record
}

function maskValues(values: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(values)) if (typeof value === 'string') values[key] = mask(value)
}

/** Fields that say which and when, not what was said: a long order number is not a bank card. */
const structural = new Set(
  `id kind speaker lang metric rating ratingMin ratingMax at zone orderId productId merchantId category conversation turn
  channel simulated name session touchpoint currency quantity amountMinor refundMinor orderedAt promisedAt shippedAt deliveredAt
  installPromisedAt installedAt cancelledAt returnedAt updatedAt type`.split(/\s+/),
)
const DEEPEST = 8
const LONGEST = 20_000

/** A refused record as text for the dead-letter list: as it came, masked, so that a person can see, mend and replay it. */
export function maskedText(raw: unknown): string {
  const text = typeof raw === 'string' ? mask(raw) : (JSON.stringify(maskedValue('', raw, 0)) ?? 'null')
  return (text.length > LONGEST ? text.slice(0, LONGEST) : text).toWellFormed().replaceAll('\u0000', '\u2400')
}

function maskedValue(key: string, value: unknown, depth: number): unknown {
  if (depth > DEEPEST) return '…'
  if (Array.isArray(value)) return value.slice(0, 1_000).map((item) => maskedValue(key, item, depth + 1))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskedValue(name, inner, depth + 1)]))
  }
  if (structural.has(key)) return value
  if (typeof value === 'string') return key === 'customerRef' ? pseudonym(value) : mask(value)
  if (typeof value === 'number' && mask(String(value)) !== String(value)) return mask(String(value))
  return value
}
