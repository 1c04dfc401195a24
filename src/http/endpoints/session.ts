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
]
