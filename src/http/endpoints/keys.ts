import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'

const newKey = z.object({ id: z.string(), name: z.string(), secret: z.string() })

export const keyEndpoints = [
  defineEndpoint({
    method: 'post',
    path: '/keys',
    summary: 'Make an API key for this tenant; the secret is shown once',
    right: 'write',
    body: z.object({
      name: z.string().trim().min(1).max(80),
      scope: z.enum(['ingest', 'read', 'write']).default('write'),
      source: z.string().trim().min(1).max(60).optional(),
    }),
    answer: newKey,
    run: async ({ app, tenant, body }) => ok(await app.access.createKey(tenant, body)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/keys/{id}/rotate',
    summary: 'A new secret for a key; the old one works for some hours more, so that senders can change over',
    right: 'write',
    params: z.object({ id: z.string().max(80) }),
    body: z.object({ graceHours: z.number().int().min(0).max(720).default(24) }),
    answer: newKey,
    run: async ({ app, tenant, params, body }) => {
      const made = await app.access.rotateKey(tenant, params.id, body.graceHours)
      return made ? ok(made) : notFound(`key ${params.id}`)
    },
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
