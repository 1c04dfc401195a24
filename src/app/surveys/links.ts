import { csv } from '../report/csv.ts'

/** The single-use link of an invitation that is still open. Whoever holds it may answer in the customer's place. */
export interface OpenLink {
  customerRef: string
  orderId: string
  invitedAt: number
  expiresAt: number
  link: string
}

const COLUMNS = ['customer_ref', 'order_id', 'invited_at', 'expires_at', 'link'] as const

/** Links as CSV, for the channel in which the shop writes to its customers. */
export function linkSheet(links: readonly OpenLink[]): string {
  const rows = links.map(({ customerRef, orderId, invitedAt, expiresAt, link }) => {
    return [customerRef, orderId, new Date(invitedAt).toISOString(), new Date(expiresAt).toISOString(), link]
  })
  return csv([COLUMNS, ...rows])
}
