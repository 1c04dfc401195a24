import { z } from 'zod'
import { ruleDraft } from '../../core/alert-rule.ts'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'
import {
  alarmRows,
  alertList,
  alertPreview,
  alertRules,
  incident,
  incidentDetail,
  pastIncidents,
  tenantRule,
} from '../shapes.ts'

const byId = z.object({ id: z.string().max(80) })
const note = z.string().trim().max(500).default('')
const series = { rule: z.string().max(80), dimension: z.string().max(40), segment: z.string().max(200) }

const handling = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('acknowledge'), note }),
  z.strictObject({ what: z.literal('snooze'), until: z.number().int(), note }),
  z.strictObject({ what: z.literal('wake'), note }),
  z.strictObject({ what: z.literal('false_alarm'), note }),
  z.strictObject({ what: z.literal('true_alarm'), note }),
  z.strictObject({ what: z.literal('mute'), ...series, until: z.number().int().nullable().default(null), note }),
])

export const alertEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/alerts',
    summary: 'Incidents, the open ones by urgency, and what the alert budget says',
    right: 'read',
    answer: alertList,
    run: async ({ app, tenant, now }) => ok(await app.alerts.list(tenant, now)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/alerts/past',
    summary: 'Incidents that are over, the latest first, page by page',
    right: 'read',
    query: z.object({ cursor: z.string().max(2_000).optional() }),
    answer: pastIncidents,
    run: async ({ app, tenant, query, now }) => app.alerts.past(tenant, query.cursor, now),
  }),
  defineEndpoint({
    method: 'get',
    path: '/alerts/{id}',
    summary: 'One incident: its series against what was expected, its history, and rows behind it',
    right: 'read',
    params: byId,
    query: z.object(series).partial(),
    answer: incidentDetail,
    run: async ({ app, tenant, params, query, now }) => {
      const found = await app.alerts.detail(tenant, params.id, query, now)
      return found ? ok(found) : notFound(`incident ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/alerts/{id}/evidence',
    summary:
      'The records that count in one of its series, the latest first, twenty from the `offset`th on: of the stretch that the headline tells of (`peak`), or of the whole incident',
    right: 'read',
    params: byId,
    query: z.object({
      ...z.object(series).partial().shape,
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
      span: z.enum(['peak', 'whole']).default('peak'),
    }),
    answer: alarmRows,
    run: async ({ app, tenant, params, query, now }) => {
      const found = await app.alerts.evidence(tenant, params.id, query, now)
      return found ? ok(found) : notFound(`incident ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/alerts/{id}/handle',
    summary: 'Acknowledge, snooze or wake an incident, mute one of its series, or say that it was a false alarm',
    right: 'write',
    params: byId,
    body: handling,
    answer: incident,
    run: async ({ app, tenant, params, body, caller, now }) => {
      const { note, ...what } = body
      const handled = await app.alerts.handle(tenant, params.id, what, { actor: caller.actor, note, now })
      return handled ? ok(handled) : notFound(`incident ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/alerts/{id}/split',
    summary:
      'Take some series out of an incident into one of its own, which is answered; no later round puts them together again',
    right: 'write',
    params: byId,
    body: z.strictObject({ series: z.array(z.strictObject(series)).min(1).max(200), note }),
    answer: incident,
    run: async ({ app, tenant, params, body, caller, now }) =>
      (await app.alerts.split(tenant, params.id, body.series, { actor: caller.actor, note: body.note, now })) ??
      notFound(`incident ${params.id}`),
  }),
  defineEndpoint({
    method: 'post',
    path: '/alerts/{id}/merge',
    summary: 'Put another open incident into this one',
    right: 'write',
    params: byId,
    body: z.strictObject({ other: z.string().max(80), note }),
    answer: incident,
    run: async ({ app, tenant, params, body, caller, now }) =>
      (await app.alerts.merge(tenant, params.id, body.other, { actor: caller.actor, note: body.note, now })) ??
      notFound(`incident ${params.id} or ${body.other}`),
  }),
  defineEndpoint({
    method: 'post',
    path: '/alerts/{id}/ticket',
    summary: 'Send the incident to the department that owns it, once',
    right: 'write',
    params: byId,
    answer: incident,
    run: async ({ app, tenant, params, caller, now }) => {
      const sent = await app.alerts.ticket(tenant, params.id, caller.actor, now)
      return sent ? ok(sent) : notFound(`incident ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/alerts/unmute',
    summary: 'Hear of a muted series again',
    right: 'write',
    body: z.strictObject(series),
    answer: z.null(),
    run: async ({ app, tenant, body }) =>
      (await app.alerts.unmute(tenant, body)) ? ok(null) : notFound(`muted series ${body.rule} ${body.segment}`),
  }),
  defineEndpoint({
    method: 'post',
    path: '/alerts/preview',
    summary: 'What a rule would have told in the last month of the data; nothing is kept',
    right: 'read',
    body: ruleDraft,
    answer: alertPreview,
    run: async ({ app, tenant, body, now }) => app.alerts.preview(tenant, body, now),
  }),
  defineEndpoint({
    method: 'get',
    path: '/alert-rules',
    summary: 'The rules, built in and own, and what can be watched',
    right: 'read',
    answer: alertRules,
    run: async ({ app, tenant }) =>
      ok({ rules: await app.alerts.rules.list(tenant), watchable: await app.alerts.rules.watchable(tenant) }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/alert-rules',
    summary: 'Add a rule; it judges what comes from now on',
    right: 'write',
    body: ruleDraft,
    answer: tenantRule,
    run: async ({ app, tenant, body, caller, now }) =>
      app.alerts.rules.save(tenant, null, body, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/alert-rules/{id}',
    summary: 'Change a rule, or switch it on or off',
    right: 'write',
    params: byId,
    body: ruleDraft,
    answer: tenantRule,
    run: async ({ app, tenant, params, body, caller, now }) =>
      app.alerts.rules.save(tenant, params.id, body, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/alert-rules/{id}/snooze',
    summary: 'Let a rule rest until a moment, or wake it',
    right: 'write',
    params: byId,
    body: z.object({ until: z.number().int().nullable() }),
    answer: tenantRule,
    run: async ({ app, tenant, params, body, caller, now }) =>
      app.alerts.rules.snooze(tenant, params.id, body.until, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/alert-rules/{id}',
    summary: 'Take a rule of one’s own away',
    right: 'write',
    params: byId,
    answer: z.null(),
    run: async ({ app, tenant, params, caller, now }) => app.alerts.rules.remove(tenant, params.id, caller.actor, now),
  }),
]
