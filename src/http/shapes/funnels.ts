import { z } from 'zod'
import { funnelDefinition } from '../../app/funnels/shape.ts'
import { change, estimate, named, period } from './basics.ts'

export { funnelDefinition }
export type Funnel = z.infer<typeof funnelDefinition>
export type FunnelStepDefinition = Funnel['steps'][number]

/** `own`: the tenant keeps it; the others every tenant has. */
export const keptFunnel = z.object({
  id: z.string(),
  zh: z.string(),
  en: z.string(),
  funnel: funnelDefinition,
  own: z.boolean(),
})
export type KeptFunnel = z.infer<typeof keptFunnel>

/** GET /funnels/parts */
export const funnelParts = z.object({
  events: z.array(named.extend({ n: z.number() })),
  channels: z.array(z.string()),
  sources: z.array(z.string()),
  props: z.array(z.string()),
})
export type FunnelParts = z.infer<typeof funnelParts>

/** GET /funnels/result. Shares are of sessions or customers, `seconds` since the step before. */
export const funnelResult = z.object({
  id: z.string(),
  funnel: funnelDefinition,
  period,
  steps: z.array(z.object({ reached: z.number(), ofFirst: estimate, ofPrevious: estimate, seconds: estimate })),
  /** Who has not come through but still may: the window was open when the data end. */
  open: z.number(),
  groups: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      n: z.number(),
      steps: z.array(estimate),
      change: change.nullable(),
    }),
  ),
})
export type FunnelResult = z.infer<typeof funnelResult>

const beside = z.object({ key: z.string(), lost: estimate, went: estimate, change: change.nullable() })

/** GET /funnels/drop-off */
export const dropOff = z.object({
  period,
  step: z.number(),
  lost: z.number(),
  went: z.number(),
  /** Of the lost, who did nothing more within the window. */
  left: estimate,
  did: z.array(beside),
  customers: z.object({ lost: z.number(), went: z.number() }),
  wrote: beside,
  said: z.array(beside),
  voices: z.array(z.object({ id: z.string(), day: z.string(), at: z.number(), text: z.string(), lost: z.boolean() })),
})
export type DropOff = z.infer<typeof dropOff>

/** GET /funnels/reached and /live/reached: sessions or customers (masked) that reached a step, with the moments of all steps that they reached. */
export const reached = z.object({
  total: z.number(),
  rows: z.array(z.object({ unit: z.string(), at: z.number(), times: z.array(z.number()), wentOn: z.boolean() })),
  next: z.string().nullable(),
})
export type Reached = z.infer<typeof reached>

const part = z.object({ k: z.number(), n: z.number() })
const arrivals = z.array(z.object({ n: z.number(), went: z.number() }))

const liveFigures = z.object({
  steps: z.array(
    z.object({
      arrived: z.number(),
      /** A usual day's count; the interval is that of one more day, n is days. */
      usualArrived: estimate,
      went: estimate.nullable(),
      usualWent: estimate.nullable(),
      change: change.nullable(),
      extraLost: z.number(),
    }),
  ),
  bins: z.array(z.object({ at: z.number(), now: arrivals, usual: arrivals })),
  usualDays: z.number(),
  trouble: z
    .object({
      step: z.number(),
      everywhere: z.boolean(),
      places: z.array(
        z.object({
          by: z.string(),
          value: z.string(),
          now: part,
          usual: part,
          extraLost: estimate,
          shareOfDrop: z.number(),
        }),
      ),
    })
    .nullable(),
})
export type LiveFigures = z.infer<typeof liveFigures>

/** GET /live. `asOf` is the moment of looking: now, or where the last event is older (`stale`), the minute of that event. */
export const live = z.object({
  id: z.string(),
  funnel: funnelDefinition,
  span: z.enum(['hour', 'today']),
  lastEventAt: z.number().nullable(),
  asOf: z.number().nullable(),
  /** Everything that was acknowledged up to here is counted; `waiting` records are not yet. */
  completeUntil: z.number().nullable(),
  waiting: z.number(),
  stale: z.boolean(),
  figures: liveFigures.nullable(),
})
export type Live = z.infer<typeof live>
