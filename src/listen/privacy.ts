import type { Kept, RecordKind } from './kinds.ts'
import { mask, pseudonym, pseudonymOfContact } from './mask.ts'
import { fieldOf, holdsPerson } from './masking/fields.ts'

/** A record with the personal data masked in every free text it has, and references that are personal data made pseudonyms. */
export function maskRecord(kind: RecordKind, record: Kept): Kept {
  if (kind === 'products') return record
  if (kind === 'voices') {
    const voice = record as Kept<'voices'>
    voice.text = mask(voice.text)
    if (voice.facts) maskFacts(voice.facts)
    if (voice.conversation !== undefined) voice.conversation = pseudonymOfContact(voice.conversation)
  } else if (kind === 'events') {
    const event = record as Kept<'events'>
    maskFacts(event.props)
    if (event.session !== undefined) event.session = pseudonymOfContact(event.session)
  } else {
    const order = record as Kept<'orders'>
    maskFacts(order.facts)
    for (const line of order.lines) if (line.returnReason !== undefined) line.returnReason = mask(line.returnReason)
  }
  const person = record as { customerRef?: string; city?: string }
  if (person.customerRef !== undefined) person.customerRef = pseudonym(person.customerRef)
  if (person.city !== undefined) person.city = mask(person.city)
  return record
}

/** What goes by the name of a telephone or an address is one, however it is written; `name` alone is as often a product's. */
function maskFacts(facts: Record<string, unknown>): void {
  for (const key of Object.keys(facts)) {
    const value = facts[key]
    if (typeof value === 'boolean' || value === null || value === '') continue
    const field = fieldOf(key)
    if (field === 'contact' || field === 'person') facts[key] = hidden(field, value)
    else if (typeof value === 'string') facts[key] = mask(value)
    else if (typeof value === 'number' && field !== 'id' && field !== 'time') {
      const written = String(value)
      const masked = mask(written)
      if (masked !== written) facts[key] = masked
    }
  }
}

/** Fields of our own that say which and when, not what was said: a long order number is not a bank card. */
const structural = new Set(
  `id kind speaker lang metric rating ratingMin ratingMax at zone orderId productId merchantId category turn channel simulated
  touchpoint currency quantity amountMinor refundMinor orderedAt promisedAt shippedAt deliveredAt installPromisedAt installedAt
  cancelledAt returnedAt updatedAt type`.split(/\s+/),
)
const said = new Set(['text', 'returnReason', 'name', 'city'])
const references = new Set(['customerRef', 'conversation', 'session'])
const DEEPEST = 8
const WIDEST = 1_000
const LONGEST = 20_000

/**
 * A refused record as text for the dead-letter list: as it came, masked, so that a person can see, mend and replay it. It may be
 * anything that a vendor sends: what is named as personal goes whole, and of a long number under an unknown name little is left.
 */
export function maskedText(raw: unknown): string {
  const text = typeof raw === 'string' ? maskedLine(raw) : (JSON.stringify(maskedValue('', raw, '', 0)) ?? 'null')
  return (text.length > LONGEST ? text.slice(0, LONGEST) : text).toWellFormed().replaceAll('\u0000', '\u2400')
}

function maskedValue(key: string, value: unknown, within: string, depth: number): unknown {
  if (depth > DEEPEST) return '…'
  if (Array.isArray(value)) return value.slice(0, WIDEST).map((item) => maskedValue(key, item, within, depth + 1))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .slice(0, WIDEST)
        .map(([name, inner]) => [mask(name.slice(0, 200)), maskedValue(name, inner, key || within, depth + 1)]),
    )
  if (typeof value === 'boolean' || value === null || value === undefined || value === '') return value
  if (structural.has(key)) return typeof value === 'string' ? value.slice(0, LONGEST) : value
  const field = fieldOf(key, within)
  if (field === 'person' || field === 'contact') return hidden(field, value)
  if (typeof value !== 'string') return field === 'id' || field === 'time' ? value : shortened(value)
  const cut = value.slice(0, LONGEST)
  if (key === 'customerRef') return pseudonym(cut)
  if (references.has(key) || field === 'id') return pseudonymOfContact(cut)
  return said.has(key) && !holdsPerson(within) ? mask(cut) : withoutNumbers(mask(cut), field === 'time')
}

/** A contact is what the same person is known by elsewhere: it stays comparable. Of a name or an address nothing is needed. */
const hidden = (field: 'person' | 'contact', value: unknown): string => {
  const written = String(value)
  const known = pseudonym(written)
  return field === 'contact' && known !== written ? known : '***'
}

const LONG = /[0-9]{7,}/g
const shortened = (value: unknown): unknown =>
  /[0-9]{7}/.test(String(value)) ? withoutNumbers(String(value), false) : value
const withoutNumbers = (text: string, isTime: boolean): string =>
  isTime ? text : text.replace(LONG, (digits) => `${digits.slice(0, 3)}****`)

/**
 * A line that is no record at all; what stands in it as `"phone": "…"` is seen even so. Ids keep their digits: an invisible sign holds
 * them apart while long numbers are shortened.
 */
function maskedLine(line: string): string {
  const cut = line.slice(0, LONGEST)
  const named = cut.replace(
    /("?)([\p{L}_][\p{L}\p{N}_ -]{0,40})\1(\s{0,3}[:=]\s{0,3})("[^"\n]{0,300}"?|[^\s,;"{}[\]]{1,300})/gu,
    (whole, quote: string, key: string, sign: string) => {
      const field = fieldOf(key)
      if (field === 'person' || field === 'contact') return `${quote}${key}${quote}${sign}"***"`
      return field === 'id' || field === 'time'
        ? whole.replaceAll(/[0-9]{7,}/g, (digits) => [...digits].join('\u2063'))
        : whole
    },
  )
  return withoutNumbers(mask(named), false).replaceAll('\u2063', '')
}
