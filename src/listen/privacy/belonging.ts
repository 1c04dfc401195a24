import type { TenantId } from '../../core/tenant.ts'
import type { Kept, RecordKind } from '../kinds.ts'
import type { Key } from '../known.ts'
import { mask, pseudonym } from '../mask.ts'

/** What leads to one customer's records, also to those that do not name them: what an agent said, what was done before signing in. */
export interface Belonging {
  tenant: TenantId
  /** The references under which the customer is known here. */
  names: readonly string[]
  conversations: ReadonlySet<string>
  sessions: ReadonlySet<string>
  orders: ReadonlySet<string>
  /** The customer's voices that the analytic store has. */
  voices: readonly (Key & { text: string })[]
}

/** A reference as a person types it (a telephone, an e-mail address, an id of the shop), and as it is stored. */
export function namesOf(reference: string): string[] {
  const typed = reference.trim()
  return [...new Set([typed, pseudonym(typed)])].filter((name) => name !== '')
}

/** What is left of a telephone in a text that quotes it. Of an e-mail address too little is left to tell whose it is. */
export function maskedNames(reference: string): string[] {
  const masked = mask(reference.trim())
  return masked !== reference.trim() && /^[0-9]{3}\*{4}[0-9]{4}$/.test(masked) ? [masked] : []
}

/** Whether a record of the inbox is the customer's. One that names somebody else never is. */
export function belongs(
  kind: RecordKind,
  record: Kept,
  { names, conversations, sessions, orders }: Belonging,
): boolean {
  if (kind === 'products') return false
  const { customerRef, conversation, session, orderId, id } = record as { [field: string]: unknown } as Record<
    string,
    string | undefined
  >
  if (customerRef !== undefined && customerRef !== '') return names.includes(customerRef)
  if (kind === 'orders') return orders.has(id!)
  return (
    (orderId !== undefined && orders.has(orderId)) ||
    (kind === 'voices'
      ? conversation !== undefined && conversations.has(conversation)
      : session !== undefined && sessions.has(session))
  )
}

/** An order as the books need it: what was bought, when, for how much, and what became of it. */
export function detachOrder(order: Kept<'orders'>): Kept<'orders'> {
  const lines = order.lines.map((line) => ({ ...line, returnReason: undefined }))
  return { ...order, customerRef: undefined, city: undefined, facts: {}, lines }
}
