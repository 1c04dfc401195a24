import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint } from '../endpoint.ts'
import { promotionCalendar, writtenPromotions } from '../shapes.ts'

export const promotionEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/promotions',
    summary:
      'The calendar of promotions and holidays: which days are theirs, by name, from and to, and when each is next',
    right: 'read',
    answer: promotionCalendar,
    run: async ({ app, tenant, now }) => ok(await app.promotions.read(tenant, now)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/promotions',
    summary: 'Replace the calendar of promotions and holidays; null brings the usual one back',
    right: 'write',
    body: z.strictObject({ promotions: writtenPromotions.nullable() }),
    answer: promotionCalendar,
    run: async ({ app, tenant, body, now }) => ok(await app.promotions.save(tenant, body.promotions, now)),
  }),
]
