import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint } from '../endpoint.ts'
import * as queries from '../queries.ts'
import { dropOff, funnelDefinition, funnelParts, funnelResult, keptFunnel, live, reached } from '../shapes.ts'

/** The id of a funnel, or a definition as JSON (docs/funnels.md); left out, the purchase. */
const funnel = z.string().max(8_000).optional()

export const funnelEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/live',
    summary:
      'The steps of a funnel over the last hour or today, beside the same minutes of usual days, and where it is stuck',
    right: 'read',
    query: z.object({ funnel, span: z.enum(['hour', 'today']).default('hour') }),
    answer: live,
    run: async ({ app, tenant, query, now }) => app.funnels.live(tenant, query, now),
  }),
  defineEndpoint({
    method: 'post',
    path: '/live/ticket',
    summary:
      'Send the step at which a funnel is stuck now to those who run the shop’s pages; one ticket a day for each step',
    right: 'write',
    body: z.object({ funnel, span: z.enum(['hour', 'today']).default('hour') }),
    answer: z.object({ id: z.string() }),
    run: async ({ app, tenant, body, caller, now }) =>
      app.funnels.liveTicket(tenant, body, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'get',
    path: '/funnels',
    summary: 'The funnels that every tenant has, and those that this one keeps',
    right: 'read',
    answer: z.object({ funnels: z.array(keptFunnel) }),
    run: async ({ app, tenant }) => ok({ funnels: await app.funnels.list(tenant) }),
  }),
  defineEndpoint({
    method: 'get',
    path: '/funnels/parts',
    summary: 'What a funnel can be put together from: events, channels, sources and properties that came in',
    right: 'read',
    answer: funnelParts,
    run: async ({ app, tenant }) => ok(await app.funnels.parts(tenant)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/funnels',
    summary: 'Keep a funnel under a name; the same name again replaces it',
    right: 'write',
    body: z.object({ name: z.string().trim().min(1).max(60), funnel: funnelDefinition }),
    answer: keptFunnel,
    run: async ({ app, tenant, body, caller, now }) => app.funnels.keep(tenant, { ...body, actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'get',
    path: '/funnels/result',
    summary: 'A funnel over a period: who came how far, how long it took, divided as its definition says',
    right: 'read',
    query: queries.funnelSlice,
    answer: funnelResult,
    run: async ({ app, tenant, query, now }) => app.funnels.result(tenant, query, now),
  }),
  defineEndpoint({
    method: 'get',
    path: '/funnels/drop-off',
    summary:
      'What those who came no further than a step (from 0) did next and wrote afterwards, beside those who went on',
    right: 'read',
    query: queries.dropOff,
    answer: dropOff,
    run: async ({ app, tenant, query, now }) => app.funnels.dropOff(tenant, query, now),
  }),
  defineEndpoint({
    method: 'get',
    path: '/funnels/reached',
    summary: 'Who reached a step (from 0) of a funnel, with the moments of the steps; `up`: who took the next step too',
    right: 'read',
    query: queries.reached,
    answer: reached,
    run: async ({ app, tenant, query, now }) => app.funnels.reached(tenant, query, now),
  }),
  defineEndpoint({
    method: 'get',
    path: '/live/reached',
    summary: 'Who arrived at a step (from 0) in the last hour or today, as many as GET /live counts at the moment `at`',
    right: 'read',
    query: queries.arrivals,
    answer: reached,
    run: async ({ app, tenant, query, now }) => app.funnels.arrivals(tenant, query, now),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/funnels/{id}',
    summary: 'Forget a funnel that was kept',
    right: 'write',
    params: z.object({ id: z.string().max(40) }),
    answer: z.object({ id: z.string() }),
    run: async ({ app, tenant, params }) => app.funnels.forget(tenant, params.id),
  }),
]
