import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'
import { website, websiteKey } from '../shapes.ts'

export const websiteEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/website',
    summary: 'Write keys of web sites, and the last events that came from their pages',
    right: 'read',
    answer: website,
    run: async ({ app, tenant, now }) => ok(await app.collect.website(tenant, now)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/website/keys',
    summary: 'Make a write key for the pages of these origins: it can send events to /collect and nothing else',
    right: 'write',
    body: z.object({ name: z.string().trim().min(1).max(80), origins: z.array(z.string().max(300)).max(100) }),
    answer: websiteKey.pick({ id: true, name: true, key: true, origins: true }),
    run: async ({ app, tenant, body }) => app.collect.makeKey(tenant, body.name, body.origins),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/website/keys/{id}',
    summary: 'Revoke a write key at once',
    right: 'write',
    params: z.object({ id: z.string().max(80) }),
    answer: z.object({ revoked: z.literal(true) }),
    run: async ({ app, tenant, params }) =>
      (await app.collect.revokeKey(tenant, params.id)) ? ok({ revoked: true as const }) : notFound(`key ${params.id}`),
  }),
]
