import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint } from '../endpoint.ts'
import { catalogue, session } from '../shapes.ts'

export const sessionEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/session',
    summary: 'Who is signed in, which tenants they see, and where these have data',
    right: 'read',
    answer: session,
    run: async ({ app, caller }) => ok(await app.session(caller)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/catalogue',
    summary: 'Names for ids: aspects, scenes, departments, products, indicators',
    right: 'read',
    answer: catalogue,
    run: async ({ app, tenant }) => ok(await app.catalogue(tenant)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/keys',
    summary: 'Make an API key for this tenant; the secret is shown once',
    right: 'write',
    body: z.object({ name: z.string().trim().min(1).max(80) }),
    answer: z.object({ id: z.string(), name: z.string(), secret: z.string() }),
    run: async ({ app, tenant, body }) => ok(await app.access.createKey(tenant, body.name)),
  }),
]
