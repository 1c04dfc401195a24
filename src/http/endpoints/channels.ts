import { z } from 'zod'
import { telling } from '../../app/channels/shape.ts'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'
import { channelList, channelWish, madeChannel } from '../shapes.ts'

const byId = z.object({ id: z.string().max(40) })
const done = z.object({ done: z.literal(true) })
const DONE = ok({ done: true as const })

export const channelEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/channels',
    summary: 'Where alerts and digests are sent, what is sent when, and what became of the latest messages',
    right: 'read',
    answer: channelList,
    run: async ({ app, tenant }) => ok({ ways: app.channels.ways(), channels: await app.channels.list(tenant) }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/channels',
    summary: 'Have alerts and digests sent somewhere; where the secret is ours, it is told this once',
    right: 'write',
    body: channelWish,
    answer: madeChannel,
    run: async ({ app, tenant, body, caller, now }) => app.channels.make(tenant, body, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/channels/{id}',
    summary: 'Change what is sent and when, or pause a channel',
    right: 'write',
    params: byId,
    body: z.strictObject({ telling: telling.optional(), paused: z.boolean().optional() }),
    answer: done,
    run: async ({ app, tenant, params, body }) =>
      (await app.channels.change(tenant, params.id, body)) ? DONE : notFound(`channel ${params.id}`),
  }),
  defineEndpoint({
    method: 'post',
    path: '/channels/{id}/send',
    summary: 'Send a test, or the digest of the last whole day, at once',
    right: 'write',
    params: byId,
    body: z.strictObject({ what: z.enum(['test', 'digest']) }),
    answer: done,
    run: async ({ app, tenant, params, body, now }) =>
      (await app.channels.sendNow(tenant, params.id, body.what, now)) ? DONE : notFound(`channel ${params.id}`),
  }),
  defineEndpoint({
    method: 'post',
    path: '/channels/{id}/again',
    summary: 'Try a message again that did not arrive',
    right: 'write',
    params: byId,
    body: z.strictObject({ news: z.string().max(200) }),
    answer: done,
    run: async ({ app, tenant, params, body, now }) =>
      (await app.channels.again(tenant, params.id, body.news, now)) ? DONE : notFound(`message ${body.news}`),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/channels/{id}',
    summary: 'Forget a channel with its secrets and its messages',
    right: 'write',
    params: byId,
    answer: done,
    run: async ({ app, tenant, params }) =>
      (await app.channels.remove(tenant, params.id)) ? DONE : notFound(`channel ${params.id}`),
  }),
]
