import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'
import * as queries from '../queries.ts'
import { indicatorEvidence, journey, ticket } from '../shapes.ts'

export const journeyEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/journey',
    summary:
      'Every touchpoint of the journey: scores, volume, conversion, friction, trend, owner, findings and tickets',
    right: 'read',
    query: queries.slice,
    answer: journey,
    run: async ({ app, tenant, query, now }) => ok(await app.journey.map(tenant, query, now)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/journey/{id}/evidence',
    summary:
      'The voices, mentions, visits, orders or conversations behind a figure of a touchpoint (or of a stage), as many as its n',
    right: 'read',
    params: z.object({ id: z.string().max(80) }),
    query: queries.journeyEvidence,
    answer: indicatorEvidence,
    run: async ({ app, tenant, params, query, now }) => app.journey.evidence(tenant, params.id, query, now),
  }),
  defineEndpoint({
    method: 'post',
    path: '/journey/{id}/ticket',
    summary: 'Send a touchpoint to the department that owns it; the ticket still open is returned if there is one',
    right: 'write',
    params: z.object({ id: z.string().max(80) }),
    answer: ticket,
    run: async ({ app, tenant, params, caller, now }) => {
      const made = await app.journey.ticket(tenant, params.id, caller.actor, now)
      return made ? ok(made) : notFound(`touchpoint ${params.id}`)
    },
  }),
]
