import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint } from '../endpoint.ts'
import { promotionCalendar, writtenPromotions } from '../shapes.ts'

export const promotionEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/promotions',
    summary: 'The promotion calendar: which days are promotion days, by name, from and to',
    right: 'read',
    answer: promotionCalendar,
    run: async ({ app, tenant }) => ok(await app.promotions.read(tenant)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/promotions',
    summary: 'Replace the promotion calendar; null brings the usual one back',
    right: 'write',
    body: z.strictObject({ promotions: writtenPromotions.nullable() }),
    answer: promotionCalendar,
    run: async ({ app, tenant, body }) => ok(await app.promotions.save(tenant, body.promotions)),
  }),
]
