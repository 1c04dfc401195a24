import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'
import {
  comparingTrouble,
  effect,
  finding,
  findingDetail,
  intervention,
  period,
  ticket,
  ticketDetail,
  ticketStates,
} from '../shapes.ts'

const byId = z.object({ id: z.string().max(80) })

export const actEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/findings',
    summary: 'What goes with returns, low ratings and NPS, the first to act on first',
    right: 'read',
    answer: z.object({
      findings: z.array(finding),
      ready: z.boolean(),
      trouble: comparingTrouble.nullable(),
      period: period.nullable(),
      shortened: z.boolean(),
      candidates: z.number(),
    }),
    run: async ({ app, tenant }) => ok(await app.findings.list(tenant)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/findings/{id}',
    summary: 'One finding with its checks, evidence and counter-evidence',
    right: 'read',
    params: byId,
    answer: findingDetail,
    run: async ({ app, tenant, params }) => {
      const detail = await app.findings.detail(tenant, params.id)
      return detail ? ok(detail) : notFound(`finding ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/findings/{id}/ticket',
    summary: 'Send the finding to the department that owns it; the one still open is returned if there is one',
    right: 'write',
    params: byId,
    answer: ticketDetail,
    run: async ({ app, tenant, params, caller, now }) => {
      const made = await app.act.ticketFromFinding(tenant, params.id, caller.actor, now)
      return made ? ok(made) : notFound(`finding ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/findings/{id}/intervention',
    summary: 'Put a change on record that was made because of the finding: what, when, to which products',
    right: 'write',
    params: byId,
    body: z.object({
      what: z.string().trim().min(1).max(300),
      at: z.number().int(),
      productIds: z.array(z.string().min(1).max(200)).min(1).max(5_000),
      margin: z.number().min(0).max(1).default(0.01),
    }),
    answer: intervention,
    run: async ({ app, tenant, params, body, caller, now }) => {
      const made = await app.act.interveneOnFinding(tenant, params.id, body, caller.actor, now)
      return made ? ok(made) : notFound(`finding ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/tickets',
    summary: 'All tickets, the running deadlines first',
    right: 'read',
    answer: z.object({ tickets: z.array(ticket) }),
    run: async ({ app, tenant }) => ok({ tickets: await app.act.tickets(tenant) }),
  }),
  defineEndpoint({
    method: 'get',
    path: '/tickets/{id}',
    summary: 'One ticket with its changes of state',
    right: 'read',
    params: byId,
    answer: ticketDetail,
    run: async ({ app, tenant, params }) => {
      const found = await app.act.ticket(tenant, params.id)
      return found ? ok(found) : notFound(`ticket ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/tickets/{id}/state',
    summary: 'Answer, close or re-open a ticket; the change goes on record with its note',
    right: 'write',
    params: byId,
    body: z.object({ to: z.enum(ticketStates), note: z.string().max(2_000).default('') }),
    answer: ticketDetail,
    run: async ({ app, tenant, params, body, caller, now }) =>
      app.act.moveTicket(tenant, params.id, { ...body, actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'get',
    path: '/effects',
    summary: 'Every intervention with what it did',
    right: 'read',
    answer: z.object({ effects: z.array(effect) }),
    run: async ({ app, tenant, now }) => ok({ effects: await app.effects.list(tenant, now) }),
  }),
  defineEndpoint({
    method: 'get',
    path: '/effects/{id}',
    summary: 'One intervention: verdict, effect with interval, the untouched products beside it',
    right: 'read',
    params: byId,
    answer: effect,
    run: async ({ app, tenant, params, now }) => {
      const found = await app.effects.detail(tenant, params.id, now)
      return found ? ok(found) : notFound(`effect ${params.id}`)
    },
  }),
]
