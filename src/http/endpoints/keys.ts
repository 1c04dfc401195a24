import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'

export const keyEndpoints = [
  defineEndpoint({
    method: 'post',
    path: '/keys',
    summary: 'Make an API key for this tenant; the secret is shown once',
    right: 'write',
    body: z.object({ name: z.string().trim().min(1).max(80) }),
    answer: z.object({ id: z.string(), name: z.string(), secret: z.string() }),
    run: async ({ app, tenant, body }) => ok(await app.access.createKey(tenant, body.name)),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/keys/{id}',
    summary: 'Revoke an API key at once',
    right: 'write',
    params: z.object({ id: z.string().max(80) }),
    answer: z.object({ revoked: z.literal(true) }),
    run: async ({ app, tenant, params }) =>
      (await app.access.revokeKey(tenant, params.id)) ? ok({ revoked: true as const }) : notFound(`key ${params.id}`),
  }),
]
