import { z } from 'zod'
import { ruleDraft, segmentations } from '../../core/alert-rule.ts'

const words = z.object({ zh: z.string(), en: z.string() })

/** One step of a series: a count, a share or a mean, with what its own past let expect. */
const alertPoint = z.object({
  at: z.number(),
  value: z.number().nullable(),
  n: z.number(),
  expected: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  p: z.number().nullable(),
  direction: z.enum(['up', 'down']).nullable(),
  /** Where it took several steps to see it: their length together, and the share or the sum over them with what was expected of it. */
  window: z
    .object({
      ms: z.number(),
      value: z.number(),
      n: z.number(),
      expected: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    })
    .nullable(),
})
export type AlertPoint = z.infer<typeof alertPoint>

const series = z.object({ dimension: z.string(), segment: z.string(), label: words })
const unit = z.enum(['count', 'share', 'mean'])
const step = z.enum(['minutes', 'hour', 'day'])
const alarmed = series.extend({
  ruleId: z.string(),
  name: words,
  unit,
  step,
  alarms: z.number(),
  peak: alertPoint,
})
export type AlertSeries = z.infer<typeof alarmed>

const shown = z.object({
  name: words,
  watch: z.string(),
  unit,
  step,
  /** What, where, since when, how much against what was expected. */
  headline: words,
  lead: alarmed,
  series: z.array(alarmed),
  urgency: z.number(),
  owner: z.string(),
})

export const incident = shown.extend({
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  direction: z.enum(['up', 'down']),
  state: z.enum(['open', 'closed']),
  since: z.number(),
  lastAt: z.number(),
  /** From when on it could be seen, in the time of the data: the end of the step that showed it. */
  foundAt: z.number(),
  /** When it was judged, by the clock: the records may have come long after they happened. */
  createdAt: z.number(),
  /** It was found long after it happened, as when old data are imported. */
  past: z.boolean(),
  snoozedUntil: z.number().nullable(),
  falseAlarm: z.boolean(),
  acknowledgedBy: z.string().nullable(),
  ticketId: z.string().nullable(),
  /** False in quiet hours, while it is snoozed, and where it waits for the daily digest. */
  told: z.boolean(),
})
export type Incident = z.infer<typeof incident>

export const alertList = z.object({
  open: z.array(incident),
  past: z.array(incident),
  /** The cursor of those before them (`GET /alerts/past`); null where these are all. */
  olderPast: z.string().nullable(),
  /** The series that nobody wants to hear of. */
  mutes: z.array(
    series.extend({
      ruleId: z.string(),
      name: words,
      until: z.number().nullable(),
      by: z.string(),
      at: z.number(),
    }),
  ),
  /** The last whole day that was judged: what was found, what was over, what went on. */
  digest: z.object({
    day: z.string(),
    found: z.array(z.string()),
    over: z.array(z.string()),
    open: z.array(z.string()),
  }),
  /** At most so many false alarms a week are expected, for a hundred series and for all there are, and what the last week of the data brought. */
  budget: z.object({ perHundred: z.number(), perWeek: z.number(), found: z.number(), falseAlarms: z.number() }),
  series: z.number(),
  judgedUntil: z.number().nullable(),
  ready: z.boolean(),
})
export type AlertList = z.infer<typeof alertList>

/** GET /alerts/past */
export const pastIncidents = z.object({ past: z.array(incident), older: z.string().nullable() })
export type PastIncidents = z.infer<typeof pastIncidents>

const alarmRow = z.object({
  table: z.enum(['voices', 'mentions', 'events', 'orders', 'sessions']),
  id: z.string(),
  at: z.number(),
  name: z.string(),
  /** What an event of that name is called. */
  what: words,
  orderId: z.string(),
  productId: z.string(),
  city: z.string(),
  /** Whose it is, masked. */
  customer: z.string(),
})

/** GET /alerts/{id}/evidence */
export const alarmRows = z.object({ total: z.number(), rows: z.array(alarmRow) })
export type AlarmRows = z.infer<typeof alarmRows>

export const incidentDetail = incident.extend({
  chart: alarmed.extend({ points: z.array(alertPoint), alarmsAt: z.array(z.number()) }),
  history: z.array(z.object({ at: z.number(), actor: z.string(), what: z.string(), note: z.string() })),
  /** The latest rows that count in the stretch that the headline tells of, and how many there are: as many as its figure says. */
  evidence: z.array(alarmRow),
  evidenceTotal: z.number(),
})
export type IncidentDetail = z.infer<typeof incidentDetail>

const alertRule = ruleDraft.extend({ id: z.string() })
export type AlertRule = z.infer<typeof alertRule>
export type AlertRuleDraft = z.infer<typeof ruleDraft>

export const tenantRule = z.object({
  rule: alertRule,
  builtin: z.boolean(),
  judgedFrom: z.number().nullable(),
  /** Why it cannot be judged: its indicator is listed no more, is there no more, or is a percentile. */
  rests: z.enum(['retired', 'gone', 'percentile']).nullable(),
  /** What is watched, by name; null where it is there no more. */
  watched: words.nullable(),
  snoozedUntil: z.number().nullable(),
  changedBy: z.string(),
  changedAt: z.number().nullable(),
})
export type TenantRule = z.infer<typeof tenantRule>

export const alertRules = z.object({
  rules: z.array(tenantRule),
  watchable: z.array(
    z.object({
      id: z.string(),
      zh: z.string(),
      en: z.string(),
      unit,
      by: z.array(z.enum(segmentations)),
      bad: z.enum(['up', 'down', 'both']),
      owner: z.string(),
      /** Put together by the tenant. */
      own: z.boolean(),
    }),
  ),
})
export type AlertRules = z.infer<typeof alertRules>

/** What a rule would have told in the last month of the data. */
export const alertPreview = z.object({
  count: z.number(),
  incidents: z.array(shown.extend({ since: z.number(), lastAt: z.number() })),
  series: z.number(),
  from: z.number(),
  to: z.number(),
  chart: series.extend({ points: z.array(alertPoint) }).nullable(),
})
export type AlertPreview = z.infer<typeof alertPreview>
