import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint } from '../endpoint.ts'
import { llmState } from '../shapes.ts'

export const llmEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/llm',
    summary:
      'The language model that unsure voices go to: settings without the key, budget, what went and what it changed',
    right: 'read',
    answer: llmState,
    run: async ({ app, tenant, now }) => ok(await app.llm.state(tenant, now)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/llm',
    summary: 'Set the language model up. A key left out stays, null takes it away, another address forgets it',
    right: 'write',
    body: z.strictObject({
      enabled: z.boolean(),
      baseUrl: z.string().max(300),
      model: z.string().max(120),
      key: z
        .string()
        .max(500)
        .regex(/^[\x21-\x7e]*$/, 'a key is visible ASCII characters')
        .nullable()
        .optional(),
      requestsPerDay: z.number().int().min(0).max(1_000_000),
      tokensPerDay: z.number().int().min(0).max(1_000_000_000),
      threshold: z.number().min(0.05).max(1),
    }),
    answer: llmState,
    run: async ({ app, tenant, body, caller, now }) => app.llm.save(tenant, body, { actor: caller.actor, now }),
  }),
]
