import { z } from 'zod'

/** A mail server of the tenant's, and whose letters it carries to whom: the API's shape, and the form's. */
export const mailbox = z.strictObject({
  host: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^(?!-)[a-z0-9.-]{1,253}$|^[0-9a-f:]{2,45}$/, 'a host name or an IP address, without scheme and port'),
  port: z.number().int().min(1).max(65_535),
  /** From the first byte on, by STARTTLS before anything is said, or in the open where the operator gave leave. */
  security: z.enum(['tls', 'starttls', 'none']),
  /** Empty where the server asks for no name. */
  user: z.string().trim().max(320).default(''),
  from: z.email().max(320),
  to: z.array(z.email().max(320)).min(1).max(20),
})
export type Mailbox = z.infer<typeof mailbox>

/** A message as a letter. */
export interface Mail {
  subject: string
  text: string
  html: string
  /** The same for the same news to the same people: a mail program shows it once. */
  messageId: string
}
