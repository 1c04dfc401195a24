import { cell } from '../report/csv.ts'

/** The single-use link of an invitation that is still open. Whoever holds it may answer in the customer's place. */
export interface OpenLink {
  customerRef: string
  orderId: string
  invitedAt: number
  expiresAt: number
  link: string
}

const COLUMNS = ['customer_ref', 'order_id', 'invited_at', 'expires_at', 'link'] as const

/** Links as CSV (RFC 4180), for the channel in which the shop writes to its customers. */
export function linkSheet(links: readonly OpenLink[]): string {
  const rows = links.map(({ customerRef, orderId, invitedAt, expiresAt, link }) =>
    [customerRef, orderId, new Date(invitedAt).toISOString(), new Date(expiresAt).toISOString(), link]
      .map(cell)
      .join(','),
  )
  return `\uFEFF${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`
}
