import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'
import { connectionList, sourceList } from '../shapes.ts'

const byId = z.object({ id: z.string().max(80) })
const given = z.record(z.string().max(60), z.string().max(2_000))
const done = z.object({ done: z.literal(true) })
const DONE = ok({ done: true as const })

export const connectionEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/sources',
    summary: 'Every way in: which systems’ exports are read, and what becomes of each field',
    right: 'read',
    answer: sourceList,
    run: async ({ app }) => ok({ sources: app.sources() }),
  }),
  defineEndpoint({
    method: 'get',
    path: '/connections',
    summary: 'Systems that send by webhook or are asked, and how they fare',
    right: 'read',
    answer: connectionList,
    run: async ({ app, tenant }) => ok({ connections: await app.connections.list(tenant) }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/connections',
    summary: 'Connect a system; a webhook is then sent to POST /api/v1/hooks/{id}',
    right: 'write',
    body: z.object({
      source: z.string().max(60),
      way: z.enum(['webhook', 'pull']),
      name: z.string().trim().min(1).max(80),
      settings: given,
    }),
    answer: z.object({ id: z.string() }),
    run: async ({ app, tenant, caller, body, now }) => app.connections.make(tenant, body, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/connections/{id}/settings',
    summary: 'Change settings or secrets; what is not given stays',
    right: 'write',
    params: byId,
    body: given,
    answer: done,
    run: async ({ app, tenant, params, body, now }) => {
      const changed = await app.connections.reset(tenant, params.id, body, now)
      return changed === null ? notFound(`connection ${params.id}`) : changed.ok ? DONE : changed
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/connections/{id}/pause',
    summary: 'Pause a connection, or resume it',
    right: 'write',
    params: byId,
    body: z.object({ paused: z.boolean() }),
    answer: done,
    run: async ({ app, tenant, params, body, now }) =>
      (await app.connections.pause(tenant, params.id, body.paused, now)) ? DONE : notFound(`connection ${params.id}`),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/connections/{id}',
    summary: 'Forget a connection and its secrets; what came by it stays',
    right: 'write',
    params: byId,
    answer: done,
    run: async ({ app, tenant, params }) =>
      (await app.connections.remove(tenant, params.id)) ? DONE : notFound(`connection ${params.id}`),
  }),
]
