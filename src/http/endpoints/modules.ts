import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint } from '../endpoint.ts'
import * as queries from '../queries.ts'
import {
  moduleEvidence,
  moduleFigure,
  moduleGroups,
  moduleList,
  moduleNote,
  moduleOwner,
  moduleReview,
  modulesByCustomer,
  moduleTarget,
  ticket,
} from '../shapes.ts'

const byId = z.object({ id: z.string().max(40) })
const words = (most: number) => z.string().trim().min(1).max(most)

const newNote = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    text: z.string().trim().max(10_000).default(''),
    decisions: z.array(words(500)).max(20).default([]),
    actions: z
      .array(z.object({ what: words(300), department: z.string().max(80), due: z.iso.date().nullable().default(null) }))
      .max(20)
      .default([]),
  })
  .refine(({ from, to }) => from <= to, { path: ['from'], message: 'the period ends before it begins' })
  .refine(({ text, decisions, actions }) => text !== '' || decisions.length + actions.length > 0, {
    path: ['text'],
    message: 'a note says, decides or asks for something',
  })

export const moduleEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/modules',
    summary: 'Fulfilment, support, membership, recommendation: figures against targets, tickets and findings of each',
    right: 'read',
    query: queries.slice,
    answer: moduleList,
    run: async ({ app, tenant, query, now }) => ok(await app.modules.list(tenant, query, now)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/modules/by-customer',
    summary: 'The figures of the modules with an interval that knows that several cases may be one customer’s',
    right: 'read',
    query: queries.slice,
    answer: modulesByCustomer,
    run: async ({ app, tenant, query, now }) => ok({ modules: await app.modules.byCustomer(tenant, query, now) }),
  }),
  defineEndpoint({
    method: 'get',
    path: '/modules/{id}',
    summary:
      'What the review of a module needs: figures, targets, what customers say, findings, tickets, notes, changes',
    right: 'read',
    params: byId,
    query: queries.slice,
    answer: moduleReview,
    run: async ({ app, tenant, params, query, now }) => app.modules.review(tenant, params.id, query, now),
  }),
  defineEndpoint({
    method: 'get',
    path: '/modules/{id}/where',
    summary: 'Where a figure is worse than elsewhere: each group of a dimension against all the others together',
    right: 'read',
    params: byId,
    query: queries.moduleGroups,
    answer: moduleGroups,
    run: async ({ app, tenant, params, query, now }) => app.modules.where(tenant, params.id, query, now),
  }),
  defineEndpoint({
    method: 'get',
    path: '/modules/{id}/evidence',
    summary: 'The voices, orders or events behind a figure of a module',
    right: 'read',
    params: byId,
    query: queries.moduleEvidence,
    answer: moduleEvidence,
    run: async ({ app, tenant, params, query, now }) => app.modules.evidence(tenant, params.id, query, now),
  }),
  defineEndpoint({
    method: 'post',
    path: '/modules/{id}/target',
    summary: 'Set what a figure is to reach, or take it away with null; what it was goes on record',
    right: 'write',
    params: byId,
    body: z.object({ kpi: z.string().max(40), target: moduleTarget.nullable() }),
    answer: z.object({ kpi: z.string(), target: moduleTarget.nullable() }),
    run: async ({ app, tenant, params, body, caller, now }) =>
      app.modules.target(tenant, params.id, body, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/modules/{id}/figures',
    summary: 'Lay one of the tenant’s own indicators into a module, or take it out; what changed goes on record',
    right: 'write',
    params: byId,
    body: moduleFigure,
    answer: moduleFigure,
    run: async ({ app, tenant, params, body, caller, now }) =>
      app.modules.figure(tenant, params.id, body, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/modules/{id}/owner',
    summary: 'Name the department, and the person if you like, who answers for a module',
    right: 'write',
    params: byId,
    body: moduleOwner,
    answer: moduleOwner,
    run: async ({ app, tenant, params, body, caller, now }) =>
      app.modules.owner(tenant, params.id, body, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/modules/{id}/notes',
    summary: 'Keep the note of a review with its decisions; each action in it becomes a ticket',
    right: 'write',
    params: byId,
    body: newNote,
    answer: moduleNote,
    run: async ({ app, tenant, params, body, caller, now }) =>
      app.modules.note(tenant, params.id, body, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/modules/{id}/notes/{note}',
    summary: 'Take a note away; tickets that came of it stay',
    right: 'write',
    params: byId.extend({ note: z.string().max(80) }),
    answer: z.object({ id: z.string() }),
    run: async ({ app, tenant, params }) => app.modules.forgetNote(tenant, params.id, params.note),
  }),
  defineEndpoint({
    method: 'post',
    path: '/modules/{id}/ticket',
    summary: 'Send a figure to the department that owns the module; the ticket still open is returned if there is one',
    right: 'write',
    params: byId,
    body: z.object({ kpi: z.string().max(40) }),
    answer: ticket,
    run: async ({ app, tenant, params, body, caller, now }) =>
      app.modules.ticket(tenant, params.id, body.kpi, { actor: caller.actor, now }),
  }),
]
