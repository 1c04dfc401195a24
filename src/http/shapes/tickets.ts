import { z } from 'zod'

export const ticketStates = ['open', 'answered', 'closed'] as const
export const ticket = z.object({
  id: z.string(),
  findingId: z.string().nullable(),
  title: z.object({ zh: z.string(), en: z.string() }),
  department: z.string(),
  state: z.enum(ticketStates),
  createdBy: z.string(),
  createdAt: z.number(),
  firstAnswerDueAt: z.number(),
  closeDueAt: z.number(),
  firstAnsweredAt: z.number().nullable(),
  closedAt: z.number().nullable(),
})
export type Ticket = z.infer<typeof ticket>
export const ticketDetail = ticket.extend({
  changes: z.array(z.object({ at: z.number(), actor: z.string(), from: z.string(), to: z.string(), note: z.string() })),
})
export type TicketDetail = z.infer<typeof ticketDetail>
