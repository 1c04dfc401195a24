import { z } from 'zod'
import { estimate, period } from './basics.ts'
import { finding } from './findings.ts'
import { indicatorSummary } from './indicators.ts'
import { ticket } from './tickets.ts'

/** GET /overview */
export const overview = z.object({
  period,
  previous: period,
  indicators: z.array(indicatorSummary),
  findings: z.array(finding),
  findingCount: z.number(),
  /** False while the engine is still comparing after new data. */
  findingsReady: z.boolean(),
  worstTouchpoints: z.array(z.object({ id: z.string(), score: estimate })),
  voices: z.object({
    total: z.number(),
    /** Of the voices that could be read. */
    negative: estimate,
    perDay: z.array(z.object({ day: z.string(), total: z.number(), read: z.number(), negative: z.number() })),
  }),
  dueTickets: z.array(ticket),
})
export type Overview = z.infer<typeof overview>
