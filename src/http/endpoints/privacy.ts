import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint } from '../endpoint.ts'
import { customerExport, erased, privacyState } from '../shapes.ts'

/** A telephone number, an e-mail address or an id of the shop. Always in a body: addresses of requests end up in logs. */
const customer = z.string().trim().min(1).max(200)

export const privacyEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/privacy',
    summary: 'What is kept of the unmasked, which exports and erasures were asked for, and who looked at an original',
    right: 'read',
    answer: privacyState,
    run: async ({ app, tenant }) => ok(await app.privacy.state(tenant)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/privacy/settings',
    summary: 'Keep what is masked, sealed, for some days, or not; turned off, what was kept is removed',
    right: 'write',
    body: z.strictObject({ keepOriginals: z.boolean(), originalDays: z.number().int().min(1).max(3650).default(90) }),
    answer: privacyState,
    run: async ({ app, tenant, body }) => ok(await app.privacy.save(tenant, body)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/privacy/export',
    summary: 'Everything that is kept of one customer',
    right: 'write',
    body: z.strictObject({ customer }),
    answer: customerExport,
    run: async ({ app, tenant, body, caller, now }) =>
      app.privacy.export(tenant, body.customer, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/privacy/erase',
    summary: 'Erase one customer everywhere; `confirm` repeats the customer',
    right: 'write',
    body: z
      .strictObject({
        customer,
        confirm: z.string().trim(),
        keepOrders: z.boolean().default(false),
        refuseLater: z.boolean().default(false),
      })
      .refine((body) => body.confirm === body.customer, {
        path: ['confirm'],
        message: 'confirm does not repeat the customer; nothing was erased',
      }),
    answer: erased,
    run: async ({ app, tenant, body, caller, now }) => app.privacy.erase(tenant, body, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/privacy/originals',
    summary: 'What one record said before it was masked; the look goes on record with its reason',
    right: 'write',
    body: z.strictObject({
      kind: z.enum(['voices', 'events', 'orders']),
      id: z.string().min(1).max(200),
      day: z.union([z.iso.date(), z.literal('')]).default(''),
      reason: z.string().trim().min(1).max(300),
    }),
    answer: z.object({ said: z.record(z.string(), z.unknown()) }),
    run: async ({ app, tenant, body, caller, now }) => {
      const { reason, ...key } = body
      const said = await app.privacy.original({ tenant, ...key }, { actor: caller.actor, now, reason })
      return said.ok ? ok({ said: said.value }) : said
    },
  }),
]
